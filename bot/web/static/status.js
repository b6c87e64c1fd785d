// The status page keeps itself up to date. While the desk cannot be reached it shows what it knew last, and of when that is.
const SILENCE_MS = 40_000; // the desk says something every 15 s
const SHORT_BREAK_MS = 2_000; // heals by itself
const AGAIN_MS = 30_000;
const now = document.getElementById("now");
const stale = document.getElementById("stale");
let source = null;
let heard = 0;
let sayingSo = 0;

function listen() {
  source?.close();
  source = new EventSource("/durum/akis");
  heard = performance.now();
  source.addEventListener("status", (event) => {
    alive();
    now.innerHTML = event.data; // escaped by the desk, and no script runs from it
  });
  source.addEventListener("ping", alive);
  source.addEventListener("bye", () => {
    source.close();
    location.reload();
  });
  source.onerror = () => {
    lost();
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(listen, AGAIN_MS);
    }
  };
}

function alive() {
  heard = performance.now();
  clearTimeout(sayingSo);
  sayingSo = 0;
  stale.hidden = true;
}

function lost() {
  sayingSo ||= setTimeout(() => {
    stale.textContent = `Masaya ulaşılamıyor. Son bilinen durum: ${now.querySelector("[data-at]").textContent}`;
    stale.hidden = false;
  }, SHORT_BREAK_MS);
}

setInterval(() => {
  if (performance.now() - heard > SILENCE_MS) {
    lost();
    listen();
  }
}, 10_000);
listen();
