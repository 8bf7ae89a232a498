/* <inbox-live socket counts>: what changes anywhere in the inbox, told to the page as events of the document.

   "inbox:item" ({conversation, html, facts}), "inbox:read" ({conversation, number}), and "inbox:caught-up" after the
   connection was lost and came back. The numbers of the rail are asked for again, half a second later. */
const AGAIN_MS = [500, 1000, 2000, 5000, 10_000];

class InboxLive extends HTMLElement {
  connectedCallback() {
    this.tries = 0;
    this.wasReady = false;
    this.open();
  }

  disconnectedCallback() {
    clearTimeout(this.later);
    this.socket.onclose = null;
    this.socket.close();
  }

  open() {
    this.socket = new WebSocket(this.getAttribute("socket"));
    this.socket.onmessage = ({ data }) => this.hear(JSON.parse(data));
    this.socket.onclose = ({ code }) => this.again(code);
  }

  again(code) {
    if (code === 4403 || code === 4404) return; // access has gone; opening again won't bring it back
    const wait = AGAIN_MS[Math.min(this.tries++, AGAIN_MS.length - 1)];
    this.later = setTimeout(() => this.open(), wait * (0.5 + Math.random()));
  }

  hear({ type, ...detail }) {
    if (type === "ready") this.ready();
    else if (type === "counts") this.count();
    else document.dispatchEvent(new CustomEvent(`inbox:${type}`, { detail }));
  }

  ready() {
    this.tries = 0;
    if (this.wasReady) {
      document.dispatchEvent(new CustomEvent("inbox:caught-up"));
      this.count();
    }
    this.wasReady = true;
  }

  count() {
    this.counting ??= setTimeout(async () => {
      this.counting = null;
      await window.htmx.ajax("GET", this.getAttribute("counts"), { target: "#rail-links", swap: "outerHTML" }).catch(() => {});
    }, 500);
  }
}

customElements.define("inbox-live", InboxLive);
