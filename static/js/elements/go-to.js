/* <go-to>: a combobox over its list. What the open page can do ([data-key]) is offered first, as commands. */
class GoTo extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
    this.list.addEventListener("htmx:afterSwap", () => this.fill());
    this.fill();
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  fill() {
    this.list.prepend(...this.commands().map((element, at) => this.command(element, at)));
    this.querySelector(".none").hidden = this.options.length > 0;
    this.choose(0);
  }

  commands() {
    const words = this.input.value.trim().toLowerCase();
    const all = [...document.querySelectorAll("#thread [data-key]")].filter((one) => one.checkVisibility());
    return all.filter((one) => !one.disabled && this.nameOf(one).toLowerCase().includes(words));
  }

  nameOf(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[aria-hidden]").forEach((hidden) => hidden.remove());
    return element.ariaLabel || copy.textContent.trim();
  }

  command(element, at) {
    const option = document.createElement("li");
    Object.assign(option, { role: "option", id: `command-${at}`, textContent: this.nameOf(element) });
    const key = document.createElement("kbd");
    key.textContent = element.dataset.key.toUpperCase();
    option.append(key);
    option.press = element;
    return option;
  }

  choose(at) {
    const { options } = this;
    this.at = Math.min(Math.max(at, 0), options.length - 1);
    options.forEach((option, place) => option.setAttribute("aria-selected", place === this.at));
    this.input.setAttribute("aria-activedescendant", options[this.at]?.id ?? "");
    options[this.at]?.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) this.choose(this.at + by);
    else if (event.key === "Enter") this.go(this.options[this.at]);
    else return;
    event.preventDefault();
  }

  go(option) {
    if (!option) return;
    const { press } = option;
    if (!press) location.assign(option.dataset.href);
    this.closest("dialog").close();
    setTimeout(() => press?.click());
  }
}

customElements.define("go-to", GoTo);
