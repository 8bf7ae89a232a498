/* A log follows its end as long as the reader is there; otherwise it stays where it is and offers what is new. */
const NEAR = 60;

export class Scrolling {
  constructor(log, button, reachedEnd) {
    Object.assign(this, { log, button, reachedEnd, count: 0 });
    log.addEventListener("scroll", () => this.isAtEnd && this.reached(), { passive: true });
    button?.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this.wasAtEnd && this.toEnd()).observe(log);
    log.addEventListener("htmx:beforeSwap", ({ target }) => (this.fromEnd = target.closest(".message") ? null : log.scrollHeight - log.scrollTop));
    log.addEventListener("htmx:afterSwap", () => this.fromEnd === null || (log.scrollTop = log.scrollHeight - this.fromEnd));
    log.addEventListener("click", ({ target }) => this.unfolded(target.closest("summary")?.parentElement));
  }

  /* What somebody unfolds comes into view. */
  unfolded(details) {
    if (details) requestAnimationFrame(() => details.open && details.scrollIntoView({ block: "nearest" }));
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
