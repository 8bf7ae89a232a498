/* <outcome-fields>: shows the fields that the chosen status asks for ([data-asks] on its radio), and its reasons only.
   Which are right is the server's to say. */
class OutcomeFields extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => event.target.name === "status" && this.show());
    this.show();
  }

  show() {
    const chosen = this.querySelector("[name=status]:checked");
    const asks = chosen ? chosen.dataset.asks.split(" ") : [];
    for (const field of this.querySelectorAll("[data-field]")) field.hidden = !asks.includes(field.dataset.field);
    if (chosen) this.narrowReasons(chosen.value);
  }

  narrowReasons(status) {
    const select = this.querySelector("[name=reason]");
    for (const group of select.querySelectorAll("optgroup")) {
      group.hidden = group.disabled = group.dataset.status !== status;
    }
    if (select.selectedOptions[0]?.parentElement.disabled) select.value = "";
  }
}

customElements.define("outcome-fields", OutcomeFields);
