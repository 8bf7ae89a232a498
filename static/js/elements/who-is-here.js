/* <who-is-here data-me data-looking data-typing data-noting data-both>: says what others do at this thread.

   Only the words it has are said; "both" when somebody writes a reply while the reader has begun one. The one that
   says who is looking also tells the others that the reader looks. */
import { Presence } from "../models/presence.js";

const HEARTBEAT = 20_000;

class WhoIsHere extends HTMLElement {
  connectedCallback() {
    this.presence = new Presence(this.dataset.me);
    this.thread = this.closest("live-thread");
    this.speaks = "looking" in this.dataset;
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    this.thread.addEventListener("presence", ({ detail }) => this.hear(detail), { signal });
    this.thread.addEventListener("here", () => this.say({ state: "looking", asks: true }), { signal });
    document.addEventListener("visibilitychange", () => this.say(), { signal });
    this.showing = setInterval(() => this.show(), 2_000);
    this.beating = setInterval(() => this.say(), HEARTBEAT);
  }

  disconnectedCallback() {
    this.listeners.abort();
    clearInterval(this.showing);
    clearInterval(this.beating);
  }

  say(detail = { state: document.hidden ? "gone" : "looking" }) {
    if (this.speaks) this.thread.dispatchEvent(new CustomEvent("doing", { detail }));
  }

  hear(message) {
    this.presence.take(message);
    if (message.asks && !document.hidden) setTimeout(() => this.say(), Math.random() * 300);
    this.show();
  }

  show() {
    const words = this.words();
    if (this.textContent !== words) this.textContent = words;
  }

  words() {
    const typing = this.presence.who("typing");
    const colleague = [...this.presence.others].find(([who, { name }]) => who !== "person" && typing.includes(name));
    if (colleague && this.dataset.both && this.hasReply) return this.worded(this.dataset.both, [colleague[1].name]);
    for (const state of ["typing", "noting", "looking"]) {
      const names = this.presence.who(state);
      if (names.length && this.dataset[state]) return this.worded(this.dataset[state], names);
    }
    return "";
  }

  get hasReply() {
    const form = this.thread.querySelector("form.composer");
    return form?.elements.kind?.value === "reply" && form.elements.text.value.trim() !== "";
  }

  worded(words, names) {
    return words.replace("{name}", names.join(", "));
  }
}

customElements.define("who-is-here", WhoIsHere);
