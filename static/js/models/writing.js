/* The form of a composer: what stands in it goes out, and comes back, with the reason, where it couldn't. */
import { newId, saidIn } from "./outgoing.js";
import { refuse } from "./refusing.js";

export class Writing {
  /* `lost`: what to say where no reason came with the answer. */
  constructor(form, lost) {
    Object.assign(this, { form, lost, text: form.elements.text, refused: form.querySelector(".refused") });
    form.addEventListener("refused", ({ detail }) => refuse(this.refused, detail));
  }

  /* What the fields say, or null where they say nothing. Tried again it keeps its id: it may have arrived. */
  said(body) {
    const said = saidIn(body);
    if (!said.text.trim() && !said.files.length) return null;
    said.id = this.failed?.text === said.text ? this.failed.id : newId();
    this.failed = null;
    return said;
  }

  clear() {
    this.text.value = "";
    this.refused.replaceChildren();
    this.form.dispatchEvent(new CustomEvent("cleared"));
    this.text.focus();
  }

  sent() {
    this.form.dispatchEvent(new CustomEvent("sent"));
  }

  takeAgain(said, { status, html }) {
    this.giveBack(said);
    this.failed = status === 0 || status >= 500 ? said : null;
    refuse(this.refused, html.includes('class="refusal"') ? html : this.lost);
  }

  giveBack({ text, files = [], kind = "reply" }) {
    this.text.value = [text, this.text.value].filter(Boolean).join("\n");
    this.form.dispatchEvent(new CustomEvent("given-back", { detail: { files, kind } }));
    this.text.focus();
  }
}
