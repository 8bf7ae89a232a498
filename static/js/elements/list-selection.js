/* <list-selection>: selects conversations of the list beside it, one by one or all that match, and says how many.

   What is selected is kept here, not in the boxes: the list renews its items as it likes. The form's fields are what
   the dialog of an action sends along (hx-include="#selection"). */
import { Chosen } from "../models/chosen.js";

class ListSelection extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.section = this.closest("section");
    this.list = document.querySelector("#conversations");
    this.chosen = new Chosen();
    this.stop = new AbortController();
    const listen = (on, name, heard) => on.addEventListener(name, heard, { signal: this.stop.signal });
    listen(this.section, "click", (event) => this.onClick(event.target));
    listen(document, "change", ({ target }) => target.matches(".pick input") && this.pick(target));
    listen(document, "bulk-began", () => this.end());
    listen(this.form, "htmx:afterSwap", ({ target }) => target === this.form && this.show());
    this.observer = new MutationObserver((records) => this.renewed(records));
    this.observer.observe(this.list, { childList: true, subtree: true });
  }

  disconnectedCallback() {
    this.stop.abort();
    this.observer.disconnect();
  }

  get found() {
    return this.list.querySelector("[data-url]");
  }

  onClick(target) {
    const all = target.closest("[data-all]");
    if (target.closest("[data-begin]")) this.begin();
    else if (target.closest("[data-end]")) this.end();
    else if (all) this.changed(() => this.chosen.takeAll(Number(all.dataset.all)));
  }

  begin() {
    this.url = this.found.dataset.url;
    this.section.toggleAttribute("data-selecting", true);
    window.htmx.ajax("GET", this.found.dataset.selection, { target: this.form });
    this.list.querySelector(".pick input")?.focus();
  }

  end() {
    this.section.removeAttribute("data-selecting");
    this.form.replaceChildren();
    this.changed(() => this.chosen.clear());
  }

  pick(box) {
    this.changed(() => this.chosen.set(box.value, box.checked));
  }

  /* Other filters, other conversations: what was selected under the old ones doesn't stand any more. */
  renewed() {
    if (!this.section.hasAttribute("data-selecting")) return;
    if (this.found && this.found.dataset.url !== this.url) {
      this.chosen.clear();
      this.begin();
    }
    this.show();
  }

  changed(change) {
    change();
    this.show();
  }

  show() {
    for (const box of this.list.querySelectorAll(".pick input")) box.checked = this.chosen.has(box.value);
    if (this.form.elements.count) this.chosen.fill(this.form);
  }
}

customElements.define("list-selection", ListSelection);
