// Whether this browser rings although no page is open: asked for by a press, and said in words why it cannot.
const { base, formToken, key } = document.body.dataset;
const button = document.getElementById("push");
const told = document.getElementById("push-told");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const same = (given, wanted) => given !== null && new Uint8Array(given).every((one, place) => one === wanted[place]);
const onApple = /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
const installed = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

function why() {
  if (!key) return "Bu kurumda bildirim açılmamış. Sohbet sayfası açıkken sesli uyarı yine çalışır.";
  if (!window.isSecureContext) return "Bu adres https değil; tarayıcılar bildirimi yalnızca https adreslerinde verir. Sohbet sayfası açıkken sesli uyarı yine çalışır.";
  if (onApple && !installed) return "iPhone ve iPad'de önce Paylaş düğmesinden “Ana Ekrana Ekle” deyin; bildirimi oradaki simgeden açtığınız sayfada açabilirsiniz.";
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return "Bu tarayıcı bildirim veremiyor.";
  if (Notification.permission === "denied") return "Bu tarayıcıda bu adres için bildirim kapatılmış. Adres çubuğundaki simgeden izin verip sayfayı yenileyin.";
  return "";
}

async function post(path, fields) {
  const answer = await fetch(base + path, { method: "POST", headers: { "X-Masa-Token": formToken, Accept: "application/json" }, body: new URLSearchParams(fields) });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? "");
}

const registered = () => navigator.serviceWorker.register(`${base}/sw.js`, { scope: `${base}/` });

const keep = (subscription) => {
  const { endpoint, keys } = subscription.toJSON();
  return post("/bildirimler/ac", { endpoint, public_key: keys.p256dh, auth: keys.auth });
};

async function begin() {
  if ((await Notification.requestPermission()) !== "granted") return say(why() || "İzin verilmedi; bildirim açılmadı.");
  const worker = await registered();
  await navigator.serviceWorker.ready;
  const before = await worker.pushManager.getSubscription();
  const wanted = bytes(key);
  if (before && !same(before.options.applicationServerKey, wanted)) await before.unsubscribe();
  await keep(await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted }));
}

/** It may be another session's by now, or the house's key another one than it was made with. */
async function renew(subscription) {
  const given = subscription.options.applicationServerKey;
  if (Notification.permission !== "granted" || given === null || same(given, bytes(key))) return keep(subscription);
  await end(subscription);
  await begin();
}

async function end(subscription) {
  await post("/bildirimler/kapat", { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

function say(text) {
  told.textContent = text;
}

const standing = async () => (await navigator.serviceWorker.getRegistration(`${base}/`))?.pushManager.getSubscription() ?? null;

async function show() {
  const problem = why();
  const subscription = problem ? null : await standing();
  button.hidden = Boolean(problem);
  button.textContent = subscription ? "Bu tarayıcıda kapat" : "Bu tarayıcıda aç";
  button.setAttribute("aria-pressed", String(Boolean(subscription)));
  say(problem || (subscription ? "Bu tarayıcıda açık: sayfa kapalıyken de haberiniz olur." : "Bu tarayıcıda kapalı."));
  return subscription;
}

button.addEventListener("click", async () => {
  button.disabled = true;
  try {
    const subscription = await standing();
    await (subscription ? end(subscription) : begin());
    location.reload(); // the list of browsers is the server's
  } catch (error) {
    say(error.message && error.name === "Error" ? error.message : "Tarayıcının bildirim hizmetine ulaşılamadı; ağınız kapatıyor olabilir. Bilgi İşlem'e söyleyin.");
  } finally {
    button.disabled = false;
  }
});

const subscription = await show();
if (subscription) await renew(subscription).catch(() => {});
