// Small words for the page.
export const body = document.body;
export const page = {
  base: body.dataset.base,
  token: body.dataset.formToken,
  maxBytes: Number(body.dataset.maxBytes),
  maxText: Number(body.dataset.maxText),
  maxFiles: Number(body.dataset.maxFiles),
};

export const byId = (id) => document.getElementById(id);

/** HTML of the server (which alone escapes) as elements. */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** Enter, in a handler of clicks on many: the element that was meant. */
export const on = (root, event, selector, act) =>
  root.addEventListener(event, (happening) => {
    const found = happening.target.closest(selector);
    if (found && root.contains(found)) act(found, happening);
  });

export function tell(text) {
  const error = byId("error");
  error.textContent = text;
  error.hidden = !text;
}
