/* <message-composer [breaks]> around a form: sends it without leaving the page, from members' and candidates' pages
   alike. With `breaks`, and by touch, Enter makes a new line.

   What is sent stands in the log at once, under an id of its own, until the answer or the live line takes its place.
   What can't be sent comes back into the form, with the reason: nothing typed is lost. */
import { pendingMessage, post } from "../models/outgoing.js";
import { replaceParts } from "../models/parts.js";
import { Typing } from "../models/typing.js";
import { Writing } from "../models/writing.js";

class MessageComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.live = this.closest("live-thread");
    this.writing = new Writing(this.form, this.dataset.lost);
    const breaks = window.matchMedia("(pointer: coarse)").matches || this.hasAttribute("breaks");
    if (breaks) this.querySelector(".hint")?.remove();
    this.typing = new Typing(this.form, breaks, () => this.tell(this.kind === "note" ? "noting" : "typing"));
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    this.sent = new Map(); // what can be taken back, with its files
    this.live.addEventListener("taken-back", (this.onTakenBack = ({ detail }) => this.writing.giveBack(this.sent.get(detail.id) ?? detail)));
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
    const said = this.writing.said(body);
    if (!said) return this.writing.text.focus();
    body.set("client_id", said.id);
    body.set("seen_number", this.live.thread.seen);
    if (later) return this.plan(later, said, body);
    const bubble = pendingMessage(said, this.dataset);
    this.live.thread.addPending(bubble);
    this.live.scrolling.toEnd();
    this.writing.clear();
    this.sent.set(said.id, said);
    this.settle(said, bubble, await post(this.form.action, body));
  }

  /* To be said later: it stands above the composer until then. */
  async plan(address, said, body) {
    this.writing.clear();
    const answer = await post(address, body);
    if (answer.status !== 201) return this.takeAgain(said, answer);
    replaceParts(answer.html);
    this.writing.sent();
  }

  settle(said, bubble, answer) {
    if (answer.status === 201 || answer.status === 200) {
      this.live.show(answer.html);
      this.typing.told = 0;
      return this.writing.sent();
    }
    bubble.remove();
    this.takeAgain(said, answer);
  }

  takeAgain(said, answer) {
    this.writing.takeAgain(said, answer);
    if (answer.status !== 409) return;
    this.live.thread.looked();
    this.live.catchUp();
  }
}

customElements.define("message-composer", MessageComposer);
