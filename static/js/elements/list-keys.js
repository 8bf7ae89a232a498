/* <list-keys>: J and K go to the next and the previous conversation of the list, and open it when one stays there. */
const PAUSE_MS = 200;

class ListKeys extends HTMLElement {
  connectedCallback() {
    this.listener = (event) => this.step(event);
    document.addEventListener("shortcut", this.listener);
  }

  disconnectedCallback() {
    document.removeEventListener("shortcut", this.listener);
  }

  step(event) {
    const by = { j: 1, k: -1 }[event.detail];
    const links = [...document.querySelectorAll("#conversations a.item")];
    if (!by || !links.length) return;
    event.preventDefault();
    const focused = links.indexOf(document.activeElement);
    const at = focused === -1 ? links.findIndex((link) => link.hasAttribute("aria-current")) : focused;
    const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
    next.focus();
    clearTimeout(this.opening);
    this.opening = setTimeout(() => next.isConnected && next.click(), PAUSE_MS);
  }
}

customElements.define("list-keys", ListKeys);
