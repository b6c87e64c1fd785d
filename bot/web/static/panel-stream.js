// The live line of a page of the panel: one EventSource, opened again when it breaks or goes silent.
import { tell } from "./panel.js";

const SILENCE_MS = 40_000; // the desk says something every 15 s
const SHORT_BREAK_MS = 2_000; // heals by itself
const LONGEST_MS = 30_000;
const BROKEN = "Bağlantı koptu; gördükleriniz eskimiş olabilir. Yeniden bağlanılıyor…";

/** `question()` tells what the page shows now, `hears` has a function for each kind of event. */
export function listen(path, question, hears) {
  let source = null;
  let heard = 0;
  let backoff = 1000;
  let sayingSo = 0;

  function open() {
    source?.close();
    source = new EventSource(`${document.body.dataset.base}/panel/${path}?${question()}`);
    heard = performance.now();
    for (const [kind, hear] of Object.entries(hears)) {
      source.addEventListener(kind, (event) => {
        alive();
        hear(event.data);
      });
    }
    source.addEventListener("ping", alive);
    source.addEventListener("bye", () => {
      stop();
      tell("Oturumunuz ya da yetkiniz değişti; sayfayı yenileyin.");
    });
    source.onerror = () => {
      lost();
      if (source?.readyState === EventSource.CLOSED) {
        setTimeout(open, backoff);
        backoff = Math.min(backoff * 2, LONGEST_MS);
      }
    };
  }

  function alive() {
    heard = performance.now();
    backoff = 1000;
    clearTimeout(sayingSo);
    if (sayingSo) tell("");
    sayingSo = 0;
  }

  function lost() {
    sayingSo ||= setTimeout(() => tell(BROKEN), SHORT_BREAK_MS);
  }

  function stop() {
    source.close();
    clearInterval(watching);
  }

  const watching = setInterval(() => {
    if (performance.now() - heard > SILENCE_MS) {
      lost();
      open();
    }
  }, 10_000);
  window.addEventListener("pagehide", () => source?.close());
  window.addEventListener("pageshow", (event) => event.persisted && open());
  open();
}
