/* What the text before the caret asks for: "^del" commands, "/thank" saved replies, "@pe" members. */
const ASKED = [/(?:^|\s)(?<sign>\^)(?<query>\S*)$/, /(?:^|\n)(?<sign>\/)(?<query>[^\n]*)$/];
const MENTION = /(?:^|\s)(?<sign>@)(?<query>[^\s@]*)$/;

/* → {sign, query, start} or null. Members can be named in a note only. */
export function asked(text, caret, isNote) {
  const before = text.slice(0, caret);
  for (const pattern of isNote ? [...ASKED, MENTION] : ASKED) {
    const { sign, query } = before.match(pattern)?.groups ?? {};
    if (sign) return { sign, query, start: caret - query.length - 1 };
  }
  return null;
}

/* Whether nothing else is written. */
export function isAll(text, { sign, query }) {
  return text.trim() === (sign + query).trim() && query !== "";
}

const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/* Those whose name has a word that begins with the query; an exact name first. */
export function matching(options, query, nameOf) {
  const wanted = plain(query.trim());
  const fits = (name) => name.startsWith(wanted) || name.split(/\s+/).some((word) => word.startsWith(wanted));
  const found = options.filter((option) => fits(plain(nameOf(option))));
  const isExact = (option) => plain(nameOf(option)) === wanted;
  return found.sort((one, other) => isExact(other) - isExact(one));
}

/* The text with something in the place of what asked, and where the caret is then. */
export function replaced(text, { start, query, sign }, insert) {
  const inserted = insert && sign === "@" ? `${insert} ` : insert;
  return [text.slice(0, start) + inserted + text.slice(start + query.length + 1), start + inserted.length];
}

/* The text with a sign that asks: saved replies at the beginning, commands at the end; and the caret behind it. */
export function begun(text, sign) {
  if (sign === "/") return [text ? `/\n${text}` : "/", 1];
  const longer = text + (/(^|\s)$/.test(text) ? "" : " ") + sign;
  return [longer, longer.length];
}

const ASKED_OF = { "/": "replies", "@": "colleagues" };

/* The options for a sign, out of a template of the palette; saved replies and members are fetched the first time. */
export async function offered(palette, sign) {
  const template = palette.querySelector(`template[data-for="${sign}"]`) ?? (await fetched(palette, sign));
  return [...template.content.querySelectorAll("[role=option]")];
}

async function fetched(palette, sign) {
  const template = document.createElement("template");
  template.dataset.for = sign;
  const answer = await fetch(palette.getAttribute(ASKED_OF[sign])).catch(() => null);
  if (!answer?.ok) return template;
  template.innerHTML = await answer.text();
  palette.append(template);
  return template;
}
