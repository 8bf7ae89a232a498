/* Says why something couldn't be sent, in the server's own fragment or in plain words. */
export function refuse(place, words) {
  if (words.includes('class="refusal"')) {
    place.innerHTML = words;
    return;
  }
  const line = document.createElement("p");
  Object.assign(line, { className: "refusal", role: "alert", textContent: words });
  place.replaceChildren(line);
}
