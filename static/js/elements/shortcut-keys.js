/* <shortcut-keys>: a key presses what carries `data-key`, unless somebody is typing or a dialog is open.

   First a cancelable "shortcut" event (detail: the key's name) goes through the document, for keys that need more
   than a press; whoever takes it calls preventDefault. Then the first visible [data-key] is focused, if it is a
   field, or clicked. With Ctrl or Cmd the name is "mod+k", and typing doesn't matter. */
import { isTyping, nameOf, singleKeys } from "../models/shortcuts.js";

class ShortcutKeys extends HTMLElement {
  connectedCallback() {
    this.listener = (event) => this.onKey(event);
    document.addEventListener("keydown", this.listener);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listener);
  }

  onKey(event) {
    const key = nameOf(event);
    if (event.defaultPrevented || event.isComposing || !key || this.isQuiet(key, event.target)) return;
    const shortcut = new CustomEvent("shortcut", { detail: key, cancelable: true });
    if (document.dispatchEvent(shortcut) && !this.act(key)) return;
    event.preventDefault();
  }

  isQuiet(key, target) {
    if (key.startsWith("mod+")) return false;
    return !singleKeys.on || isTyping(target) || document.querySelector("dialog[open]") !== null;
  }

  act(key) {
    const found = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
    const element = found.find((one) => one.checkVisibility() && !one.disabled);
    if (!element) return false;
    if (isTyping(element)) element.focus();
    else element.click();
    return true;
  }
}

customElements.define("shortcut-keys", ShortcutKeys);
