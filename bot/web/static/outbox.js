// What waits to be sent, kept by the browser over a closed tab, with its files (IndexedDB). Others who use this browser
// never see it: each row belongs to one page and one person. Of who has no name yet nothing is kept: it would be found
// by the next who sits down here.
import { body, page } from "./dom.js";

const DATABASE = "masa";
const STORE = "outbox";
const LONGEST_MS = 7 * 86_400_000;
const owner = () => `${page.base}|${body.dataset.me}`;
const NOBODYS = `${page.base}|`; // left by earlier versions of this page

/** Whether this browser knows whose what waits is. */
export const known = () => body.dataset.me !== "";

let opened = null;
let turns = 0;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function inStore(mode, work) {
  const store = (await database()).transaction(STORE, mode).objectStore(STORE);
  return new Promise((resolve, reject) => {
    const request = work(store);
    store.transaction.oncomplete = () => resolve(request?.result);
    store.transaction.onerror = () => reject(store.transaction.error);
    store.transaction.onabort = () => reject(store.transaction.error);
  });
}

/** Resolves once it is on the disk. */
export async function keep({ key, conversation, text, files, replyTo, at }) {
  const turn = (turns += 1); // before anything is awaited
  const kept = await Promise.all(
    files.map(async (file) => ({ name: file.name, type: file.type, bytes: await file.arrayBuffer() })),
  );
  await inStore("readwrite", (store) => store.put({ key, conversation, text, files: kept, replyTo, at, turn, owner: owner() }));
}

export const forget = (key) => inStore("readwrite", (store) => store.delete(key));

/** What this person left here, oldest first. */
export async function restore() {
  const rows = await inStore("readonly", (store) => store.getAll());
  const old = rows.filter((row) => Date.now() - row.at > LONGEST_MS || row.owner === NOBODYS);
  if (old.length) await inStore("readwrite", (store) => old.forEach((row) => store.delete(row.key)));
  return rows
    .filter((row) => row.owner === owner() && !old.includes(row))
    .sort((one, other) => one.at - other.at || one.turn - other.turn)
    .map((row) => ({ ...row, files: row.files.map(({ name, type, bytes }) => new File([bytes], name, { type })) }));
}

/** Somebody signs out here: nothing of theirs stays. */
export async function clear() {
  const rows = await inStore("readonly", (store) => store.getAll());
  const mine = rows.filter((row) => row.owner === owner());
  await inStore("readwrite", (store) => mine.forEach((row) => store.delete(row.key)));
}
