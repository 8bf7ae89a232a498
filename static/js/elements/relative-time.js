/* <relative-time><time datetime="…">3 Nov, 09:41</time></relative-time>: says how long ago, and keeps saying it.

   With `data-age` it says how long it has been going on, in days at most. `data-words` puts it into a sentence ("waiting {time}"); past `data-goal` minutes it gets the class "late". */
import { age, relative } from "../models/relative.js";

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
    const say = "age" in this.dataset ? age : relative;
    const since = say(date, new Date(), document.documentElement.lang);
    const words = this.dataset.words?.replace("{time}", since) ?? since;
    if (time.textContent !== words) time.textContent = words;
    this.classList.toggle("late", Date.now() - date > Number(this.dataset.goal || Infinity) * 60_000);
  }
}

customElements.define("relative-time", RelativeTime);
