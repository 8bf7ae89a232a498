/* <recipient-picker>: makes a <select multiple> and a text field one combobox: type, arrow keys, Enter; with data-free
   an email address too. What is chosen stands as buttons that take it away again; Backspace takes the last. */
import { Listbox } from "../models/listbox.js";
import { matcher } from "../models/matching.js";

const ADDRESS = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;
const make = (tag, facts) => Object.assign(document.createElement(tag), facts);

class RecipientPicker extends HTMLElement {
  connectedCallback() {
    [this.select, this.input] = [this.querySelector("select"), this.querySelector("input")];
    this.chosen = make("div", { className: "picked" });
    const list = make("ul", { id: "recipients-offered", ariaLabel: this.querySelector("label").textContent });
    this.input.before(this.chosen);
    this.input.after(list);
    this.offered = new Listbox(this.input, list);
    this.querySelector("label").htmlFor = this.input.id = "recipients-typed";
    this.input.removeAttribute("aria-label");
    this.select.hidden = true;
    for (const name of ["input", "focus"]) this.input.addEventListener(name, () => this.offer());
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("keydown", (event) => this.onKey(event) && event.preventDefault());
    list.addEventListener("mousedown", (event) => this.onPress(event));
    this.chosen.addEventListener("click", (event) => this.take(event.target.closest("button")?.value));
    this.show();
  }

  get options() {
    return [...this.select.options];
  }

  offer() {
    const typed = this.input.value.trim();
    const matches = matcher(typed);
    const left = this.options.filter((option) => !option.selected && matches(option.text));
    const offered = left.map((option) => [option.value, option.text]);
    if ("free" in this.dataset && ADDRESS.test(typed)) offered.push([`email:${typed}`, `${this.dataset.add} ${typed}`]);
    this.offered.open(offered, typed !== "");
  }

  /* Whether the key was ours. */
  onKey({ key }) {
    const { marked, list } = this.offered;
    if (key === "ArrowDown" || key === "ArrowUp") list.hidden ? this.offer() : this.offered.move(key === "ArrowDown" ? 1 : -1);
    else if (["Enter", ",", ";"].includes(key) && marked) this.choose(marked);
    else if (key === "Escape" && !list.hidden) this.offered.close();
    else if (key === "Backspace" && !this.input.value) this.take([...this.select.selectedOptions].at(-1)?.value);
    else return false;
    return true;
  }

  /* Nothing moves under a press before its click: what is pressed would not be there any more. */
  leave() {
    const close = () => this.offered.close();
    if (document.querySelector("dialog:active")) document.addEventListener("click", close, { once: true });
    else close();
  }

  onPress(event) {
    event.preventDefault();
    const item = event.target.closest("li");
    if (item) this.choose(item.dataset.value);
  }

  choose(value) {
    let option = this.options.find((one) => one.value === value);
    if (!option) this.select.add((option = new Option(value.slice("email:".length), value)));
    this.input.value = "";
    this.toggle(option, true);
  }

  take(value) {
    const option = this.options.find((one) => one.value === value);
    if (option) this.toggle(option, false);
  }

  toggle(option, isChosen) {
    option.selected = isChosen;
    this.show();
    this.offered.close();
    this.input.focus();
  }

  show() {
    this.chosen.replaceChildren(...[...this.select.selectedOptions].map((option) => this.chip(option)));
  }

  chip({ text, value }) {
    const ariaLabel = `${this.dataset.remove} ${text}`;
    return make("button", { type: "button", className: "chip", textContent: `${text} ✕`, value, ariaLabel });
  }
}

customElements.define("recipient-picker", RecipientPicker);
