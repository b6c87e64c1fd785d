// Ctrl+K: the page "Git" in a dialog above any other one. Without this script its button leads to that page.
const palette = document.getElementById("palette");
const box = document.getElementById("palette-box");
const links = () => [...palette.querySelectorAll(".ways a")];

export function open() {
  palette.showModal();
  box.value = "";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

const button = document.getElementById("go-open");
button.addEventListener("click", (event) => {
  event.preventDefault();
  open();
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
  if (document.querySelector("dialog[open]:not(#palette)")) return;
  event.preventDefault();
  if (palette.open) palette.close();
  else open();
});
palette.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [box, ...links()];
  const at = all.indexOf(document.activeElement);
  all[(at + step + all.length) % all.length].focus();
});
palette.querySelector("form").addEventListener("submit", (event) => {
  const first = links()[0];
  if (!first || box.dataset.answered !== box.value) return; // what is shown is of other words: the page answers
  event.preventDefault();
  first.click();
});
document.body.addEventListener("htmx:after:swap", () => {
  box.dataset.answered = palette.querySelector(".ways")?.dataset.typed ?? "";
});
