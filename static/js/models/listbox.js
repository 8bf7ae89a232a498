/* What a combobox offers: a list under an input, one item marked, as the ARIA pattern asks. */
export class Listbox {
  constructor(input, list) {
    Object.assign(this, { input, list, place: -1 });
    list.role = "listbox";
    input.role = "combobox";
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-autocomplete", "list");
    this.close();
  }

  /* `offered` are pairs of value and text; the first is marked if `isMarked`. */
  open(offered, isMarked) {
    this.list.replaceChildren(...offered.map(([value, text], place) => this.item(value, text, place)));
    this.list.hidden = offered.length === 0;
    this.input.ariaExpanded = String(!this.list.hidden);
    this.mark(isMarked ? 0 : -1);
  }

  close() {
    this.open([], false);
  }

  item(value, text, place) {
    const item = Object.assign(document.createElement("li"), { role: "option", textContent: text });
    item.id = `${this.list.id}-${place}`;
    item.dataset.value = value;
    return item;
  }

  get marked() {
    return this.list.children[this.place]?.dataset.value;
  }

  move(step) {
    const { length } = this.list.children;
    this.mark(this.place < 0 && step < 0 ? length - 1 : (this.place + step + length) % length);
  }

  mark(place) {
    this.place = place;
    for (const item of this.list.children) item.ariaSelected = "false";
    const item = this.list.children[place];
    if (!item) return this.input.removeAttribute("aria-activedescendant");
    item.ariaSelected = "true";
    item.scrollIntoView({ block: "nearest" });
    return this.input.setAttribute("aria-activedescendant", item.id);
  }
}
