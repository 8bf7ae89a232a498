/* <composer-palette replies="…">: the list above the composer, for ^ commands, / saved replies and @ members.

   Filtered while typing; arrows choose, Enter, Tab or (for commands) Space takes it, Escape lets it go. Only what
   asked is replaced: all else in the composer stays. */
import { asked, matching, replaced } from "../models/suggestions.js";

class ComposerPalette extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.text = this.form.elements.text;
    this.list = this.querySelector("[role=listbox]");
    this.text.addEventListener("input", () => this.look());
    this.text.addEventListener("keydown", (event) => this.onKey(event), true);
    this.text.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => this.take(target.closest("[role=option]")));
    this.form.addEventListener("click", ({ target }) => this.begin(target.closest("[data-start]")?.dataset.start));
    this.form.addEventListener("cleared", () => this.close());
  }

  /* A button or a key begins what typing its sign would. */
  begin(sign) {
    if (!sign) return;
    const { value } = this.text;
    this.text.value = sign === "/" ? `/${value && `\n${value}`}` : `${value}${/(^|\s)$/.test(value) ? "" : " "}${sign}`;
    const caret = sign === "/" ? 1 : this.text.value.length;
    this.text.focus();
    this.text.setSelectionRange(caret, caret);
    this.look();
  }

  async look() {
    const isNote = this.form.elements.kind.value === "note";
    this.asked = asked(this.text.value, this.text.selectionStart, isNote);
    const options = this.asked ? await this.optionsFor(this.asked.sign) : [];
    if (!this.asked) return this.close();
    const found = matching(options, this.asked.query, (option) => option.dataset.name);
    this.show(found.slice(0, 8).map((option) => document.importNode(option, true)));
  }

  async optionsFor(sign) {
    const template = this.querySelector(`template[data-for="${sign}"]`) ?? (await this.fetchReplies());
    return [...template.content.querySelectorAll("[role=option]")];
  }

  async fetchReplies() {
    const template = document.createElement("template");
    template.dataset.for = "/";
    const answer = await fetch(this.getAttribute("replies")).catch(() => null);
    if (!answer?.ok) return template;
    template.innerHTML = await answer.text();
    if (!this.querySelector('template[data-for="/"]')) this.append(template);
    return template;
  }

  show(options) {
    this.list.replaceChildren(...options);
    options.forEach((option, place) => (option.id = `option-${place}`));
    window.htmx?.process(this.list);
    this.list.hidden = options.length === 0;
    this.select(0);
  }

  select(place) {
    const options = [...this.list.children];
    this.place = (place + options.length) % (options.length || 1);
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.place)));
    options[this.place]?.scrollIntoView({ block: "nearest" });
    if (options.length) this.text.setAttribute("aria-activedescendant", `option-${this.place}`);
    else this.text.removeAttribute("aria-activedescendant");
  }

  onKey(event) {
    if (this.list.hidden || event.isComposing) return;
    const takes = ["Enter", "Tab"].includes(event.key) || (event.key === " " && this.isCommand);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.select(this.place + step);
    else if (takes && !event.shiftKey) this.take(this.list.children[this.place]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  get isCommand() {
    return this.asked?.sign === "^" && this.asked.query !== "";
  }

  take(option) {
    if (!option || option.ariaDisabled === "true") return;
    const { insert = "", command } = option.dataset;
    const inserted = insert && this.asked.sign === "@" ? `${insert} ` : insert;
    this.text.value = replaced(this.text.value, this.asked, inserted);
    const caret = this.asked.start + inserted.length;
    this.text.setSelectionRange(caret, caret);
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
    if (command) this.run(option, command);
  }

  /* htmx asks for the command's dialog; a command without one is an element's of the form. */
  run(option, command) {
    if (option.hasAttribute("hx-get")) window.htmx.trigger(option, "run");
    else this.form.dispatchEvent(new CustomEvent("command", { detail: command }));
  }

  close() {
    this.list.hidden = true;
    this.asked = null;
    this.text.removeAttribute("aria-activedescendant");
  }
}

customElements.define("composer-palette", ComposerPalette);
