/* A moment as people say it in a list: now, 5 min, 3 h, yesterday, Tue, 3 Nov, 3 Nov 2024. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());

const unit = (count, name, language) =>
  new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "short" }).format(count);

export function relative(date, now, language) {
  const ago = now - date;
  const days = Math.round((startOfDay(now) - startOfDay(date)) / DAY);
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (ago < MINUTE) return words.format(0, "second");
  if (ago < HOUR) return unit(Math.floor(ago / MINUTE), "minute", language);
  if (days === 0) return unit(Math.floor(ago / HOUR), "hour", language);
  if (days === 1) return words.format(-1, "day");
  if (days < 7) return date.toLocaleDateString(language, { weekday: "short" });
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(language, { day: "numeric", month: "short", year });
}

/* How long something has been going on: <1 min, 5 min, 3 h, 12 days. */
export function age(date, now, language) {
  const ago = Math.max(now - date, 0);
  if (ago < MINUTE) return `<${unit(1, "minute", language)}`;
  if (ago < HOUR) return unit(Math.floor(ago / MINUTE), "minute", language);
  if (ago < DAY) return unit(Math.floor(ago / HOUR), "hour", language);
  return unit(Math.floor(ago / DAY), "day", language);
}
