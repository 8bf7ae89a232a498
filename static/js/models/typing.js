/* Somebody types into a composer: Enter sends, unless it `breaks` the line there, Escape leaves it for the log, where
   single keys work, and the others are told now and then. */
const EVERY = 3_000;

export class Typing {
  constructor(form, breaks, tell) {
    Object.assign(this, { form, breaks, tell, told: 0 });
    form.elements.text.addEventListener("keydown", (event) => this.onKey(event));
    form.elements.text.addEventListener("input", ({ target }) => target.value && this.onInput());
  }

  onKey(event) {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "Escape") this.form.closest("live-thread").querySelector("[role=log]").focus();
    if (event.key !== "Enter" || event.shiftKey) return;
    if (this.breaks && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  onInput() {
    if (Date.now() - this.told < EVERY) return;
    this.told = Date.now();
    this.tell();
  }
}
