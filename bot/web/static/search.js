// Searching in the open conversation: found messages lie over the talk until one is chosen or Esc closes it.
import { get } from "./api.js";
import { body, byId, fragment, on } from "./dom.js";
import { refresh } from "./times.js";

const box = byId("search");
const found = byId("found");
let timer = 0;
let asked = 0;

export function begin(current) {
  box.addEventListener("input", () => {
    clearTimeout(timer);
    box.parentElement.classList.toggle("open", Boolean(box.value));
    if (!box.value.trim()) closeSearch();
    else timer = setTimeout(() => look(current()), 200);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      closeSearch();
      box.blur();
    } else if (event.key === "Enter") {
      clearTimeout(timer);
      look(current());
    }
  });
  const choose = (message, event) => {
    event.preventDefault();
    closeSearch();
    current().goTo(message.dataset.id);
  };
  on(found, "click", ".msg", choose);
  on(found, "keydown", ".msg", (message, event) => event.key === "Enter" && choose(message, event));
}

export const focusSearch = () => box.focus();
export const searching = () => !found.hidden;

export function closeSearch() {
  clearTimeout(timer);
  asked += 1;
  box.value = "";
  box.parentElement.classList.remove("open");
  found.hidden = true;
  delete body.dataset.shown;
}

async function look(talk) {
  const words = box.value.trim();
  if (!talk.address || !words) return;
  asked += 1;
  const mine = asked;
  let content;
  try {
    content = fragment(await get("/search", { c: talk.address, q: words }));
  } catch (refusal) {
    content = Object.assign(document.createElement("p"), { textContent: refusal.message });
  }
  if (mine !== asked) return; // another search began meanwhile
  refresh(content.querySelectorAll ? content : found);
  for (const message of content.querySelectorAll?.(".msg") ?? []) {
    message.removeAttribute("id");
    message.tabIndex = 0;
  }
  found.replaceChildren(content);
  found.hidden = false;
  body.dataset.shown = "found";
}
