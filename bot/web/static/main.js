// The page put together: conversations, the live line, presses and keys.
import { get, post, Refusal } from "./api.js";
import * as composer from "./composer.js";
import { body, byId, fragment, on, page, tell } from "./dom.js";
import * as menus from "./menus.js";
import { notify } from "./notify.js";
import * as outbox from "./outbox.js";
import * as outgoing from "./outgoing.js";
import * as search from "./search.js";
import * as side from "./side.js";
import { close, listen, listening } from "./stream.js";
import { Talk } from "./talk.js";
import * as view from "./view.js";

const panes = byId("panes");
const talks = new Map();
let current = null;

// --- which conversation is open ---
const home = () => side.places()[0].dataset.c;
const titleOf = (address) => side.placeOf(address)?.dataset.title ?? talks.get(address)?.title ?? "Sohbet";

function adopt(pane) {
  const talk = new Talk(pane, { read: (seen) => side.setUnread(seen.address, 0), arrived: outgoing.arrived });
  talks.set(talk.address, talk);
  return talk;
}

function show(talk) {
  current = talk;
  for (const other of talks.values()) other.pane.hidden = other !== talk;
  byId("title").textContent = talk.title;
  side.mark(talk.address);
  search.closeSearch();
  composer.turnTo(talk.address);
  talk.arrive();
}

/** The conversation that was asked for and is not here yet: what is written meanwhile goes there. */
let coming = null;
const here = () => coming ?? current.address;

async function open(address, { push = true } = {}) {
  view.turnTo("talk");
  coming = null;
  if (current.address !== address && !talks.has(address) && !(await bring(address))) return;
  if (push) view.note(address);
  show(talks.get(address));
  if (matchMedia("(hover: hover)").matches) composer.focus();
}

/** True: it is here, and still wanted. */
async function bring(address) {
  coming = address;
  side.mark(address);
  byId("title").textContent = side.placeOf(address)?.dataset.title ?? "";
  composer.turnTo(address);
  const waiting = fragment('<div class="skeleton" aria-hidden="true"><span></span><span></span><span></span></div>');
  const skeleton = waiting.firstElementChild;
  for (const { pane } of talks.values()) pane.hidden = true;
  panes.append(skeleton);
  try {
    const pane = fragment(await get("/talk", { c: address })).firstElementChild;
    if (!talks.has(address)) {
      pane.hidden = true;
      panes.append(pane);
      outgoing.standIn(adopt(pane));
    }
    return coming === address;
  } catch (refusal) {
    if (coming !== address) return false;
    show(current);
    tell(refusal.message);
    return false;
  } finally {
    skeleton.remove();
    if (coming === address) coming = null;
  }
}

on(byId("side"), "click", ".place", (place, event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(place.dataset.c);
});
on(byId("side"), "click", ".ticket", async (ticket) => {
  if (current.address !== home() || !view.talkIsOpen()) await open(home());
  const about = current.articles.filter((message) => message.dataset.ticket === ticket.dataset.ticket).at(-1);
  if (about) current.goTo(about.dataset.id);
  else outgoing.send({ conversation: home(), text: `/durum ${ticket.dataset.number}` });
});
on(byId("side"), "click", "[data-reopen]", async (button) => {
  await open(home());
  outgoing.send({ conversation: home(), text: `/bozuldu ${button.dataset.reopen}` });
});
view.onBack(
  (address) => open(address ?? home(), { push: false }),
  () => {
    view.turnTo("list");
    side.placeOf(current.address)?.focus();
  },
);

// --- the live line ---
const hears = {
  message(html) {
    const message = fragment(html).querySelector(".msg");
    const address = message.dataset.c;
    const talk = talks.get(address);
    const fresh = talk ? talk.take(html) : !message.classList.contains("mine") && message.dataset.seq === message.dataset.first;
    positions.set(address, Math.max(positions.get(address) ?? 0, Number(message.dataset.seq)));
    if (fresh && !(talk?.visible && talk.atEnd)) {
      side.setUnread(address, side.unreadOf(address) + 1);
      notify(message, side.placeOf(address)?.dataset.title ?? "Yardım Masası", () => open(address));
    }
    refreshSide();
  },
  side: () => refreshSide(),
  reload: () => location.reload(),
  /** Ended, or renewed by another tab: then this browser has the new cookie in a moment, and the page begins anew. */
  bye() {
    close();
    setTimeout(() => get("/side").then(() => location.reload(), (refusal) => tell(refusal.message)), 1000);
  },
  /** The line was refused: because of the session, or only for now? */
  refused: () =>
    get("/side").catch((refusal) => {
      if (refusal.status === 401 || refusal.status === 403) {
        close();
        tell(refusal.message);
      }
    }),
};

/** How far each conversation has been heard. */
const positions = new Map();

function notePlaces() {
  for (const place of side.places()) {
    if (place.dataset.c && !positions.has(place.dataset.c)) positions.set(place.dataset.c, Number(place.dataset.seq));
  }
}

const refreshSide = () =>
  side.refreshSide(
    here,
    async () => {
      notePlaces();
      for (const talk of talks.values()) if (talk.seen >= talk.seq) side.setUnread(talk.address, 0);
      if (current.address && !side.placeOf(current.address)) await open(home()); // no longer mine to see
      bringAlong();
    },
  );

/** What was begun where I may not write any more is not lost with the conversation. */
function bringAlong() {
  for (const address of composer.begunIn()) {
    if (!address || address === current.address || side.placeOf(address)) continue;
    const why = `“${titleOf(address)}” sohbeti artık size açık değil; orada yazdığınız bu kutuda duruyor.`;
    composer.move(address, home(), why);
    if (current.address === home()) tell(why);
  }
}

const startListening = () =>
  listen(() => [...positions].map(([address, seq]) => `${address}@${seq}`).join(" "), hears);

/** What this page's requests are known by from now on. */
function renewed(token) {
  page.token = token;
  for (const field of document.querySelectorAll("input[name=form_token]")) field.value = token;
}

// --- sending ---
function whereabouts(item, address) {
  const names = item.files.map((file) => file.name).join(", ");
  return `Yazdığınız, “${titleOf(address)}” sohbetinin mesaj kutusunda duruyor${names && ` (${names})`}.`;
}

const sending = {
  talkOf: (conversation) => talks.get(conversation) ?? (conversation === "" ? current : null),
  /** It goes back into the box of its conversation, on the screen or not; where that is gone, into that of the desk. */
  refused(item, text) {
    const own = item.conversation || current.address;
    const gone = own !== here() && !side.placeOf(own);
    const address = gone ? home() : own;
    composer.putBack(gone ? { ...item, replyTo: null } : item, address, text);
    tell(address === here() ? text : `${text} ${whereabouts(item, address)}`);
  },
  stored(_item, answer) {
    if (answer.form_token) renewed(answer.form_token);
    if (!listening()) {
      // The first message of this browser: the desk knows it now.
      for (const entry of document.querySelectorAll("[data-signed-in]")) entry.hidden = false;
      body.dataset.me = answer.person;
      outgoing.keepAsOwn();
      const talk = talks.get("");
      if (talk) {
        talks.delete("");
        talk.address = answer.conversation;
        talks.set(talk.address, talk);
        composer.rename(talk.address);
      }
      positions.set(answer.conversation, 0);
      startListening();
      refreshSide();
    }
  },
};

// --- presses ---
on(panes, "click", "[data-token]", async (button) => {
  const group = [...button.parentElement.querySelectorAll("button")];
  for (const other of group) other.disabled = true;
  button.setAttribute("aria-busy", "true");
  current.awaitEffect();
  try {
    const answer = await post("/press", { token: button.dataset.token, key: outgoing.newKey() });
    if (answer?.menu) {
      current.awaits = ""; // nothing follows
      menus.show(button.parentElement, answer.menu);
    } else menus.close(button.parentElement);
    tell("");
  } catch (refusal) {
    tell(refusal instanceof Refusal ? refusal.message.replace("Mesajınız duruyor, bağlantı gelince gönderilecek.", "Yeniden basın.") : "");
  }
  button.removeAttribute("aria-busy");
  for (const other of group) other.disabled = false;
});

on(panes, "click", "[data-reply]", (button) => composer.replyWith(button.closest(".msg")));
on(panes, "click", "[data-goto]", (link, event) => {
  event.preventDefault();
  current.goTo(link.dataset.goto);
});
on(panes, "click", "[data-example]", (chip) => composer.write(chip.dataset.example));

// --- a swipe to the right answers, on a phone ---
let touch = null;
on(panes, "touchstart", ".msg:not(.pending)", (message, event) => {
  touch = event.touches.length === 1 ? { message, x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
});
panes.addEventListener("touchend", (event) => {
  if (!touch) return;
  const [end] = event.changedTouches;
  if (end.clientX - touch.x > 64 && Math.abs(end.clientY - touch.y) < 40) composer.replyWith(touch.message);
  touch = null;
});

// --- keys ---
const typing = (target) => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

function stepPlace(by) {
  const all = side.places();
  const at = all.findIndex((place) => place.dataset.c === here());
  const next = all[(at + by + all.length) % all.length];
  if (next) open(next.dataset.c);
}

function stepFocus(by) {
  const rows = [...byId("side").querySelectorAll(".place, .ticket")];
  const at = rows.indexOf(document.activeElement);
  rows[(at + by + rows.length) % rows.length]?.focus();
}

addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && event.altKey) {
    event.preventDefault();
    stepPlace(step);
  } else if (event.key === "Escape") {
    if (byId("menu").open) byId("menu").open = false;
    else if (search.searching()) search.closeSearch();
    else if (view.talkIsOpen() && !typing(event.target)) byId("back").offsetParent && byId("back").click();
    if (!typing(event.target)) composer.focus();
  } else if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
    // letters are for the box
  } else if (step && byId("side").contains(event.target)) {
    event.preventDefault();
    stepFocus(step);
  } else if (event.key === "/") {
    event.preventDefault();
    search.focusSearch();
  } else if (event.key.toLowerCase() === "r") {
    const message = event.target.closest?.(".pane .msg:not(.pending)") ?? current.newest;
    if (message) {
      event.preventDefault();
      composer.replyWith(message);
    }
  }
});

// --- the menu ---
const THEMES = { auto: "Görünüm: sistem", light: "Görünüm: açık", dark: "Görünüm: koyu" };
const theme = () => localStorage.getItem("theme") ?? "auto";
function showTheme() {
  byId("theme").lastElementChild.textContent = THEMES[theme()];
  if (theme() === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme();
}
byId("theme").addEventListener("click", () => {
  const names = Object.keys(THEMES);
  const next = names[(names.indexOf(theme()) + 1) % names.length];
  if (next === "auto") localStorage.removeItem("theme");
  else localStorage.setItem("theme", next);
  showTheme();
});
document.addEventListener("click", (event) => {
  if (!byId("menu").contains(event.target)) byId("menu").open = false;
});
let leaving = false;
byId("logout")?.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  event.preventDefault();
  if (question && !confirm(question)) return;
  sessionStorage.clear();
  leaving = true;
  const go = () => event.target.submit();
  outbox.clear().then(go, go);
});
addEventListener("beforeunload", (event) => {
  if (!leaving && (outgoing.wouldLose() || composer.holdsFiles())) event.preventDefault();
});
if (location.hash.startsWith("#kod=")) {
  // an invitation: what stands behind the # was sent to nobody, and is not kept in the history
  byId("code-text").value = location.hash.slice(5, 45);
  history.replaceState(history.state, "", location.pathname + location.search);
  const says = byId("code-says");
  const usual = says.textContent;
  says.textContent = "Davetiniz hazır, kodunuz aşağıda yazılı. Katıl’a basınca davet sizin olur.";
  byId("code").addEventListener("close", () => { says.textContent = usual; }, { once: true });
  byId("code").showModal();
}
on(document, "click", "[data-open=code]", () => {
  byId("menu").open = false;
  byId("code").showModal();
});
byId("code").addEventListener("close", () => {
  const code = byId("code-text").value.trim();
  byId("code-text").value = "";
  if (byId("code").returnValue === "send" && code) {
    view.turnTo("talk");
    outgoing.send({ conversation: home(), text: `/katil ${code}` });
  }
});

// --- begin ---
document.addEventListener("visibilitychange", () => current.read());
addEventListener("focus", () => current.read());
showTheme();
notePlaces();
const first = adopt(panes.querySelector(".pane"));
composer.begin(outgoing.send);
search.begin(() => current);
show(first);
outgoing.begin(sending);
view.begin(first.address);
if (first.address) startListening();
if (matchMedia("(hover: hover)").matches) composer.focus();
