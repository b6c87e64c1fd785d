// A card's menu, for whoever opened it: it lies over the card's own buttons here, and nobody else sees it.
const own = new WeakMap();

/** `items` of label and token; none: the card's own buttons again. */
export function show(group, items) {
  if (!items.length) {
    close(group);
    return;
  }
  if (!own.has(group)) own.set(group, [...group.children]);
  group.replaceChildren(...items.map(({ label, token }) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
    button.dataset.token = token;
    return button;
  }));
  group.firstElementChild.focus({ preventScroll: true });
}

/** After something was done by it. */
export function close(group) {
  if (!own.has(group)) return;
  group.replaceChildren(...own.get(group));
  own.delete(group);
  for (const button of group.children) button.disabled = false;
}
