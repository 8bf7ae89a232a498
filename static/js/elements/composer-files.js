/* <composer-files limit most data-too-large data-too-many data-remove>: the files that go with a message.

   Chosen, dropped on the form or pasted; one that is too large is refused before anything is sent. */
class ComposerFiles extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.input = this.form.elements.files;
    this.files = [];
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    this.form.addEventListener("paste", (event) => this.onBrought(event, event.clipboardData));
    this.form.addEventListener("drop", (event) => this.onBrought(event, event.dataTransfer));
    this.form.addEventListener("dragover", (event) => event.preventDefault());
    this.form.addEventListener("cleared", () => this.hold([]));
    this.form.addEventListener("given-back", ({ detail }) => this.hold([...detail.files, ...this.files]));
  }

  onBrought(event, data) {
    if (!data?.files.length) return;
    event.preventDefault();
    this.add([...data.files]);
  }

  add(chosen) {
    const limit = Number(this.getAttribute("limit"));
    const fitting = chosen.filter((file) => file.size <= limit);
    const tooLarge = chosen.find((file) => file.size > limit);
    if (tooLarge) this.refuse(this.dataset.tooLarge.replace("{name}", tooLarge.name));
    const most = Number(this.getAttribute("most"));
    if (this.files.length + fitting.length > most) this.refuse(this.dataset.tooMany);
    this.hold([...this.files, ...fitting].slice(0, most));
  }

  refuse(words) {
    this.form.dispatchEvent(new CustomEvent("refused", { detail: words }));
  }

  hold(files) {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    this.files = files;
    this.input.files = transfer.files;
    this.querySelector(".files").replaceChildren(...files.map((file) => this.chip(file)));
    const limits = this.querySelector(".limits");
    if (limits) limits.hidden = files.length === 0;
  }

  chip(file) {
    const chip = document.createElement("li");
    const remove = document.createElement("button");
    chip.className = "file";
    chip.append(file.name, remove);
    Object.assign(remove, { type: "button", className: "button quiet", textContent: "×" });
    remove.setAttribute("aria-label", this.dataset.remove.replace("{name}", file.name));
    remove.addEventListener("click", () => this.hold(this.files.filter((other) => other !== file)));
    return chip;
  }
}

customElements.define("composer-files", ComposerFiles);
