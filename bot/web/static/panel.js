// What every page of the panel has.
/** Tells something in words, where a screen reader hears it. */
export function tell(text) {
  const told = document.getElementById("panel-told");
  told.textContent = text;
  told.hidden = !text;
}

// On a phone the pages of the head are one row that is drawn aside: it begins where one is.
const row = document.querySelector(".panel-head nav");
const here = row.querySelector("[aria-current]");
if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
