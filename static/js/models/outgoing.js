/* A message on its way out: what is said, what stands in the log meanwhile, and how it goes. */
import { csrfHeaders } from "./csrf.js";

export function saidIn(body) {
  const files = body.getAll("files").filter((file) => file.size);
  return { text: body.get("text"), kind: body.get("kind") ?? "reply", files };
}

/* Status 0 means that nobody answered. */
export async function post(address, body) {
  body.delete("csrfmiddlewaretoken"); // the header carries a fresher one
  try {
    const answer = await fetch(address, { method: "POST", body, headers: csrfHeaders() });
    return { status: answer.status, html: await answer.text() };
  } catch {
    return { status: 0, html: "" };
  }
}

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only where the address is https or localhost
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function pendingMessage({ id, text, files, kind }, { me, name, sending }) {
  const message = element("article", `message ${kind === "note" ? "note" : "out"}`);
  message.id = `message-${id}`;
  message.dataset.author = me ?? "person";
  if (text.trim()) message.append(element("div", "body", text.trim()));
  for (const file of files) message.append(element("span", "file", file.name));
  message.append(element("div", "about", `${name} · ${sending}`));
  return message;
}

function element(tag, className, text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}
