/* <notification-toasts>: shows what the member is told, for a moment, where nothing is covered that is typed. */
const SHOWN_MS = 10_000;

class NotificationToasts extends HTMLElement {
  connectedCallback() {
    this.told = ({ detail }) => this.show(detail.notification);
    document.addEventListener("inbox:notification", this.told);
  }

  disconnectedCallback() {
    document.removeEventListener("inbox:notification", this.told);
  }

  async show(id) {
    if (document.getElementById(`notification-${id}`)) return;
    const answer = await fetch(`/notifications/${id}/toast/`, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    const html = await answer.text();
    const open = html.match(/data-conversation="([^"]+)"/)?.[1];
    if (!document.hidden && location.pathname.includes(`/${open}/`)) return; // it is before their eyes
    this.insertAdjacentHTML("beforeend", html);
    const toast = this.lastElementChild;
    setTimeout(() => toast.matches(":focus-within, :hover") || toast.remove(), SHOWN_MS);
  }
}

customElements.define("notification-toasts", NotificationToasts);
