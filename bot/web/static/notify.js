// A tone and, where the browser can, a notification, for whoever asked for them with the bell.
import { byId, page, tell } from "./dom.js";
import * as sound from "./sound.js";

const bell = byId("bell");
const KEY = "bell";
const able = "Notification" in window && window.isSecureContext; // a page on plain http has none: it has the tone
const wanted = () => localStorage.getItem(KEY) === "on";
const allowed = () => able && Notification.permission === "granted";
let pushed = false; // this browser rings by itself (Bildirimlerim): the page adds the tone and no second notice

navigator.serviceWorker
  ?.getRegistration(`${page.base}/`)
  .then((worker) => worker?.pushManager?.getSubscription())
  .then((subscription) => (pushed = Boolean(subscription)))
  .catch(() => {});

function show() {
  bell.setAttribute("aria-pressed", String(wanted()));
  bell.ariaLabel = wanted() ? "Bildirimleri kapat" : "Bildirimleri aç";
  bell.title = able ? "Bildirim ve ses" : "Ses (bu adreste tarayıcı bildirimi olmaz)";
}

bell.hidden = false;
show();
if (wanted()) sound.begin();
bell.addEventListener("click", async () => {
  if (wanted()) {
    localStorage.removeItem(KEY);
    tell("");
  } else {
    localStorage.setItem(KEY, "on");
    sound.sample();
    if (able && (await Notification.requestPermission()) !== "granted") {
      tell("Tarayıcı bildirimlere izin vermiyor; yeni mesajda yalnız ses çalınır.");
    }
  }
  show();
});

export function notify(message, title, open) {
  if (!wanted() || !("rings" in message.dataset) || (document.hasFocus() && !document.hidden)) return;
  sound.play({ urgent: message.querySelector(".alarm") !== null });
  if (!allowed() || pushed) return;
  const words = message.querySelector(".text")?.textContent.replace(/\s+/g, " ").trim().slice(0, 140) ?? "";
  const notification = new Notification(title, { body: words, tag: message.dataset.id, icon: "/static/icon.svg", lang: "tr", silent: true });
  notification.onclick = () => {
    window.focus();
    open();
    notification.close();
  };
}
