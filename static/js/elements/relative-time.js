/* <relative-time><time datetime="…">3 Nov, 09:41</time></relative-time>: says how long ago, and keeps saying it. */
import { relative } from "../models/relative.js";

class RelativeTime extends HTMLElement {
  connectedCallback() {
    this.show();
    this.timer = setInterval(() => this.show(), 30_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const time = this.querySelector("time");
    if (!time) return;
    const date = new Date(time.dateTime);
    time.title = date.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    const words = relative(date, new Date(), document.documentElement.lang);
    if (time.textContent !== words) time.textContent = words;
  }
}

customElements.define("relative-time", RelativeTime);
