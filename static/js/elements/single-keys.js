/* <single-keys>: the switch for shortcuts of one key, kept in this browser. */
import { singleKeys } from "../models/shortcuts.js";

class SingleKeys extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector("input");
    box.checked = singleKeys.on;
    box.addEventListener("change", () => (singleKeys.on = box.checked));
  }
}

customElements.define("single-keys", SingleKeys);
