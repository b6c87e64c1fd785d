// The list of tickets: rows that change while it is open, and the keyboard.
import { tell } from "./panel.js";
import { press } from "./panel-keys.js";
import { listen } from "./panel-stream.js";

const list = document.getElementById("list");
const rowOf = (ticket) => document.getElementById(`ticket-${ticket}`);
const rows = () => [...document.querySelectorAll("tr[data-ticket]")];

// --- narrow: views and filters are folded, so that the first ticket is seen; without a script they stand open ----
if (matchMedia("(max-width: 48rem)").matches) {
  document.querySelector(".views-fold").open = false;
  const filters = document.querySelector(".filters-fold");
  filters.open = Boolean(filters.querySelector("details[open]")); // something was asked there
}

// --- what changes ---------------------------------------------------------------------------------
function question() {
  const asked = new URLSearchParams(list.dataset.query.slice(1));
  asked.set("satir", rows().map((row) => `${row.dataset.ticket}.${row.dataset.version}`).join(" "));
  asked.set("son", list.dataset.newest);
  return asked;
}

listen("akis", question, {
  ticket(data) {
    const [ticket, version] = data.split(" ");
    const row = rowOf(ticket);
    if (row && row.dataset.version !== version) row.dispatchEvent(new CustomEvent("masa:ticket"));
  },
  gone(ticket) {
    const row = rowOf(ticket);
    if (!row) return;
    row.classList.add("gone");
    row.querySelector(".clock").textContent = "Artık listenizde değil";
  },
  new(number) {
    const pill = document.getElementById("new");
    pill.hidden = number === "0";
    pill.firstElementChild.textContent = `${number === "100" ? "100+" : number} yeni kayıt · göster`;
  },
});

document.body.addEventListener("htmx:error", () => tell("Satır yenilenemedi; sayfayı yenileyin."));

// --- the keyboard ---------------------------------------------------------------------------------
const here = () => document.activeElement.closest("tr[data-ticket]");
const tick = (row) => row?.querySelector('input[name="kayit"]');
let last = null; // that was ticked by hand, where a range begins

function go(by) {
  const all = rows();
  const at = all.indexOf(here());
  const next = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.querySelector(".number a").focus();
}

if (location.hash.startsWith("#ticket-")) rowOf(location.hash.slice("#ticket-".length))?.querySelector(".number a").focus();

const opened = (letter) => () => {
  const link = here()?.querySelector(".number a");
  if (link) location.assign(`${link.href}#tus-${letter}`);
};

press({
  ...Object.fromEntries(["ü", "t", "b", "a", "ö", "s", "d", "n", "y"].map((letter) => [letter, opened(letter)])),
  j: () => go(1),
  k: () => go(-1),
  o: () => here()?.querySelector(".number a").click(),
  x(event) {
    const box = tick(here());
    if (!box) return;
    if (event.shiftKey && last) chooseUntil(here());
    else box.checked = !box.checked;
    last = here();
    chosen();
  },
});

function chooseUntil(row) {
  const all = rows();
  const [from, to] = [all.indexOf(last), all.indexOf(row)].sort((a, b) => a - b);
  for (const one of all.slice(Math.max(from, 0), to + 1)) tick(one).checked = true;
}

// --- what is ticked ---------------------------------------------------------------------------------
const bulk = document.getElementById("bulk");
function chosen() {
  if (!bulk) return;
  const number = document.querySelectorAll('input[name="kayit"]:checked').length;
  const all = bulk.elements.hepsi;
  document.getElementById("chosen").textContent = all?.checked ? "Hepsi seçili" : number ? `Seçili ${number}` : "";
  bulk.classList.toggle("has-chosen", Boolean(number || all?.checked));
}
document.addEventListener("change", (event) => {
  if (event.target.name === "kayit") last = event.target.closest("tr");
  if (event.target.form === bulk) chosen();
});
chosen();
