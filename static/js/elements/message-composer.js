/* <message-composer [breaks]> around a form: sends it without leaving the page, from members' and candidates' pages
   alike. With `breaks`, and by touch, Enter makes a new line.

   What is sent stands in the log at once, under an id of its own, until the answer or the live line takes its place.
   What can't be sent comes back into the form, with the reason: nothing typed is lost. */
import { newId, pendingMessage, post, saidIn } from "../models/outgoing.js";
import { replaceParts } from "../models/parts.js";
import { refuse } from "../models/refusing.js";
import { Typing } from "../models/typing.js";

class MessageComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.text = this.form.elements.text;
    this.live = this.closest("live-thread");
    const breaks = window.matchMedia("(pointer: coarse)").matches || this.hasAttribute("breaks");
    if (breaks) this.querySelector(".hint")?.remove();
    this.typing = new Typing(this.form, breaks, () => this.tell(this.kind === "note" ? "noting" : "typing"));
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    this.form.addEventListener("refused", ({ detail }) => refuse(this.refused, detail));
    this.refused = this.querySelector(".refused");
    this.sent = new Map(); // what can be taken back, with its files
    this.live.addEventListener("taken-back", (this.onTakenBack = ({ detail }) => this.giveBack(this.sent.get(detail.id) ?? detail)));
  }

  disconnectedCallback() {
    this.live.removeEventListener("taken-back", this.onTakenBack);
  }

  get kind() {
    return this.form.elements.kind?.value ?? "reply";
  }

  tell(state) {
    this.live.dispatchEvent(new CustomEvent("doing", { detail: { state } }));
  }

  async onSubmit(event) {
    event.preventDefault();
    const later = event.submitter?.getAttribute("formaction");
    const body = new FormData(this.form, event.submitter);
    const said = saidIn(body);
    if (!said.text.trim() && !said.files.length) return;
    said.id = this.failed?.text === said.text ? this.failed.id : newId();
    this.failed = null;
    body.set("client_id", said.id);
    body.set("seen_number", this.live.thread.last);
    if (later) return this.plan(later, said, body);
    const bubble = pendingMessage(said, this.dataset);
    this.live.thread.addPending(bubble);
    this.live.scrolling.toEnd();
    this.clear();
    this.sent.set(said.id, said);
    this.settle(said, bubble, await post(this.form.action, body));
  }

  /* To be said later: it stands above the composer until then. */
  async plan(address, said, body) {
    this.clear();
    const { status, html } = await post(address, body);
    if (status !== 201) return this.takeAgain(said, status, html);
    replaceParts(html);
    this.form.dispatchEvent(new CustomEvent("sent"));
  }

  settle(said, bubble, { status, html }) {
    if (status === 201 || status === 200) {
      this.live.show(html);
      this.typing.told = 0;
      this.form.dispatchEvent(new CustomEvent("sent"));
      return;
    }
    bubble.remove();
    this.takeAgain(said, status, html);
  }

  takeAgain(said, status, html) {
    this.giveBack(said);
    if (status === 409) this.live.catchUp();
    this.failed = status === 0 || status >= 500 ? said : null;
    refuse(this.refused, html.includes('class="refusal"') ? html : this.dataset.lost);
  }

  clear() {
    this.text.value = "";
    this.refused.replaceChildren();
    this.form.dispatchEvent(new CustomEvent("cleared"));
    this.text.focus();
  }

  giveBack({ text, files = [], kind = "reply" }) {
    this.text.value = [text, this.text.value].filter(Boolean).join("\n");
    this.form.dispatchEvent(new CustomEvent("given-back", { detail: { files, kind } }));
    this.text.focus();
  }
}

customElements.define("message-composer", MessageComposer);
