// What I send: a bubble at once, one request after another, tried again with the same key until the desk has stored it.
import { post } from "./api.js";
import * as outbox from "./outbox.js";
import { pendingTemplate } from "./talk.js";
import { clock } from "./times.js";

const STAY = "Gönderilene kadar bu sayfayı kapatmayın.";

const TRIES = 3; // then what the desk cannot take holds up its own conversation alone

const queue = [];
let running = false;
let timer = 0;
let backoff = 1000;

/** `hooks`: talkOf(conversation), refused(item, text), stored(item, answer). */
let hooks = null;
export async function begin(given) {
  hooks = given;
  let left = [];
  try {
    left = await outbox.restore();
  } catch {
    // a browser that keeps nothing: the page warns before it loses what waits
  }
  for (const item of left) {
    if (hooks.talkOf(item.conversation)?.stands(`web:${item.key}`)) outbox.forget(item.key).catch(() => {});
    else if (!queue.some((waiting) => waiting.key === item.key)) enqueue({ ...item, kept: true });
  }
}

export function send({ conversation, text, files = [], replyTo = null }) {
  enqueue({ key: newKey(), conversation, text, files, replyTo, at: Date.now() });
}

/** Pages on plain http from another machine have no crypto.randomUUID. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
export const newKey = () => crypto.randomUUID?.() ?? uuid();

function enqueue(item) {
  queue.push(item);
  keep(item);
  show(item);
  run();
}

// --- the bubble ---
function show(item) {
  const talk = hooks.talkOf(item.conversation);
  if (!talk) return;
  const bubble = pendingTemplate();
  bubble.dataset.pending = `web:${item.key}`;
  bubble.dataset.at = new Date(item.at).toISOString();
  bubble.querySelector(".text").textContent = item.text;
  bubble.querySelector("time").textContent = clock(new Date(item.at));
  bubble.querySelector(".sending-files").replaceChildren(
    ...item.files.map((file) => Object.assign(document.createElement("li"), { textContent: file.name })),
  );
  bubble.querySelector("[data-again]").addEventListener("click", () => now());
  bubble.querySelector("[data-edit]").addEventListener("click", () => {
    hooks.refused(item, "");
    drop(item);
  });
  item.bubble = bubble;
  talk.messages.append(bubble);
  talk.empty.hidden = true;
  talk.dress();
  talk.awaitAnswer();
}

/** Its conversation is on the page now. */
export function standIn(talk) {
  for (const item of queue) {
    if (item.conversation === talk.address && !item.bubble && !talk.stands(`web:${item.key}`)) show(item);
  }
}

function waits(item, text) {
  if (!item.bubble) return;
  item.bubble.classList.add("failed");
  item.bubble.querySelector(".why").textContent = item.keeping ? text : `${text} ${STAY}`;
  item.bubble.querySelector(".buttons").hidden = false;
}

function goes(item) {
  if (!item.bubble) return;
  item.bubble.classList.remove("failed");
  item.bubble.querySelector(".why").textContent = "";
  item.bubble.querySelector(".buttons").hidden = true;
  item.bubble.querySelector("progress").hidden = item.files.length === 0;
}

function stored(item) {
  if (!item.bubble) return;
  const tick = item.bubble.querySelector(".tick");
  tick.textContent = "✓";
  tick.ariaLabel = "kaydedildi";
  item.bubble.querySelector("progress").hidden = true;
}

// --- the queue ---
async function run() {
  if (running) return;
  running = true;
  clearTimeout(timer);
  const held = new Set(); // conversations, for this round
  let retryAfter = 0;
  let item;
  while ((item = queue.find((waiting) => !held.has(waiting.conversation)))) {
    goes(item);
    try {
      const answer = await post("/messages", fieldsOf(item), progressOf(item));
      backoff = 1000;
      take(item);
      stored(item);
      hooks.stored(item, answer);
    } catch (refusal) {
      if (!queue.includes(item)) continue; // it came all the same
      if (refusal.passing) {
        waits(item, refusal.message);
        retryAfter = refusal.retryAfter;
        if (refusal.status >= 500) item.tries = (item.tries ?? 0) + 1;
        if (refusal.status < 500 || item.tries < TRIES) break; // no line, or too fast: so it is for all
        held.add(item.conversation);
        continue;
      }
      hooks.refused(item, refusal.message);
      drop(item); // not before it is in the box
    }
  }
  running = false;
  if (queue.length) later(retryAfter);
}

function later(seconds) {
  timer = setTimeout(run, seconds ? seconds * 1000 : backoff);
  backoff = Math.min(backoff * 2, 30_000);
}

const progressOf = (item) => {
  const bar = item.bubble?.querySelector("progress");
  return (percent) => bar && (bar.value = percent);
};

function fieldsOf(item) {
  const fields = { conversation: item.conversation, key: item.key, text: item.text, files: item.files };
  return item.replyTo ? { ...fields, reply_to: item.replyTo.id } : fields;
}

/** Try what waits at once. */
export function now() {
  clearTimeout(timer);
  run();
}

/** It stands in the talk, whatever became of the answer. */
export function arrived(key) {
  const item = queue.find((waiting) => `web:${waiting.key}` === key);
  if (item) take(item);
}

function take(item) {
  const at = queue.indexOf(item);
  if (at >= 0) queue.splice(at, 1);
  if (item.keeping) item.keeping.then(() => outbox.forget(item.key)).catch(() => {});
}

function drop(item) {
  take(item);
  item.bubble?.remove();
}

// --- over a closed tab; a code is a secret and is not kept ---
function keep(item) {
  if (item.text.startsWith("/katil") || !outbox.known()) return;
  item.keeping = item.kept ? Promise.resolve() : outbox.keep(item);
  item.keeping.then(() => {
    item.kept = true;
    if (item.bubble) item.bubble.dataset.kept = "";
  }, () => {});
}

/** Who writes here has a name now: what waits is theirs. */
export function keepAsOwn() {
  for (const item of queue) {
    item.kept = false;
    keep(item);
  }
}

/** Whether something would be lost if the page went away now. */
export const wouldLose = () => queue.some((item) => !item.kept);

addEventListener("online", now);
