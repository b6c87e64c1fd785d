// The service worker: shows what was pushed, and opens the desk where it is pressed. It answers no request of a page and
// keeps nothing: no conversation lies in any cache of the browser.
const SOMETHING = "Masada sizin için yeni bir mesaj var.";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});

const pages = () => self.clients.matchAll({ type: "window", includeUncontrolled: true });
const ours = (page) => page.url.startsWith(self.registration.scope);

function read(data) {
  try {
    const said = data.json();
    return typeof said.text === "string" ? said : {};
  } catch {
    return {}; // of another version, or nothing at all
  }
}

async function show(data) {
  const said = read(data);
  if ((await pages()).some((page) => ours(page) && page.focused)) return; // they read it as it comes
  const tag = String(said.tag ?? "masa");
  const shown = await self.registration.getNotifications({ tag });
  if (said.id !== undefined && shown.some((one) => one.data?.id === said.id)) return; // it arrived twice
  await self.registration.showNotification("Yardım Masası", {
    body: said.text ?? SOMETHING,
    tag,
    renotify: true,
    requireInteraction: said.urgent === true,
    icon: "/static/icons/192.png",
    lang: "tr",
    data: { id: said.id },
  });
}

async function open() {
  const page = (await pages()).find(ours);
  if (page) return page.focus();
  return self.clients.openWindow(self.registration.scope);
}
