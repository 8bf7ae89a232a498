/* What is chosen of a <select multiple>, shown as buttons that take it away again. */
const make = (tag, facts) => Object.assign(document.createElement(tag), facts);

export class Picked {
  constructor(select, { remove }) {
    Object.assign(this, { select, remove, element: make("div", { className: "picked" }) });
    this.show();
  }

  get left() {
    return [...this.select.options].filter((option) => !option.selected);
  }

  get last() {
    return [...this.select.selectedOptions].at(-1)?.value;
  }

  /* An `email:` that isn't offered yet is from now on. */
  choose(value) {
    if (!this.find(value)) this.select.add(new Option(value.slice("email:".length), value));
    this.set(value, true);
  }

  set(value, isChosen) {
    this.find(value).selected = isChosen;
    this.show();
  }

  find(value) {
    return [...this.select.options].find((option) => option.value === value);
  }

  show() {
    this.element.replaceChildren(...[...this.select.selectedOptions].map((option) => this.chip(option)));
  }

  chip({ text, value }) {
    const ariaLabel = `${this.remove} ${text}`;
    return make("button", { type: "button", className: "chip", textContent: `${text} ✕`, value, ariaLabel });
  }
}
