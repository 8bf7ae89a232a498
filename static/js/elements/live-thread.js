/* <live-thread socket events [reading] [data-gapless]>: keeps the log inside it up to date.

   Live lines come by the socket; after each interruption it asks `events` for what is later than the last number it
   holds. `data-gapless`: the numbers have no gaps, so that a gap means a lost line. Inside, a form says "doing"
   (what its author does) and elements hear "presence". */
import { Connection } from "../models/connection.js";
import { Reading } from "../models/reading.js";
import { Scrolling } from "../models/scrolling.js";
import { replaceParts } from "../models/parts.js";
import { Thread } from "../models/thread.js";

const OVERLAP = 20; // lines asked for again after an interruption: their delivery may have gone on meanwhile

class LiveThread extends HTMLElement {
  connectedCallback() {
    this.thread = new Thread(this.querySelector("[role=log]"));
    this.thread.apply("");
    this.scrolling = new Scrolling(this.thread.log, this.querySelector(".new"), () => this.reading.tell());
    this.reading = new Reading(this.getAttribute("reading"), this.thread, this.scrolling);
    this.scrolling.toEnd();
    this.connection = new Connection(this.getAttribute("socket"), {
      heard: (message) => this[`on_${message.type}`]?.(message),
      changed: (state) => this.onState(state),
    });
    this.connection.start();
    this.catchUpSoon = () => this.catchUp();
    document.body.addEventListener("thread-changed", this.catchUpSoon);
    document.addEventListener("visibilitychange", (this.look = () => this.reading.tell()));
    this.addEventListener("doing", ({ detail }) => this.connection.send({ type: "presence", ...detail }));
    this.addEventListener("htmx:afterSettle", () => this.thread.apply(""));
  }

  disconnectedCallback() {
    this.connection.stop();
    document.body.removeEventListener("thread-changed", this.catchUpSoon);
    document.removeEventListener("visibilitychange", this.look);
  }

  onState(state) {
    const line = this.querySelector(".offline");
    if (line) line.textContent = state === "open" ? "" : (line.dataset[state] ?? "");
    if (state === "open") this.catchUp(OVERLAP);
  }

  on_ready() {
    this.dispatchEvent(new CustomEvent("here"));
  }

  on_now({ number }) {
    if (number > this.thread.last) this.catchUp();
  }

  on_event({ number, html }) {
    const isGap = "gapless" in this.dataset && number > this.thread.last + 1;
    this.show(html);
    if (isGap) this.catchUp(OVERLAP);
  }

  on_standing({ html }) {
    replaceParts(html);
  }

  on_presence(message) {
    this.dispatchEvent(new CustomEvent("presence", { detail: message }));
  }

  show(html) {
    this.scrolling.keep(() => this.thread.apply(html).length);
    this.reading.tell();
  }

  async catchUp(overlap = 0) {
    const after = Math.max(0, this.thread.last - overlap);
    const answer = await fetch(`${this.getAttribute("events")}?after=${after}`).catch(() => null);
    if (answer?.status !== 200) return;
    const html = await answer.text();
    this.show(html);
    replaceParts(html);
    if (this.thread.last > after + 190) await this.catchUp();
  }
}

customElements.define("live-thread", LiveThread);
