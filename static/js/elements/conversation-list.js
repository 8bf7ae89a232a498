/* <conversation-list>: marks what is mine, unread and open; takes in what comes live without moving anything.

   An item that is shown is renewed in its place. What is new, or would move up, waits behind a button "3 new" while
   somebody's pointer or focus is in the list, or it is scrolled; else the list is asked for again at once. */
import { mark, renew } from "../models/item.js";
import { List } from "../models/list.js";

class ConversationList extends HTMLElement {
  connectedCallback() {
    this.waiting = new Set();
    this.button = this.querySelector(".new");
    this.button.addEventListener("click", () => this.refresh());
    this.addEventListener("pointerleave", () => this.waiting.size && this.refreshIfQuiet());
    this.stop = new AbortController();
    const listen = (name, heard) => document.addEventListener(name, heard, { signal: this.stop.signal });
    listen("inbox:item", ({ detail }) => this.take(detail));
    listen("inbox:read", ({ detail }) => this.read(detail));
    listen("inbox:caught-up", () => this.refreshIfQuiet());
    listen("htmx:afterSettle", () => this.mark());
    listen("htmx:pushedIntoHistory", () => this.mark());
    this.mark();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  get found() {
    return this.querySelector("[data-url]");
  }

  get items() {
    return [...this.querySelectorAll("a.item")];
  }

  mark() {
    for (const { parentElement } of this.items) mark(parentElement, this.dataset);
  }

  take({ conversation, html, facts }) {
    const old = this.querySelector(`#item-${conversation}`);
    const moves = Boolean(old?.previousElementSibling) && facts.kind === "message_received";
    if (old) this.renew(old, html);
    if (moves || (!old && new List(this.found.dataset, this.dataset.me).belongs(facts))) this.offer(conversation);
  }

  renew(old, html) {
    renew(old, html);
    this.mark();
  }

  read({ conversation, number }) {
    const row = this.querySelector(`#item-${conversation}`);
    if (row) row.dataset.read = Math.max(number, row.dataset.read);
    this.mark();
  }

  offer(conversation) {
    this.waiting.add(conversation);
    this.button.textContent = this.dataset.new.replace("{count}", this.waiting.size);
    this.button.hidden = false;
    this.refreshIfQuiet();
  }

  refreshIfQuiet() {
    const isBusy = this.items.length && (this.matches(":hover, :focus-within") || this.parentElement.scrollTop > 40);
    if (!isBusy) this.refresh();
  }

  async refresh() {
    this.waiting.clear();
    await window.htmx.ajax("GET", this.found.dataset.url, { target: "#conversations" }).catch(() => {});
    this.button.hidden = this.waiting.size === 0;
  }
}

customElements.define("conversation-list", ConversationList);
