/* <page-notices data-lost data-undone data-gone data-broken data-again>: says what happened, for a moment.

   What htmx asked for and didn't get is said too, with a button that asks again: at the top of the list or of the open
   dialog where it was meant for them, since a dialog covers all else. */
import { Failure } from "../models/failure.js";

const SHOWN_MS = 10_000;

class PageNotices extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const listen = (name, heard) => document.addEventListener(name, heard, { signal: this.stop.signal });
    for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) listen(name, ({ detail }) => this.fail(detail));
    listen("htmx:beforeRequest", ({ detail }) => this.noticeOf(detail.target)?.remove());
    new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((one) => this.leave(one)))).observe(this, { childList: true });
    for (const notice of this.children) this.leave(notice);
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  leave(notice) {
    if (notice.matches?.(".notice:not(.error, .failure)")) setTimeout(() => notice.matches(":hover, :focus-within") || notice.remove(), SHOWN_MS);
  }

  fail(detail) {
    const failure = new Failure(detail);
    if (failure.isBackground) return;
    this.noticeOf(detail.target)?.remove();
    const notice = failure.notice(this.dataset);
    notice.failedTarget = detail.target;
    (failure.place ?? this).prepend(notice);
  }

  noticeOf(target) {
    return [...document.querySelectorAll(".failure")].find((one) => one.failedTarget === target);
  }
}

customElements.define("page-notices", PageNotices);
