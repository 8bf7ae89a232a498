/* <composer-palette replies="…" colleagues="…">: the list above the composer, for ^ commands, / saved replies and @ members.

   Filtered while typing; arrows choose, Enter, Tab or (for commands) Space takes it, Escape lets it go. Only what
   asked is replaced: all else in the composer stays. What asks for nothing there is isn't sent by mistake. */
import { Options } from "../models/options.js";
import { asked, begun, isAll, matching, offered, replaced } from "../models/suggestions.js";

const MOST = 8;

class ComposerPalette extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.text = this.form.elements.text;
    this.options = new Options(this.text, this.querySelector("[role=listbox]"));
    const { list } = this.options;
    this.text.addEventListener("input", () => this.look());
    this.text.addEventListener("keydown", (event) => this.onKey(event), true);
    this.text.addEventListener("blur", () => setTimeout(() => this.text.matches(":focus") || this.close(), 150));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => this.take(target.closest("[role=option]")));
    this.form.addEventListener("click", ({ target }) => this.begin(target.closest("[data-start]")?.dataset.start));
    this.form.addEventListener("cleared", () => this.close());
  }

  /* A button or a key begins what typing its sign would. */
  begin(sign) {
    if (!sign) return;
    const [text, caret] = begun(this.text.value, sign);
    this.text.value = text;
    this.text.focus();
    this.text.setSelectionRange(caret, caret);
    this.look();
  }

  async look() {
    this.asked = asked(this.text.value, this.text.selectionStart, this.form.elements.kind.value === "note");
    const options = this.asked ? await offered(this, this.asked.sign) : [];
    if (!this.asked) return this.close();
    const found = matching(options, this.asked.query, (option) => option.dataset.name).slice(0, MOST);
    if (!found.length && isAll(this.text.value, this.asked)) found.push(this.querySelector(".none").content.firstElementChild);
    return this.options.show(found.map((option) => document.importNode(option, true)));
  }

  onKey(event) {
    if (!this.options.isOpen || event.isComposing) return;
    const isCommand = this.asked?.sign === "^" && this.asked.query !== "";
    const takes = ["Enter", "Tab"].includes(event.key) || (event.key === " " && isCommand);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.options.move(step);
    else if (takes && !event.shiftKey) this.take(this.options.chosen);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(option) {
    if (!option || !this.asked || option.ariaDisabled === "true") return;
    const [text, caret] = replaced(this.text.value, this.asked, option.dataset.insert ?? "");
    this.text.value = text;
    this.text.setSelectionRange(caret, caret);
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
    if (option.dataset.command) this.run(option);
  }

  /* htmx asks for the command's dialog; a command without one is an element's of the form. */
  run(option) {
    if (option.hasAttribute("hx-get")) window.htmx.trigger(option, "run");
    else this.form.dispatchEvent(new CustomEvent("command", { detail: option.dataset.command }));
  }

  close() {
    this.asked = null;
    this.options.close();
  }
}

customElements.define("composer-palette", ComposerPalette);
