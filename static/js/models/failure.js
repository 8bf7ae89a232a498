/* A request of htmx that didn't come back with what was asked for: why, where that is said, and the same once more. */
export class Failure {
  constructor({ elt, target, xhr, requestConfig, pathInfo, etc }) {
    Object.assign(this, { elt, target, verb: requestConfig.verb, path: pathInfo.requestPath, swap: etc?.swapOverride });
    Object.assign(this, { status: xhr.status, said: xhr.responseText ?? "" });
  }

  /* The rail's numbers: they come again by themselves. */
  get isBackground() {
    return Boolean(this.target.closest("nav"));
  }

  get place() {
    return document.querySelector("dialog[open]") ?? this.target.closest("#conversations");
  }

  why({ lost, undone, gone, broken }) {
    if (this.status === 0) return this.verb === "get" ? lost : undone;
    return this.status === 404 || this.status === 403 ? gone : broken;
  }

  notice(words) {
    const notice = document.createElement("div");
    Object.assign(notice, { className: "notice failure", role: "alert" });
    if (this.said.includes('class="refusal"')) notice.innerHTML = this.said;
    else notice.append(this.why(words), this.button(words.again));
    return notice;
  }

  button(words) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words });
    button.addEventListener("click", () => this.again(button));
    return button;
  }

  again(button) {
    const source = this.elt.isConnected ? this.elt : document.body;
    button.closest(".failure").remove();
    window.htmx.ajax(this.verb, this.path, { source, target: this.target, swap: this.swap }).catch(() => {});
  }
}
