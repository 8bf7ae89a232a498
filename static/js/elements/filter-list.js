/* <filter-list>: a search box over a list. Typing hides the items whose data-text doesn't hold every word, Enter
   presses the first that is left, the arrow keys move among them. */
import { matcher } from "../models/matching.js";

class FilterList extends HTMLElement {
  connectedCallback() {
    this.search = this.querySelector("input[type=search]");
    this.search.addEventListener("input", () => this.narrow());
    this.addEventListener("keydown", (event) => this.onKey(event));
  }

  narrow() {
    const matches = matcher(this.search.value);
    for (const item of this.querySelectorAll("li")) item.hidden = !matches(item.dataset.text);
    const nobody = this.querySelector("[data-nobody]");
    if (nobody) nobody.hidden = this.buttons.length > 0;
  }

  get buttons() {
    return [...this.querySelectorAll("li:not([hidden]) button")];
  }

  onKey(event) {
    const { buttons } = this;
    const stops = [this.search, ...buttons];
    const place = stops.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && event.target === this.search) buttons[0]?.click();
    else if (step && place >= 0) stops[(place + step + stops.length) % stops.length].focus();
    else return;
    event.preventDefault();
  }
}

customElements.define("filter-list", FilterList);
