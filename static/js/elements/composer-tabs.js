/* <composer-tabs role="tablist">: what is written, a reply or a note. The form's hidden `kind` says which. */
class ComposerTabs extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.tabs = [...this.querySelectorAll("[role=tab]")];
    this.addEventListener("click", ({ target }) => this.choose(target.closest("[role=tab]"), true));
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.form.addEventListener("command", ({ detail }) => this.choose(this.tab(detail), true));
    this.form.addEventListener("given-back", ({ detail }) => this.choose(this.tab(detail.kind)));
    this.choose(this.tab(this.form.elements.kind.value));
  }

  tab(kind) {
    return this.tabs.find((tab) => tab.dataset.kind === kind);
  }

  choose(tab, isAsked = false) {
    if (!tab) return;
    const { kind, label } = tab.dataset;
    this.form.elements.kind.value = kind;
    this.form.classList.toggle("noting", kind === "note");
    this.form.elements.text.setAttribute("aria-label", label);
    for (const one of this.tabs) {
      one.setAttribute("aria-selected", String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
    }
    if (isAsked) this.form.elements.text.focus();
    if (isAsked) this.form.dispatchEvent(new CustomEvent("kind-chosen"));
  }

  onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = this.tabs.at((this.tabs.indexOf(document.activeElement) + step) % this.tabs.length);
    this.choose(next);
    next.focus();
  }
}

customElements.define("composer-tabs", ComposerTabs);
