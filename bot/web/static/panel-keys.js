// Keys of the panel: single letters, outside of fields only, and off for whoever wants them off.
import { tell } from "./panel.js";

const base = `${document.body.dataset.base}/panel`;
const dialog = document.getElementById("keys");
const KEPT = "panel-keys";
const isOff = () => localStorage.getItem(KEPT) === "off";
const PLACES = { s: "kayitlar?durum=sirada", b: "kayitlar?ustlenen=ben&sirala=sure", p: "pano", g: "gosterge" };
const GO_WITHIN_MS = 1500;

let goes = -Infinity; // nothing was pressed yet: the page itself is younger than GO_WITHIN_MS
const down = new Set(); // keys whose press began on this page
const keys = {
  "?": () => dialog.showModal(),
  "/": () => {
    const field = document.querySelector('input[type="search"]');
    if (field) field.focus();
    else location.assign(`${base}/ara`);
  },
  u: () => (document.getElementById("to-list") ? document.getElementById("to-list").click() : history.back()),
  j: () => document.getElementById("following")?.click(),
  z: (event) => push(document.querySelector('[data-key="z"]'), event),
  g: () => {
    goes = performance.now();
  },
};

/** More keys of one page: `{ letter: (event) => … }`. */
export const press = (more) => Object.assign(keys, more);

/** A button that changes something at once. For a key that was pressed before this page was there it is only pointed
 * at: nobody changes by it what they have not seen. */
export function push(button, { kept }) {
  if (!button) return;
  if (!kept) {
    button.click();
    return;
  }
  button.focus();
  tell(`${button.textContent.trim()}: yapmak için Enter’a basın.`);
}

const writes = (element) => element?.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

// --- no press is lost while one page goes and the next one comes: it is meant for the one that comes --------
const LEAVES_WITHIN_MS = 3000;
const TYPED = "panel-typed";
let leaves = -Infinity; // when this page was left for another one
const isLeaving = () => performance.now() - leaves < LEAVES_WITHIN_MS;
const leave = () => {
  leaves = performance.now();
};
addEventListener("pageshow", (event) => {
  if (event.persisted) leaves = -Infinity;
});
if (window.navigation) navigation.addEventListener("navigate", (event) => {
  if (!event.hashChange && event.downloadRequest === null) leave();
});
else addEventListener("beforeunload", leave);
function keepForNext(event) {
  if (event.key.length !== 1) return;
  event.preventDefault?.();
  if (event.repeat) return; // one press is one press on the next page, however long it was held
  const { key, code, shiftKey, repeat } = event;
  const typed = JSON.parse(sessionStorage.getItem(TYPED) ?? "[]");
  sessionStorage.setItem(TYPED, JSON.stringify([...typed, { key, code, shiftKey, repeat, at: event.at ?? Date.now() }]));
}

let ready = false; // the page's own keys are there
addEventListener("DOMContentLoaded", () => {
  ready = true;
  const typed = [...JSON.parse(sessionStorage.getItem(TYPED) ?? "[]"), ...window.pressedEarly()];
  sessionStorage.removeItem(TYPED);
  for (const one of typed.filter(({ at, repeat }) => !repeat && Date.now() - at < LEAVES_WITHIN_MS)) {
    if (!type(one)) hear({ ...one, kept: true });
  }
});

/** Into the field that one of the keys before it has led to: there no letter is a key. */
function type({ key }) {
  const field = writes(document.activeElement);
  if (!field || isLeaving()) return false;
  if (field.matches("select")) {
    const meant = [...field.options].find(({ text }) => text.toLocaleLowerCase("tr").startsWith(key.toLocaleLowerCase("tr")));
    if (meant) field.value = meant.value;
  } else if (field.matches("textarea, input[type=text], input[type=search]")) {
    field.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (ready) hear(event);
});

function hear(event) {
  if (!event.repeat) down.add(event.code);
  else if (!down.has(event.code)) return; // held since the page before
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || writes(event.target)) return;
  if (isLeaving()) {
    keepForNext(event);
    return;
  }
  if (document.querySelector("dialog[open]") || (isOff() && event.key !== "?")) return;
  const letter = event.key.toLocaleLowerCase("tr");
  const going = performance.now() - goes < GO_WITHIN_MS;
  goes = -Infinity;
  if (going && PLACES[letter]) {
    event.preventDefault?.();
    location.assign(`${base}/${PLACES[letter]}`);
    return;
  }
  const act = keys[letter];
  if (!act) return;
  event.preventDefault?.();
  act(event);
}

// Out of a field, so that the keys are keys again; a form that can be folded folds itself.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || !writes(event.target)) return;
  if (!event.target.closest("details.action[open], dialog")) event.target.blur();
});

const open = document.getElementById("keys-open");
open.hidden = false;
open.addEventListener("click", () => dialog.showModal());
document.getElementById("keys-close").addEventListener("click", () => dialog.close());
const off = document.getElementById("keys-off");
off.checked = isOff();
off.addEventListener("change", () => (off.checked ? localStorage.setItem(KEPT, "off") : localStorage.removeItem(KEPT)));
