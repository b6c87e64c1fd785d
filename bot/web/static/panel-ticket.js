// A ticket that somebody else changes says so, what is being typed stays; and its keys.
import { press, push } from "./panel-keys.js";
import { listen } from "./panel-stream.js";
import { tell } from "./panel.js";

const changed = document.getElementById("changed");
const watching = document.getElementById("watching");
const { ticket, version } = changed.dataset;

listen("akis", () => new URLSearchParams({ kayit: `${ticket}.${version}` }), {
  ticket: () => { changed.hidden = false; },
  gone: () => { changed.hidden = false; },
  looks(said) {
    watching.hidden = !said;
    watching.textContent = said;
  },
});

// --- the keyboard: each presses the button that is marked with it ---------------------------------------
const box = document.getElementById("text");
const WANTS_A_HOLDER = "tb"; // what only a ticket that somebody has offers
function pressed(letter, event) {
  const button = document.querySelector(`[data-key="${letter}"]`);
  if (!button) {
    const claims = document.querySelector('[data-key="ü"]');
    if (claims && WANTS_A_HOLDER.includes(letter)) tell("Önce kaydı üstlenin (ü).");
    return;
  }
  if (button.closest("#write")) {
    box.focus(); // what is written goes with Ctrl+Enter to the button that was asked for
    light(button);
    keep();
    return;
  }
  const details = button.closest("details");
  if (button.tagName !== "SUMMARY") {
    push(button, event);
    return;
  }
  details.open = true;
  begin(details);
}
function begin(details) { // in a field, where there is one: a space there presses nothing
  const field = details.querySelector("form select, form textarea, form input:not([type=hidden])");
  (field ?? details.querySelector("form button:not([hidden], :disabled)"))?.focus();
}
const asked = decodeURIComponent(location.hash).match(/^#tus-([ütbaösdnyz])$/)?.[1];
const marked = (letter) => document.querySelector(`#write [data-key="${letter}"]`);
let lit = null; // the button of the writing box that Ctrl+Enter presses
function light(button) {
  for (const one of document.querySelectorAll("#write [data-key]")) one.classList.toggle("lit", one === button);
  lit = button;
}
light(marked("y") ?? marked("n"));
press({
  l: () => (document.querySelector(".check.required") ?? document.querySelector(".check"))?.focus(),
  ...Object.fromEntries(["ü", "t", "b", "a", "ö", "s", "d", "n", "y", "z"].map((letter) => [letter, (event) => pressed(letter, event)])),
});
document.addEventListener("keydown", (event) => {
  const sends = event.ctrlKey || event.metaKey || event.target.tagName === "SELECT"; // a list has no other Enter
  if (event.key !== "Enter" || !sends) return;
  if (event.target.name?.startsWith("again.")) { // typed once more after a refusal, beside the writing box
    event.preventDefault();
    event.target.closest(".refused").querySelector("button").click();
    return;
  }
  const form = event.target.closest("main form[method=post]");
  if (!form || event.target.tagName === "BUTTON") return;
  const button = form.id === "write" ? lit : form.querySelector("button:not([type=button], [name])");
  if (!button) return; // which of several answers is meant, only a press says
  event.preventDefault();
  form.requestSubmit(button);
});

// --- one form at a time: opening one closes the others, Escape closes the one that one is in ---------------
document.addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.matches(".actions details.action")) return;
  for (const other of document.querySelectorAll(".actions details.action[open]")) {
    if (!other.contains(target) && !target.contains(other)) other.open = false;
  }
  if (!target.classList.contains("more")) begin(target); // what is typed next is meant for it, and is no key
}, true);
document.addEventListener("keydown", (event) => {
  const opened = event.key === "Escape" && event.target.closest?.("details.action[open]");
  if (!opened || document.querySelector("dialog[open]")) return;
  opened.open = false;
  opened.querySelector("summary").focus();
});

// --- what is written but not sent stays in this tab, whatever else is pressed or left ----------------------
const unsent = document.getElementById("unsent");
const KEPT = `unsent-${changed.dataset.reader}-${ticket}`;
const SENT = `${KEPT}-sent`; // handed in, and not yet told that it arrived
const SENDS = ["write", "note"];
function keep() {
  if (!box.value.trim()) sessionStorage.removeItem(KEPT);
  else sessionStorage.setItem(KEPT, `${lit?.dataset.key ?? " "}${box.value}`);
}
if (box) {
  if (sessionStorage.getItem(SENT) && document.querySelector(".said.done")) sessionStorage.removeItem(KEPT);
  sessionStorage.removeItem(SENT);
  const kept = sessionStorage.getItem(KEPT) ?? "";
  if (kept && !box.value && !document.querySelector('.refused [name^="again."], .refused [name="text"]')) {
    box.value = kept.slice(1);
    light(marked(kept[0])); // a note stays one: without its button a press says what it is
    unsent.hidden = false;
  }
  box.addEventListener("input", keep);
  document.addEventListener("submit", ({ target, submitter }) => {
    if (target.id === "write" && SENDS.includes(submitter?.value)) sessionStorage.setItem(SENT, "1");
  });
  box.form.addEventListener("formdata", (event) => {
    if (!SENDS.includes(event.formData.get("action"))) event.formData.set("text", "");
  });
}

// --- what was refused is not typed twice: its words stand in the form once what was lacking is done --------
const AGAIN = `again-${changed.dataset.reader}-${ticket}`;
const again = document.querySelector('.refused [name^="again."]');
if (again) {
  document.addEventListener("submit", () => sessionStorage.setItem(AGAIN, JSON.stringify([again.name.slice("again.".length), again.value])));
} else {
  const [action, words] = JSON.parse(sessionStorage.getItem(AGAIN) ?? "[]");
  const field = action && document.querySelector(`#is-${action} textarea`);
  if (field && !field.value) field.value = words;
  document.addEventListener("submit", ({ target }) => {
    if (field && target === field.form) sessionStorage.removeItem(AGAIN);
  });
}

// --- what is often written --------------------------------------------------------------------------------
for (const pick of document.querySelectorAll(".pick")) {
  pick.hidden = false;
  pick.addEventListener("click", () => {
    const words = pick.closest("form").querySelector(pick.dataset.field ? `[name="${pick.dataset.field}"]` : "textarea");
    words.value = pick.dataset.fill;
    words.focus();
  });
}
for (const plain of document.querySelectorAll(".no-script")) plain.hidden = true;

// --- opened from the list by one of the keys: what presses at once waits for Enter ------------------------
if (asked) {
  history.replaceState(null, "", location.pathname + location.search);
  pressed(asked, { kept: true });
}

// --- after something was done the next press is in reach --------------------------------------------------
const isLeft = box?.value && !document.querySelector(".said.refused");
if (isLeft) box.focus();
else if (document.querySelector(".said.done")) document.getElementById("following")?.focus();
