/* An item of the list of conversations: the row, and the link in it, as this member sees it. */
import { isUnread, merged } from "./list.js";

/* Marks it as open, unread, and with what the member said last: the server rendered it for everybody. */
export function mark(row, { name, you }) {
  const link = row.querySelector("a.item");
  const isOpen = link.pathname === location.pathname;
  if (isOpen) row.dataset.read = Math.max(row.dataset.number, row.dataset.read);
  link.toggleAttribute("aria-current", isOpen);
  link.classList.toggle("unread", isUnread(row.dataset));
  const author = row.dataset.author === name && link.querySelector("[data-by]");
  if (author) author.textContent = you;
}

/* Puts the newer rendering in its place; the focus stays on it. */
export function renew(old, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("li");
  Object.assign(fresh.dataset, merged(old.dataset, fresh.dataset));
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(fresh);
  window.htmx.process(fresh);
  if (hadFocus) fresh.querySelector("a").focus();
}
