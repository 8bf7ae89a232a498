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

const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/* Those whose name has a word that begins with the query; an exact name first. */
export function matching(options, query, nameOf) {
  const wanted = plain(query.trim());
  const fits = (name) => name.startsWith(wanted) || name.split(/\s+/).some((word) => word.startsWith(wanted));
  const found = options.filter((option) => fits(plain(nameOf(option))));
  const isExact = (option) => plain(nameOf(option)) === wanted;
  return found.sort((one, other) => isExact(other) - isExact(one));
}

/* The text without what asked, with something in its place. */
export function replaced(text, { start, query }, inserted) {
  return text.slice(0, start) + inserted + text.slice(start + query.length + 1);
}
