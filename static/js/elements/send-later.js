/* <send-later id="later"> below the composer's tools: the moments to choose from, shown and hidden by its button.

   The button asks for them each time it opens; pressed again, by Escape, or once something was sent, they go. */
class SendLater extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.button = this.form.querySelector(`[aria-controls="${this.id}"]`);
    this.button.addEventListener("htmx:beforeRequest", (event) => this.isOpen && this.close(event));
    this.addEventListener("htmx:afterSwap", () => this.opened());
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.close(event, true));
    this.form.addEventListener("cleared", () => this.close());
    this.form.addEventListener("kind-chosen", () => this.close());
  }

  get isOpen() {
    return this.childElementCount > 0;
  }

  opened() {
    this.button.setAttribute("aria-expanded", "true");
    this.querySelector("button")?.focus();
  }

  close(event, isByKey = false) {
    event?.preventDefault?.();
    this.replaceChildren();
    this.button.setAttribute("aria-expanded", "false");
    if (isByKey) this.button.focus();
  }
}

customElements.define("send-later", SendLater);
