/* The list above the composer: some options, one of them chosen, told to whoever uses a screen reader. */
export class Options {
  constructor(text, list) {
    Object.assign(this, { text, list, place: 0 });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  get chosen() {
    return this.list.children[this.place];
  }

  show(options) {
    this.list.replaceChildren(...options);
    options.forEach((option, place) => (option.id = `option-${place}`));
    window.htmx?.process(this.list);
    this.list.hidden = options.length === 0;
    this.choose(0);
  }

  move(step) {
    const { length } = this.list.children;
    this.choose((this.place + step + length) % length);
  }

  choose(place) {
    this.place = place;
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    this.chosen?.scrollIntoView({ block: "nearest" });
    if (this.chosen) this.text.setAttribute("aria-activedescendant", this.chosen.id);
    else this.text.removeAttribute("aria-activedescendant");
  }

  /* Hidden, not emptied: an option that was run waits here for its dialog. */
  close() {
    this.list.hidden = true;
    this.text.removeAttribute("aria-activedescendant");
  }
}
