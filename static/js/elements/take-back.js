/* <take-back url="…" seconds="6"> in a message: a button for its author, as long as the message hasn't left. */
import { post } from "../models/outgoing.js";

class TakeBack extends HTMLElement {
  connectedCallback() {
    const message = this.closest(".message");
    this.live = this.closest("live-thread");
    if (message?.dataset.author !== this.live?.dataset.me) return this.remove();
    this.hidden = false;
    this.timer = setTimeout(() => this.remove(), Number(this.getAttribute("seconds")) * 1000);
    this.querySelector("button").addEventListener("click", () => this.takeBack(message.id.replace("message-", "")));
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async takeBack(id) {
    const { live } = this;
    const { status, html } = await post(this.getAttribute("url"), new FormData());
    if (status === 200) live.dispatchEvent(new CustomEvent("taken-back", { detail: { id, text: JSON.parse(html).text } }));
    live.catchUp(20);
  }
}

customElements.define("take-back", TakeBack);
