// The list on the left: which conversation is open, what is unread, my tickets, and the title of the tab.
import { get } from "./api.js";
import { byId, fragment } from "./dom.js";

const side = byId("side");
const TITLE = document.title;
const madeFor = byId("made-for").value;
let asked = 0;

export const places = () => [...side.querySelectorAll(".place")];
export const placeOf = (address) => places().find((place) => place.dataset.c === address);

export function mark(address) {
  for (const place of places()) {
    if (place.dataset.c === address) place.setAttribute("aria-current", "page");
    else place.removeAttribute("aria-current");
  }
}

export function setUnread(address, count) {
  const place = placeOf(address);
  if (!place) return;
  place.dataset.unread = String(count);
  const badge = place.querySelector(".badge");
  badge.hidden = !count;
  badge.querySelector(".count").textContent = count > 99 ? "99+" : String(count);
  showTotal();
}

export const unreadOf = (address) => Number(placeOf(address)?.dataset.unread ?? 0);

function showTotal() {
  const total = places().reduce((sum, place) => sum + Number(place.dataset.unread), 0);
  document.title = total ? `(${total}) ${TITLE}` : TITLE;
  if (total) navigator.setAppBadge?.(total)?.catch(() => {});
  else navigator.clearAppBadge?.()?.catch(() => {});
  const elsewhere = places()
    .filter((place) => !place.hasAttribute("aria-current"))
    .reduce((sum, place) => sum + Number(place.dataset.unread), 0);
  byId("others").hidden = !elsewhere;
  byId("others").textContent = String(elsewhere);
}

/** Ask for the list anew, once for many changes. */
export function refreshSide(current, adopted) {
  if (asked) return;
  asked = setTimeout(async () => {
    try {
      const html = await get("/side", { c: current() });
      const focused = document.activeElement?.dataset;
      const [kind, value] = focused?.c !== undefined ? ["c", focused.c] : ["number", focused?.number];
      const held = side.contains(document.activeElement) && value !== undefined;
      side.replaceChildren(fragment(html));
      // Joined by the first message: the stream began after it and knows of no change.
      if (byId("made-for").value !== madeFor) location.reload();
      byId("who").textContent = byId("me").value;
      if (held) side.querySelector(`[data-${kind}="${CSS.escape(value)}"]`)?.focus({ preventScroll: true });
      adopted();
      showTotal();
    } catch {
      // the next message asks again
    } finally {
      asked = 0;
    }
  }, 400);
}

showTotal();
