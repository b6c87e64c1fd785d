// A ticket that somebody else changes says so, what is being typed stays; and its keys.
import { press } from "./panel-keys.js";
import { listen } from "./panel-stream.js";

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
function pressed(letter) {
  const button = document.querySelector(`[data-key="${letter}"]`);
  if (!button) return;
  if (button.closest("#write")) {
    box.focus(); // what is written goes with Ctrl+Enter to the button that was asked for
    lit = button;
    return;
  }
  const details = button.closest("details");
  if (button.tagName !== "SUMMARY") {
    button.click();
    return;
  }
  details.open = true;
  details.querySelector("form select, form textarea, form button, form input:not([type=hidden])")?.focus();
}
const asked = decodeURIComponent(location.hash).match(/^#tus-([ütbany])$/)?.[1];
let lit = document.querySelector('[data-key="y"]') ?? document.querySelector('[data-key="n"]');
press({
  ...Object.fromEntries(["ü", "t", "b", "a", "n", "y"].map((letter) => [letter, () => pressed(letter)])),
  j: () => document.getElementById("following")?.click(),
  u: () => (document.getElementById("to-list") ? document.getElementById("to-list").click() : history.back()),
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
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
}, true);
document.addEventListener("keydown", (event) => {
  const opened = event.key === "Escape" && event.target.closest?.("details.action[open]");
  if (!opened || document.querySelector("dialog[open]")) return;
  opened.open = false;
  opened.querySelector("summary").focus();
});

// --- what is written but not sent goes along with whatever is pressed, and is shown again ------------------
document.addEventListener("submit", ({ target }) => {
  if (!box || target.id === "write" || target.method !== "post") return;
  target.querySelector('input[name="draft"]')?.remove();
  if (!box.value.trim()) return;
  const draft = document.createElement("input");
  draft.type = "hidden";
  draft.name = "draft";
  draft.value = box.value;
  target.append(draft);
});

// --- what is often written --------------------------------------------------------------------------------
for (const pick of document.querySelectorAll(".pick")) {
  pick.hidden = false;
  pick.addEventListener("click", () => {
    const words = pick.closest("form").querySelector("textarea");
    words.value = pick.dataset.fill;
    words.focus();
  });
}
for (const plain of document.querySelectorAll(".no-script")) plain.hidden = true;

// --- opened from the list by one of the keys: what presses at once waits for Enter ------------------------
if (asked) {
  history.replaceState(null, "", location.pathname + location.search);
  const button = document.querySelector(`[data-key="${asked}"]`);
  if (button && button.tagName === "BUTTON" && !button.closest("#write")) button.focus();
  else pressed(asked);
}

// --- after something was done the next press is in reach --------------------------------------------------
if (document.querySelector(".said.done")) document.getElementById("following")?.focus();
