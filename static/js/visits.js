/* RecruitChat, for a job site: counts a page that was looked at, for visitors who came from their reply link and agreed.
   <script src=".../visits/script.js" data-site="ID" data-ask="May we…?" data-yes="Yes" data-no="No" async></script>
   A consent manager calls recruitchat.consent(true) or (false) instead of data-ask. No cookies. */
(() => {
  const me = document.currentScript;
  const { site, ask, yes = "OK", no = "No" } = me.dataset;
  const TOKEN = "recruitchat-token", CONSENT = "recruitchat-consent";
  const came = location.hash.match(/[#&]rc=([\w:.-]+)/)?.[1];
  if (came) history.replaceState(history.state, "", location.pathname + location.search);

  const tell = () => {
    if (came) localStorage.setItem(TOKEN, came);
    const token = localStorage.getItem(TOKEN);
    if (!token) return;
    const body = JSON.stringify({ token, path: location.pathname });
    fetch(new URL(`${site}/`, me.src), { method: "POST", body, mode: "no-cors", credentials: "omit", keepalive: true });
  };
  const consent = (agreed) => {
    localStorage.setItem(CONSENT, agreed ? "yes" : "no");
    if (agreed) tell();
    else localStorage.removeItem(TOKEN);
  };
  const question = () => {
    const bar = document.createElement("div");
    bar.setAttribute("role", "dialog");
    bar.append(ask, " ");
    for (const [words, agreed] of [[yes, true], [no, false]]) {
      const button = document.createElement("button");
      button.textContent = words;
      button.onclick = () => { consent(agreed); bar.remove(); };
      bar.append(button, " ");
    }
    document.body.append(bar);
  };
  const start = () => {
    const said = localStorage.getItem(CONSENT);
    if (said === "yes") tell();
    else if (!said && came && ask) question();
  };
  window.recruitchat = { consent };
  if (document.prerendering) document.addEventListener("prerenderingchange", start);
  else start();
})();
