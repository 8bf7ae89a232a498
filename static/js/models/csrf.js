/* Every request of ours that changes something carries Django's token: htmx's by event, fetch's by `csrfHeaders()`. */
export const csrfToken = () => document.querySelector('meta[name="csrf-token"]').content;

export const csrfHeaders = () => ({ "X-CSRFToken": csrfToken() });

document.addEventListener("htmx:configRequest", (event) => {
  Object.assign(event.detail.headers, csrfHeaders());
});
