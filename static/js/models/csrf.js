/* Every request of ours that changes something carries Django's token: htmx's by event, fetch's by `csrfHeaders()`.

   The cookie knows it best: whoever signs in again in another tab gets a new one. HX-Request asks for a sentence
   instead of the sign-in page where nobody is signed in any more. */
const inCookie = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

export const csrfToken = () => inCookie() ?? document.querySelector('meta[name="csrf-token"]').content;

export const csrfHeaders = () => ({ "X-CSRFToken": csrfToken(), "HX-Request": "true" });

document.addEventListener("htmx:configRequest", ({ detail }) => {
  Object.assign(detail.headers, csrfHeaders());
  detail.parameters.delete?.("csrfmiddlewaretoken");
});
