/* The separators between the days of a log, in the reader's own zone and words. */
const language = () => document.documentElement.lang;
const capital = (words) => words.charAt(0).toLocaleUpperCase(language()) + words.slice(1);

export function nameOfDay(date, today = new Date()) {
  const days = Math.round((startOf(today) - startOf(date)) / 86_400_000);
  const words = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  if (days === 0 || days === 1) return capital(words.format(-days, "day"));
  const year = date.getFullYear() === today.getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(language(), { weekday: "long", day: "numeric", month: "long", year });
}

/* Puts a separator before the first line of each day; those that are right stay as they are. */
export function markDays(log) {
  let before = "";
  for (const line of log.querySelectorAll(":scope > [data-at]")) {
    const date = new Date(line.dataset.at);
    const day = date.toDateString();
    const above = line.previousElementSibling;
    const marker = above?.matches(".day") ? above : null;
    if (day === before) marker?.remove();
    else if (marker?.dataset.day !== day) line.before(separator(date, day));
    before = day;
  }
  log.querySelectorAll(":scope > .day + .day").forEach((extra) => extra.remove());
}

function separator(date, day) {
  const marker = document.createElement("span");
  marker.className = "day";
  marker.dataset.day = day;
  marker.textContent = nameOfDay(date);
  return marker;
}

const startOf = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
