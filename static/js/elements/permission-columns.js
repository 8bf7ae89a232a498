/* <permission-columns>: three columns of members, moved by dragging or by the arrow keys, saved by one form.

   Each member's hidden field is named for the column they are in. Leaving with changes that aren't saved warns. The
   search box leaves in sight who fits; who is out of sight stays where they are. */
import { matcher } from "../models/matching.js";

class PermissionColumns extends HTMLElement {
  connectedCallback() {
    this.lists = [...this.querySelectorAll("[data-column]")];
    this.isChanged = "changed" in this.dataset;
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.querySelector("form").addEventListener("submit", () => (this.isChanged = false));
    this.querySelector("[type=search]").addEventListener("input", ({ target }) => this.narrow(matcher(target.value)));
    this.warn = (event) => this.isChanged && event.preventDefault();
    window.addEventListener("beforeunload", this.warn);
    if (this.dataset.sortable) this.makeSortable();
  }

  disconnectedCallback() {
    window.removeEventListener("beforeunload", this.warn);
  }

  async makeSortable() {
    const { default: Sortable } = await import(this.dataset.sortable);
    const onEnd = ({ item }) => this.moved(item);
    for (const list of this.lists) Sortable.create(list, { group: "members", animation: 120, forceFallback: true, fallbackTolerance: 4, onEnd });
    this.toggleAttribute("data-ready", true);
  }

  onKey(event) {
    const item = event.target.closest("li");
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!item || !move) return;
    event.preventDefault();
    if (move[0] ? this.moveAcross(item, move[0]) : this.moveAlong(item, move[1])) this.moved(item);
    event.target.focus();
  }

  moveAcross(item, by) {
    const to = this.lists[this.lists.indexOf(item.parentElement) + by];
    to?.append(item);
    return to;
  }

  moveAlong(item, by) {
    const shown = [...item.parentElement.querySelectorAll("li:not([hidden])")];
    const other = shown[shown.indexOf(item) + by];
    if (by < 0) other?.before(item);
    else other?.after(item);
    return other;
  }

  narrow(matches) {
    for (const item of this.querySelectorAll("li")) item.hidden = !matches(item.textContent);
  }

  moved(item) {
    const list = item.parentElement;
    const field = item.querySelector("input");
    field.name = list.dataset.column;
    field.disabled = !field.name;
    this.isChanged = true;
    this.querySelector("[data-state]").textContent = this.dataset.unsaved;
    this.querySelector("[data-said]").textContent = this.dataset.moved
      .replace("{name}", item.querySelector("button").dataset.name)
      .replace("{column}", list.parentElement.querySelector("h2").textContent)
      .replace("{place}", [...list.children].indexOf(item) + 1)
      .replace("{count}", list.children.length);
  }
}

customElements.define("permission-columns", PermissionColumns);
