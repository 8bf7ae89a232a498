/* <local-time><time datetime="…">09:41</time></local-time>: the time in the reader's own zone and form.

   `data-day` adds the day when it isn't today. `zone="Europe/Prague"` instead shows what time it is there now. */
class LocalTime extends HTMLElement {
  connectedCallback() {
    this.show();
    if (this.hasAttribute("zone")) this.timer = setInterval(() => this.show(), 20_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const time = this.querySelector("time");
    if (!time) return;
    const language = document.documentElement.lang;
    const zone = this.getAttribute("zone") ?? undefined;
    const date = zone ? new Date() : new Date(time.dateTime);
    const clock = date.toLocaleTimeString(language, { hour: "numeric", minute: "2-digit", timeZone: zone });
    if (!zone) time.title = date.toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
    time.textContent = zone ? `${clock} (${zone})` : this.day(date, language) + clock;
  }

  day(date, language) {
    if (!("day" in this.dataset) || date.toDateString() === new Date().toDateString()) return "";
    return `${date.toLocaleDateString(language, { weekday: "short", day: "numeric", month: "short" })} `;
  }
}

customElements.define("local-time", LocalTime);
