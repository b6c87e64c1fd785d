// What every page of the panel has.
/** Tells something in words, where a screen reader hears it. */
export function tell(text) {
  const told = document.getElementById("panel-told");
  told.textContent = text;
  told.hidden = !text;
}

// On a phone each row of the head is drawn aside: it begins where one is.
for (const row of document.querySelectorAll(".panel-nav")) {
  const here = row.querySelector("[aria-current]");
  if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

// What can be copied with a press, where the browser lets a page do so.
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copies]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
      tell("Kopyalandı.");
    } catch {
      tell("Kopyalanamadı: bağlantıyı seçip kopyalayın.");
    }
  });
}

// What was typed into an editor and not saved is not lost by a slip: the browser asks first.
const editors = [...document.querySelectorAll("form[data-keeps]")];
const written = (form) => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])).toString();
const begun = new Map(editors.map((form) => [form, written(form)]));
let handedIn = false;
document.addEventListener("submit", (event) => {
  handedIn = editors.includes(event.target) && !event.defaultPrevented;
});
addEventListener("pageshow", () => {
  handedIn = false;
});
addEventListener("beforeunload", (event) => {
  const unsaved = editors.some((form) => form.dataset.keeps === "unsaved" || written(form) !== begun.get(form));
  if (unsaved && !handedIn) event.preventDefault();
});
