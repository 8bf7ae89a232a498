/* Parts of the page that come with a live message as <div data-part="id">: put in place where they differ. */
export function replaceParts(html) {
  if (!html) return;
  const template = document.createElement("template");
  template.innerHTML = html;
  const inner = template.content.querySelector("template[data-state]")?.content ?? template.content;
  for (const part of inner.querySelectorAll("[data-part]")) {
    const place = document.getElementById(part.dataset.part);
    if (place && place.dataset.shown !== part.innerHTML) put(place, part.innerHTML);
  }
}

function put(place, html) {
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  place.dataset.shown = html;
  place.innerHTML = html;
  window.htmx?.process(place);
  if (focused) place.querySelector(`[data-key="${focused}"]`)?.focus();
}
