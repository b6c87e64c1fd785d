// Where there is room for one column: the list, or the talk. Back leads from the talk to the list, as on any phone.
import { body, byId } from "./dom.js";

const narrow = matchMedia("(max-width: 45rem)");
const side = body.querySelector(".side");

export const talkIsOpen = () => body.dataset.view === "talk";

export function turnTo(view) {
  body.dataset.view = view;
  name();
}

/** What is on the screen alone is the page's main part. */
function name() {
  side.setAttribute("role", narrow.matches && !talkIsOpen() ? "main" : "complementary");
}

/** The page was opened or loaded anew with this conversation. */
export function begin(address) {
  narrow.addEventListener("change", name);
  if (!narrow.matches || history.state?.view) {
    history.replaceState({ ...history.state, c: address }, "");
    if (narrow.matches) turnTo(history.state.view);
    return;
  }
  history.replaceState({ c: address, view: "list" }, "");
  history.pushState({ c: address, view: "talk" }, "");
}

/** Another conversation was opened: behind it lies the list, or where there is room for both the one before. */
export function note(address) {
  const url = address ? `?c=${encodeURIComponent(address)}` : location.pathname;
  const state = { c: address, view: "talk" };
  if (narrow.matches && history.state?.view === "talk") history.replaceState(state, "", url);
  else history.pushState(state, "", url);
}

/** `open(address)` shows a conversation, `close()` the list. */
export function onBack(open, close) {
  addEventListener("popstate", (event) => {
    if (narrow.matches && event.state?.view === "list") close();
    else open(event.state?.c);
  });
  byId("back").addEventListener("click", () => {
    if (history.state?.view === "talk") history.back();
    else close();
  });
}
