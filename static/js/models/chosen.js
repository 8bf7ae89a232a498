/* Which conversations are selected: some, or all that match. Letting one go of all leaves those that can be seen. */
export class Chosen {
  constructor() {
    this.clear();
  }

  clear() {
    this.some = new Set();
    this.all = null;
  }

  takeAll(count) {
    this.all = count;
  }

  set(id, isChosen) {
    if (this.all !== null) {
      this.all = null;
      const seen = [...document.querySelectorAll(".pick input")].map((box) => box.value);
      this.some = new Set(seen);
    }
    if (isChosen) this.some.add(id);
    else this.some.delete(id);
  }

  has(id) {
    return this.all !== null || this.some.has(id);
  }

  get isAll() {
    return this.all !== null;
  }

  get ids() {
    return [...this.some].join(",");
  }

  get count() {
    return this.all ?? this.some.size;
  }

  /* The form of what can be done with them: its fields, how many they are, and its buttons. */
  fill(form) {
    const { conversations, all, count } = form.elements;
    conversations.value = this.ids;
    all.value = this.isAll ? "yes" : "";
    count.value = this.count;
    const counted = form.querySelector("[data-counted]");
    const words = counted.dataset.words.replace("{count}", this.count);
    if (counted.textContent !== words) counted.textContent = words;
    for (const button of form.querySelectorAll("[data-action]")) button.disabled = this.count === 0;
  }
}
