/* Tells the server how far a thread was read: read is what was on a screen that somebody could see. */
import { csrfHeaders } from "./csrf.js";

export class Reading {
  constructor(address, thread, scrolling) {
    Object.assign(this, { address, thread, scrolling, to: 0 });
  }

  tell() {
    const number = this.thread.last;
    if (!this.address || document.hidden || !this.scrolling.isAtEnd || number <= this.to) return;
    this.to = number;
    const body = new URLSearchParams({ number });
    fetch(this.address, { method: "POST", body, headers: csrfHeaders() }).catch(() => (this.to = 0));
  }
}
