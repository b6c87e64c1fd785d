// The board: it follows what happens, cards are walked by keys, and dragging one is another way to its menu.
import { tell } from "./panel.js";
import { press } from "./panel-keys.js";
import { listen } from "./panel-stream.js";

const board = () => document.getElementById("board");
const cards = () => [...document.querySelectorAll(".board-card")];
const here = () => document.activeElement.closest(".board-card");

// --- what changes: the whole of it is fetched anew, never under an open menu or a dragged card ------------
let waits = false;
let dragged = null;
function refresh() {
  waits = Boolean(dragged || board().querySelector(".moves[open]"));
  if (!waits) board().dispatchEvent(new CustomEvent("masa:board"));
}
function question() {
  const { query, newest } = board().dataset;
  const asked = new URLSearchParams(query);
  asked.set("satir", cards().map((card) => `${card.dataset.ticket}.${card.dataset.version}`).join(" "));
  asked.set("son", newest);
  return asked;
}
listen("akis", question, { ticket: refresh, gone: refresh, new: (number) => number !== "0" && refresh() });
document.addEventListener("toggle", () => waits && refresh(), true);
document.body.addEventListener("htmx:error", () => tell("Pano yenilenemedi; sayfayı yenileyin."));

// --- the keyboard -------------------------------------------------------------------------------------------
function go(by) {
  const all = cards();
  const at = all.indexOf(here());
  const next = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.querySelector("a").focus();
}
function column(by) {
  const all = [...document.querySelectorAll(".board-column")].filter((one) => one.querySelector(".board-card"));
  const at = all.indexOf(document.activeElement.closest(".board-column"));
  all[Math.min(Math.max(at + by, 0), all.length - 1)]?.querySelector(".board-card a").focus();
}
function menu() {
  const moves = here()?.querySelector(".moves");
  if (!moves) return;
  moves.open = !moves.open;
  (moves.open ? moves.querySelector("a") : moves.querySelector("summary")).focus();
}
press({
  j: () => go(1),
  k: () => go(-1),
  h: () => column(-1),
  l: () => column(1),
  m: menu,
  o: () => here()?.querySelector("a").click(),
});

// --- dragging: it ends where the menu leads ------------------------------------------------------------------
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".board-card") ?? null;
  if (dragged) event.dataTransfer.effectAllowed = "move";
});
const leads = (place) => [...(dragged?.querySelectorAll(`.moves a[data-to="${place}"]`) ?? [])];
const placeOf = (event) => event.target.closest?.(".board-column")?.dataset.place;
document.addEventListener("dragover", (event) => {
  if (leads(placeOf(event)).length) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const [first, ...others] = leads(placeOf(event));
  if (!first) return;
  event.preventDefault();
  if (!others.length) {
    first.click();
    return;
  }
  const moves = dragged.querySelector(".moves"); // which wait is asked
  moves.open = true;
  first.focus();
});
document.addEventListener("dragend", () => {
  dragged = null;
  if (waits) refresh();
});
