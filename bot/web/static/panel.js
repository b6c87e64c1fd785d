// What every page of the panel has.
/** Tells something in words, where a screen reader hears it. */
export function tell(text) {
  const told = document.getElementById("panel-told");
  told.textContent = text;
  told.hidden = !text;
}
