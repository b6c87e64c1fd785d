// The live line to the desk: one EventSource, opened again when it breaks or goes silent.
import { byId, page } from "./dom.js";

const SILENCE_MS = 40_000; // the desk says something every 15 s
let source = null;
let heard = 0;
let backoff = 1000;
let again = 0;

/** `positions()` tells from where, `hears` has a function for each kind of event. */
export function listen(positions, hears) {
  close();
  source = new EventSource(`${page.base}/stream?${new URLSearchParams({ since: positions() })}`);
  heard = Date.now();
  for (const [kind, hear] of Object.entries(hears)) {
    source.addEventListener(kind, (event) => {
      alive();
      hear(event.data);
    });
  }
  source.addEventListener("ping", alive);
  source.onerror = () => {
    line(true);
    if (source?.readyState === EventSource.CLOSED) {
      retry(positions, hears);
      hears.refused();
    }
  };
  watch(positions, hears);
}

export const listening = () => source !== null;

export function close() {
  source?.close();
  source = null;
  clearTimeout(again);
}

function alive() {
  heard = Date.now();
  backoff = 1000;
  line(false);
}

function retry(positions, hears) {
  clearTimeout(again);
  again = setTimeout(() => listen(positions, hears), backoff);
  backoff = Math.min(backoff * 2, 30_000);
}

let watching = 0;
function watch(positions, hears) {
  clearInterval(watching);
  watching = setInterval(() => {
    if (source && Date.now() - heard > SILENCE_MS) {
      line(true);
      listen(positions, hears);
    }
  }, 10_000);
  window.ononline = () => source && listen(positions, hears);
  window.onoffline = () => line(true);
}

let lineTimer = 0;
/** A short break heals by itself; only a longer one is worth a word. */
function line(broken) {
  clearTimeout(lineTimer);
  const note = byId("line");
  if (!broken) {
    note.hidden = true;
    return;
  }
  lineTimer = setTimeout(() => {
    note.textContent = "Bağlanılıyor…";
    note.hidden = false;
  }, 2000);
}
