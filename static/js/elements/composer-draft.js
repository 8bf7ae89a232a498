/* <composer-draft url="…"> around the textarea: keeps what is typed, so that it is there on another device too. */
import { csrfHeaders } from "../models/csrf.js";

const PAUSE = 800;

class ComposerDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.text = this.querySelector("textarea");
    this.kept = this.text.defaultValue;
    if (this.text.value !== this.kept) this.keepSoon(); // typed before this woke up
    this.text.addEventListener("input", () => this.keepSoon());
    this.form.addEventListener("kind-chosen", () => this.text.value && this.keepSoon());
    this.form.addEventListener("given-back", () => this.keepSoon());
    this.form.addEventListener("cleared", () => clearTimeout(this.waiting));
    this.form.addEventListener("sent", () => this.onSent());
    document.addEventListener("visibilitychange", (this.flush = () => (document.hidden ? this.keep() : this.look())));
    window.addEventListener("focus", (this.comeBack = () => this.look()));
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.flush);
    window.removeEventListener("focus", this.comeBack);
    this.keep();
  }

  /* Whoever comes back to this device goes on with what they typed on the other, unless something else stands here. */
  look() {
    if (this.text.value !== this.kept) return;
    fetch(this.getAttribute("url"))
      .then((answer) => answer.ok && answer.json())
      .then((draft) => draft && this.text.value === this.kept && draft.text !== this.kept && this.goOnWith(draft))
      .catch(() => {});
  }

  goOnWith({ text, is_note }) {
    this.form.querySelector(`[data-kind=${is_note ? "note" : "reply"}][aria-selected=false]`)?.click();
    this.text.value = this.kept = text;
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  keepSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.keep(), PAUSE);
  }

  /* The answer to a message lets the draft go; one that was on its way at that moment would bring it back. */
  onSent() {
    this.kept = null;
    this.keep();
  }

  keep() {
    clearTimeout(this.waiting);
    const text = this.text.value;
    if (text === this.kept) return;
    this.kept = text;
    const body = new URLSearchParams({ text });
    if (this.form.elements.kind.value === "note") body.set("is_note", "on");
    const keepalive = text.length < 10_000;
    fetch(this.getAttribute("url"), { method: "POST", body, headers: csrfHeaders(), keepalive })
      .then(({ ok }) => ok || (this.kept = null))
      .catch(() => (this.kept = null));
  }
}

customElements.define("composer-draft", ComposerDraft);
