/* A log follows its end as long as the reader is there; otherwise it stays where it is and offers what is new. */
const NEAR = 60;

export class Scrolling {
  constructor(log, button, reachedEnd) {
    Object.assign(this, { log, button, reachedEnd, count: 0 });
    log.addEventListener("scroll", () => this.isAtEnd && this.reached(), { passive: true });
    button?.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this.wasAtEnd && this.toEnd()).observe(log);
    log.addEventListener("htmx:beforeSwap", () => (this.fromEnd = log.scrollHeight - log.scrollTop));
    log.addEventListener("htmx:afterSwap", () => (log.scrollTop = log.scrollHeight - this.fromEnd));
  }

  get isAtEnd() {
    this.wasAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
    return this.wasAtEnd;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.wasAtEnd = true;
    this.reached();
  }

  reached() {
    this.count = 0;
    if (this.button) this.button.hidden = true;
    this.reachedEnd();
  }

  /* Changes the log by `change`, which returns how many lines are new. */
  keep(change) {
    const follows = this.isAtEnd;
    const count = change();
    if (follows) this.toEnd();
    else if (count && this.button) this.offer(count);
  }

  offer(count) {
    this.count += count;
    this.button.textContent = this.button.dataset.words.replace("{count}", this.count);
    this.button.hidden = false;
  }
}
