/* Which key was meant, and whether somebody is typing. Single keys can be switched off (WCAG 2.1.4). */
const OFF = "single-keys-off";

export const singleKeys = {
  get on() {
    return localStorage.getItem(OFF) === null;
  },
  set on(value) {
    if (value) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  },
};

/* "j", "?", "mod+k" (Ctrl or Cmd), or null where other modifiers are held. */
export function nameOf(event) {
  if (event.altKey && !event.getModifierState("AltGraph")) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

export function isTyping(target) {
  const quiet = ["button", "checkbox", "radio", "submit", "reset", "range", "color", "file"];
  if (target.isContentEditable || target.matches("textarea, select, [role=textbox]")) return true;
  return target.matches("input") && !quiet.includes(target.type);
}
