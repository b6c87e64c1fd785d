// What is pressed before the page's own scripts are there: kept, and done as soon as they are.
(() => {
  const pressed = [];
  const writes = (element) => element.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const hear = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || writes(event.target)) return;
    if (event.key === "/") event.preventDefault(); // a browser of its own would begin to search
    pressed.push({ key: event.key, code: event.code, shiftKey: event.shiftKey, repeat: event.repeat, at: Date.now() });
  };
  addEventListener("keydown", hear, true);
  window.pressedEarly = () => {
    removeEventListener("keydown", hear, true);
    return pressed;
  };
})();
