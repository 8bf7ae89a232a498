/* A socket that comes back: soon at first, then with patience, at once when the network or the page returns.

   The server says "ready" when whoever is here is let in, and something every half minute. It closes with 4403 or
   4404 when they may not be here: then nothing is tried again. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
const LONGEST_SILENCE = 75_000;
const FINAL = [4403, 4404];

export class Connection {
  constructor(path, { heard, changed }) {
    Object.assign(this, { path, heard, changed, tries: 0 });
    this.retry = () => document.hidden || this.isOpen || this.open();
  }

  start() {
    window.addEventListener("online", this.retry);
    document.addEventListener("visibilitychange", this.retry);
    this.listening = setInterval(() => this.listen(), 15_000);
    this.open();
  }

  stop() {
    window.removeEventListener("online", this.retry);
    document.removeEventListener("visibilitychange", this.retry);
    clearInterval(this.listening);
    clearTimeout(this.waiting);
    this.drop();
  }

  get isOpen() {
    return this.socket?.readyState <= WebSocket.OPEN;
  }

  open() {
    this.drop();
    const address = new URL(this.path, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    this.socket = new WebSocket(address);
    this.heardAt = Date.now();
    this.socket.onmessage = ({ data }) => this.take(JSON.parse(data));
    this.socket.onclose = ({ code }) => this.lost(code);
  }

  take(message) {
    this.heardAt = Date.now();
    if (message.type === "ready") {
      this.tries = 0;
      this.changed("open");
    }
    this.heard(message);
  }

  lost(code) {
    if (FINAL.includes(code)) {
      this.stop();
      this.changed("refused");
      return;
    }
    this.changed("lost");
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.tries++);
    this.waiting = setTimeout(() => this.open(), wait * (0.5 + Math.random() / 2));
  }

  /* A laptop that has slept holds a socket which is dead at the other end. */
  listen() {
    if (this.isOpen && Date.now() - this.heardAt > LONGEST_SILENCE) this.lost(0);
  }

  drop() {
    clearTimeout(this.waiting);
    if (!this.socket) return;
    this.socket.onclose = this.socket.onmessage = null;
    this.socket.close();
  }

  send(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }
}
