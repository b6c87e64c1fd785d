// Notifications of the browser, for whoever asked for them with the bell.
import { byId } from "./dom.js";

const bell = byId("bell");
const KEY = "bell";
const wanted = () => localStorage.getItem(KEY) === "on" && Notification.permission === "granted";

function show() {
  bell.setAttribute("aria-pressed", String(wanted()));
  bell.ariaLabel = wanted() ? "Bildirimleri kapat" : "Bildirimleri aç";
}

if ("Notification" in window && window.isSecureContext) {
  bell.hidden = false;
  show();
  bell.addEventListener("click", async () => {
    if (wanted()) localStorage.removeItem(KEY);
    else if ((await Notification.requestPermission()) === "granted") localStorage.setItem(KEY, "on");
    show();
  });
}

export function notify(message, title, open) {
  if (bell.hidden || !wanted() || !("rings" in message.dataset) || (document.hasFocus() && !document.hidden)) return;
  const words = message.querySelector(".text")?.textContent.replace(/\s+/g, " ").trim().slice(0, 140) ?? "";
  const notification = new Notification(title, { body: words, tag: message.dataset.id, icon: "/static/icon.svg", lang: "tr", silent: true });
  notification.onclick = () => {
    window.focus();
    open();
    notification.close();
  };
}
