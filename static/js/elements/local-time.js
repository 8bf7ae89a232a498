/* <local-time><time datetime="…">09:41</time></local-time>: the time in the reader's own zone and form.

   `data-day` adds the day when it isn't today. `zone="Europe/Prague"` says it in that zone, and what time it is there now
   where `datetime` is empty. */
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
    const date = time.dateTime ? new Date(time.dateTime) : new Date();
    const clock = date.toLocaleTimeString(language, { hour: "numeric", minute: "2-digit", timeZone: zone });
    if (time.dateTime) time.title = date.toLocaleString(language, { dateStyle: "long", timeStyle: "short", timeZone: zone });
    time.textContent = time.dateTime ? this.day(date, language, zone) + clock : `${clock} (${zone})`;
  }

  day(date, language, timeZone) {
    const dayOf = (moment, form) => moment.toLocaleDateString(language, { ...form, timeZone });
    if (!("day" in this.dataset) || dayOf(date) === dayOf(new Date())) return "";
    return `${dayOf(date, { weekday: "short", day: "numeric", month: "short" })} `;
  }
}

customElements.define("local-time", LocalTime);
