/* <recipient-picker>: makes a <select multiple> and a text field one combobox: type, arrow keys, Enter; with data-free
   an email address too. What is chosen stands as buttons that take it away again; Backspace takes the last. */
import { Listbox } from "../models/listbox.js";
import { matcher } from "../models/matching.js";
import { Picked } from "../models/picked.js";

const ADDRESS = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;

class RecipientPicker extends HTMLElement {
  connectedCallback() {
    const [select, label] = [this.querySelector("select"), this.querySelector("label")];
    const list = Object.assign(document.createElement("ul"), { id: "recipients-offered", ariaLabel: label.textContent });
    this.input = this.querySelector("input");
    this.picked = new Picked(select, this.dataset);
    this.input.before(this.picked.element);
    this.input.after(list);
    this.offered = new Listbox(this.input, list);
    label.htmlFor = this.input.id = "recipients-typed";
    this.input.removeAttribute("aria-label");
    select.hidden = true;
    for (const name of ["input", "focus"]) this.input.addEventListener(name, () => this.offer());
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("keydown", (event) => this.onKey(event) && event.preventDefault());
    list.addEventListener("mousedown", (event) => this.onPress(event));
    this.picked.element.addEventListener("click", (event) => this.take(event.target.closest("button")?.value));
  }

  offer() {
    const typed = this.input.value.trim();
    const matches = matcher(typed);
    const found = this.picked.left.filter((option) => matches(option.text));
    const offered = found.map((option) => [option.value, option.text]);
    if ("free" in this.dataset && ADDRESS.test(typed)) offered.push([`email:${typed}`, `${this.dataset.add} ${typed}`]);
    this.offered.open(offered, typed !== "");
  }

  /* Whether the key was ours. */
  onKey({ key }) {
    const { marked, list } = this.offered;
    if (key === "ArrowDown" || key === "ArrowUp") list.hidden ? this.offer() : this.offered.move(key === "ArrowDown" ? 1 : -1);
    else if (["Enter", ",", ";"].includes(key) && marked) this.choose(marked);
    else if (key === "Escape" && !list.hidden) this.offered.close();
    else if (key === "Backspace" && !this.input.value) this.take(this.picked.last);
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
    this.input.value = "";
    this.picked.choose(value);
    this.goOn();
  }

  take(value) {
    if (!value) return;
    this.picked.set(value, false);
    this.goOn();
  }

  goOn() {
    this.offered.close();
    this.input.focus();
  }
}

customElements.define("recipient-picker", RecipientPicker);
