/* <candidate-thread events opened socket>: the candidate's own page, live. Without it the form still posts. */
import { Connection } from "../models/connection.js";

const TYPING_MS = 4000;

class CandidateThread extends HTMLElement {
  connectedCallback() {
    this.log = this.querySelector(".messages");
    this.typing = this.querySelector(".typing");
    this.form = this.querySelector("form");
    this.form?.addEventListener("submit", (event) => this.submit(event));
    this.form?.addEventListener("input", () => this.tell("typing"));
    this.form?.elements.files.addEventListener("change", () => this.nameFiles());
    this.connection = new Connection(this.getAttribute("socket"), {
      heard: (message) => this.hear(message),
      changed: () => {},
    });
    this.connection.start();
    this.toEnd();
    fetch(this.getAttribute("opened"), { method: "POST" });
  }

  disconnectedCallback() {
    this.connection.stop();
  }

  hear(message) {
    if (message.type === "ready") this.catchUp();
    if (message.type === "event") this.put(message.html);
    if (message.type === "presence") this.showTyping(message);
  }

  async catchUp() {
    const numbers = [...this.log.querySelectorAll("[data-number]")].map((line) => Number(line.dataset.number));
    const answer = await fetch(`${this.getAttribute("events")}?after=${Math.max(0, ...numbers)}`);
    if (answer.status === 200) this.put(await answer.text());
  }

  put(html) {
    const parts = new DOMParser().parseFromString(html, "text/html").body.children;
    for (const part of [...parts]) {
      const there = document.getElementById(part.id);
      if (there) there.replaceWith(part);
      else this.log.append(part);
    }
    this.typing.textContent = "";
    this.toEnd();
  }

  async submit(event) {
    event.preventDefault();
    const { form } = this;
    const body = new FormData(form);
    form.querySelector("button.primary").disabled = true;
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
    form.querySelector("button.primary").disabled = false;
    if (answer?.status === 201) this.sent(await answer.text());
    else this.refuse(answer ? await answer.text() : "");
  }

  sent(html) {
    this.form.reset();
    this.form.elements.client_id.value = crypto.randomUUID?.() ?? "";
    this.refuse(null);
    this.nameFiles();
    this.put(html);
  }

  refuse(html) {
    const place = this.form.querySelector(".refused");
    if (html?.includes('class="refusal"')) place.innerHTML = html;
    else if (html === null) place.replaceChildren();
    else place.innerHTML = `<p class="refusal" role="alert"></p>`;
    if (place.firstChild && !place.textContent) place.firstChild.textContent = this.dataset.lost;
  }

  tell(state) {
    if (Date.now() - (this.toldAt ?? 0) < 2000) return;
    this.toldAt = Date.now();
    this.connection.send({ type: "presence", state });
  }

  showTyping({ state, name }) {
    clearTimeout(this.quiet);
    this.typing.textContent = state === "typing" ? this.dataset.typing.replace("{name}", name) : "";
    this.quiet = setTimeout(() => (this.typing.textContent = ""), TYPING_MS);
  }

  nameFiles() {
    const list = this.form.querySelector(".files");
    const names = [...this.form.elements.files.files].map((file) => file.name);
    list.hidden = !names.length;
    list.replaceChildren(...names.map((name) => Object.assign(document.createElement("li"), { className: "file", textContent: name })));
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    window.scrollTo({ top: document.body.scrollHeight });
  }
}

customElements.define("candidate-thread", CandidateThread);
