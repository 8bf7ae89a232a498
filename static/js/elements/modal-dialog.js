/* <modal-dialog id="dialog">: opens any <dialog> that is put into it, and gives the focus back when it goes.

   A button asks for one with hx-get and hx-target="#dialog"; an empty answer closes it. In the dialog, what carries
   `data-close` closes it. The dialog's first [autofocus] gets the focus, as the browser does it. */
/* A conversation that has ended hides what was typed for it; the focus stays in its composer. */
const closedComposerTab = (opener) => opener.closest(".composer")?.querySelector('[role="tab"][aria-selected="true"]');

class ModalDialog extends HTMLElement {
  connectedCallback() {
    this.observer = new MutationObserver(() => this.look());
    this.observer.observe(this, { childList: true, subtree: true });
    this.addEventListener("pointerdown", (event) => (this.press = event));
    this.addEventListener("click", (event) => this.onClick(event));
    this.addEventListener("close", (event) => event.target.remove(), true);
    document.addEventListener("htmx:beforeRequest", (event) => this.remember(event.detail), true);
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }

  /* Who asked is where the focus returns to: a dialog may replace itself in between. */
  remember({ elt, target }) {
    if (target !== this || this.querySelector("dialog")) return;
    this.opener = elt.checkVisibility() ? elt : document.activeElement;
  }

  look() {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) {
      this.opener ??= document.activeElement;
      dialog.showModal();
    }
    if (!dialog && this.opener) this.giveBack();
  }

  giveBack() {
    const { opener } = this;
    this.opener = null;
    if (opener.isConnected && opener.checkVisibility()) opener.focus();
    else (closedComposerTab(opener) ?? document.querySelector("#thread, #main"))?.focus();
  }

  onClick(event) {
    const dialog = event.target.closest("dialog");
    const isBeside = event.detail > 0 && [this.press, event].every((each) => this.isOutside(each, dialog));
    if (event.target.closest("[data-close]") || isBeside) dialog?.close();
  }

  /* A press that began inside, to mark text or because what was pressed has moved, closes nothing. */
  isOutside(event, dialog) {
    if (event?.target !== dialog) return false;
    const box = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    return x < box.left || x > box.right || y < box.top || y > box.bottom;
  }
}

customElements.define("modal-dialog", ModalDialog);
