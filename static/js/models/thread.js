/* The lines of a thread in the page. Each has a DOM id, a number and the moment it was rendered: whichever way a
   line comes (page, answer, live, catch-up) and however often, it stands once, in its place, in its newest form. */
import { markDays } from "./days.js";

const MOMENT = 2_000;
const numberOf = (line) => Number(line.dataset.number) || Infinity;
const renderedAt = (line) => Number(line.dataset.rendered) || 0;

export class Thread {
  constructor(log) {
    this.log = log;
  }

  get lines() {
    return [...this.log.querySelectorAll(":scope > [data-at]")];
  }

  /* The number of the last line the page holds. */
  get last() {
    return this.lines.reduce((last, line) => Math.max(last, Number(line.dataset.number) || 0), 0);
  }

  /* The number of the last line its reader has had a moment to look at. */
  get seen() {
    const fresh = this.lines.filter(({ cameAt }) => cameAt > Date.now() - MOMENT);
    return Math.min(this.last, ...fresh.map((line) => numberOf(line) - 1));
  }

  /* Its reader has been told to look. */
  looked() {
    for (const line of this.lines) line.cameAt = 0;
  }

  /* Puts rendered lines where they belong; returns those that were not there before. */
  apply(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const lines = [...template.content.querySelectorAll("[data-at]")];
    const fresh = lines.filter((line) => this.place(document.importNode(line, true)));
    markDays(this.log);
    return fresh;
  }

  place(line) {
    const before = document.getElementById(line.id);
    if (before) {
      if (renderedAt(line) >= renderedAt(before)) this.swap(before, line);
      return before.matches("[data-pending]");
    }
    line.cameAt = Date.now();
    const next = this.lines.find((other) => numberOf(other) > numberOf(line));
    if (next) this.log.insertBefore(line, this.aboveDay(next));
    else this.log.append(line);
    window.htmx?.process(line);
    return true;
  }

  swap(before, line) {
    const next = this.lines.find((other) => other !== before && numberOf(other) > numberOf(line));
    const isAsideOfOrder = next && before.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_PRECEDING;
    for (const { className } of before.querySelectorAll("details[open]")) {
      line.querySelector(`details.${className}`)?.setAttribute("open", "");
    }
    line.cameAt = before.cameAt;
    const isFocused = before.contains(document.activeElement);
    before.replaceWith(line);
    if (isFocused) this.focus(line);
    if (isAsideOfOrder) this.log.insertBefore(line, this.aboveDay(next));
    window.htmx?.process(line);
  }

  /* Who pressed a button of a line goes on from there by keyboard: from the same button, or the line. */
  focus(line) {
    line.tabIndex = -1;
    (line.querySelector(".about button") ?? line).focus({ preventScroll: true });
  }

  aboveDay(line) {
    const marker = line.previousElementSibling;
    return marker?.matches(".day") ? marker : line;
  }

  /* What has been written and has not been taken yet: stands at the end. */
  addPending(line) {
    line.dataset.pending = "";
    line.dataset.at = new Date().toISOString();
    this.log.append(line);
    markDays(this.log);
  }
}
