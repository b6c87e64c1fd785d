// Keys of the panel: single letters, outside of fields only, and off for whoever wants them off.
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
  u: () => history.back(),
  g: () => {
    goes = performance.now();
  },
};

/** More keys of one page: `{ letter: (event) => … }`. */
export const press = (more) => Object.assign(keys, more);

const writes = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (!event.repeat) down.add(event.code);
  else if (!down.has(event.code)) return; // held since the page before
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || writes(event.target)) return;
  if (document.querySelector("dialog[open]") || (isOff() && event.key !== "?")) return;
  const letter = event.key.toLocaleLowerCase("tr");
  const going = performance.now() - goes < GO_WITHIN_MS;
  goes = -Infinity;
  if (going && PLACES[letter]) {
    event.preventDefault();
    location.assign(`${base}/${PLACES[letter]}`);
    return;
  }
  const act = keys[letter];
  if (!act) return;
  event.preventDefault();
  act(event);
});

const open = document.getElementById("keys-open");
open.hidden = false;
open.addEventListener("click", () => dialog.showModal());
document.getElementById("keys-close").addEventListener("click", () => dialog.close());
const off = document.getElementById("keys-off");
off.checked = isOff();
off.addEventListener("change", () => (off.checked ? localStorage.setItem(KEPT, "off") : localStorage.removeItem(KEPT)));
