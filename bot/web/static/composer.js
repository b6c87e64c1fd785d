// The box one writes in: drafts, replies, files, commands.
import { body, byId, on, page, tell } from "./dom.js";

const text = byId("text");
const form = byId("composer");
const commands = byId("commands");
const options = [...commands.children];
const picked = byId("picked");
const replying = byId("replying");
const count = byId("count");
const NEARLY = 0.9; // of the letters that fit
const letters = (number) => number.toLocaleString("tr");

let files = [];
let replyTo = null;
let conversation = null; // none yet; "" is that of a guest
let sendNow = null;

export function begin(send) {
  sendNow = send;
}

// --- drafts: words over a reload, files and replies for as long as the page is open ---
/** Address to what was begun there, of conversations that are not on the screen. */
const begun = new Map();
const draftKey = (address) => `draft:${page.base}:${address}`;

/** A code is a secret and stays in the page. */
function keepWords(address, words) {
  try {
    if (words && !words.startsWith("/katil")) sessionStorage.setItem(draftKey(address), words);
    else sessionStorage.removeItem(draftKey(address));
  } catch {
    // full: the page still has it
  }
}

const keepDraft = () => keepWords(conversation, text.value);

const draftOf = (address) => ({
  text: sessionStorage.getItem(draftKey(address)) ?? "",
  files: [],
  replyTo: null,
  why: "",
  ...begun.get(address),
});

/** Writing goes to this conversation now; what was begun in each is kept. */
export function turnTo(address) {
  if (address === conversation) return;
  if (conversation !== null && (text.value || files.length || replyTo)) begun.set(conversation, { text: text.value, files, replyTo });
  conversation = address;
  const draft = draftOf(address);
  begun.delete(address);
  text.value = draft.text || (text.dataset.room ?? "");
  delete text.dataset.room; // said once, in the conversation that opened with the link
  setReply(draft.replyTo);
  setFiles(draft.files);
  tell(draft.why);
  grow();
}

/** The conversation in which a guest writes has an address now; what is in the box stays. */
export function rename(address) {
  keepWords(conversation, "");
  conversation = address;
  keepDraft();
}

/** Put what could not be sent into the box of this conversation, before whatever was typed there meanwhile. */
export function putBack(item, address, why = "") {
  const shown = address === conversation;
  const old = shown ? { text: text.value, files, replyTo } : draftOf(address);
  const draft = {
    text: [item.text, old.text].filter(Boolean).join("\n"),
    files: [...item.files, ...old.files],
    replyTo: item.replyTo ?? old.replyTo,
    why,
  };
  keepWords(address, draft.text);
  if (!shown) {
    begun.set(address, draft);
    return;
  }
  text.value = draft.text;
  if (item.files.length) setFiles(draft.files);
  if (item.replyTo) setReply(item.replyTo);
  grow();
  text.focus();
}

/** Where else something was begun. */
export const begunIn = () => [...begun.keys()];

/** What was begun in a conversation that nobody can open here any more. */
export function move(from, to, why) {
  const draft = draftOf(from);
  begun.delete(from);
  keepWords(from, "");
  putBack({ ...draft, replyTo: null }, to, why);
}

export function write(words) {
  text.value = words;
  keepDraft();
  grow();
  text.focus();
}

export const focus = () => text.focus();

/** Files that were chosen are kept nowhere until they are sent. */
export const holdsFiles = () => files.length > 0 || [...begun.values()].some((draft) => draft.files.length > 0);

function submit() {
  const words = text.value.trim();
  if (!words && !files.length) return;
  if (tooLong(words)) {
    text.focus();
    return;
  }
  const item = { conversation, text: words, files, replyTo };
  text.value = "";
  keepDraft();
  setReply(null);
  setFiles([]);
  tell("");
  grow();
  sendNow(item);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});

/** Nothing is cut: what does not fit is told while it is typed, and is not sent. */
function tooLong(words) {
  const typed = [...words].length;
  const over = typed - page.maxText;
  count.hidden = typed < page.maxText * NEARLY;
  count.classList.toggle("over", over > 0);
  if (over > 0) {
    count.textContent = `Mesaj ${letters(typed)} harf; en çok ${letters(page.maxText)} gönderilebilir. ${letters(over)} harf kısaltın ya da dosya olarak ekleyin.`;
  } else if (!count.hidden) {
    count.textContent = `${letters(typed)} / ${letters(page.maxText)} harf`;
  }
  return over > 0;
}

/** For browsers without `field-sizing`. */
function grow() {
  tooLong(text.value.trim());
  if (CSS.supports("field-sizing", "content")) return;
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

text.addEventListener("input", () => {
  keepDraft();
  grow();
  offer();
});

text.addEventListener("keydown", (event) => {
  if (!commands.hidden && commandKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape" && replyTo) {
    event.stopPropagation();
    setReply(null);
  }
});

// --- commands ---
function offer() {
  const typed = /^\/\S*$/.test(text.value) ? text.value.toLocaleLowerCase("tr") : null;
  const fitting = typed === null ? [] : options.filter((option) => option.dataset.command.startsWith(typed));
  const first = fitting.find((option) => option.dataset.command === typed) ?? fitting[0]; // /ay, not /ayir
  for (const option of options) {
    option.hidden = !fitting.includes(option);
    option.setAttribute("aria-selected", String(option === first));
  }
  commands.hidden = !first;
  describe();
}

const chosen = () => options.find((option) => option.getAttribute("aria-selected") === "true");

function describe() {
  const option = commands.hidden ? null : chosen();
  if (option) text.setAttribute("aria-activedescendant", option.id);
  else text.removeAttribute("aria-activedescendant");
}

function commandKey(event) {
  const open = options.filter((option) => !option.hidden);
  const at = open.indexOf(chosen());
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const next = open[(at + (event.key === "ArrowDown" ? 1 : open.length - 1)) % open.length];
    for (const option of open) option.setAttribute("aria-selected", String(option === next));
    next.scrollIntoView({ block: "nearest" });
    describe();
  } else if (event.key === "Tab" || (event.key === "Enter" && text.value !== open[at].dataset.command)) {
    complete(open[at]);
  } else if (event.key === "Escape") {
    commands.hidden = true;
    describe();
    event.stopPropagation();
  } else {
    if (event.key === "Enter") commands.hidden = true;
    return false;
  }
  event.preventDefault();
  return true;
}

function complete(option) {
  write(`${option.dataset.command} `);
  commands.hidden = true;
  describe();
}

on(commands, "mousedown", "[data-command]", (option, event) => {
  event.preventDefault();
  complete(option);
});
text.addEventListener("blur", () => {
  commands.hidden = true;
  describe();
});

// --- replies ---
export function setReply(message) {
  replyTo = message;
  replying.hidden = !message;
  if (!message) return;
  replying.querySelector(".quoted-who").textContent = message.name;
  replying.querySelector(".quoted-text").textContent = message.text;
  text.focus();
}

/** Answer this message of the log. */
export function replyWith(article) {
  const mine = article.classList.contains("mine");
  const words = article.querySelector(".text")?.textContent ?? article.querySelector("img")?.alt ?? "Dosya";
  setReply({
    id: article.dataset.id,
    name: mine ? "Siz" : article.querySelector(".who").textContent.trim(),
    text: words.replace(/\s+/g, " ").trim().slice(0, 140),
  });
}

byId("no-reply").addEventListener("click", () => setReply(null));

// --- files: refused here already, so that nobody waits for an upload that cannot succeed ---
const PROGRAM = /\.(exe|com|bat|cmd|ps1|vbs|jse?|wsf|msi|scr|pif|lnk|hta|jar|dll|cpl|reg|apk|sh)$/i;

function setFiles(list) {
  for (const image of picked.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  files = list;
  picked.hidden = !files.length;
  picked.replaceChildren(...files.map(pickedLine));
}

function pickedLine(file) {
  const line = document.createElement("li");
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.type)) {
    line.append(Object.assign(new Image(), { src: URL.createObjectURL(file), alt: "" }));
  }
  const label = Object.assign(document.createElement("span"), { className: "file-label", textContent: file.name });
  const away = byId("no-reply").cloneNode(true);
  away.id = "";
  away.ariaLabel = `${file.name} çıkar`;
  away.addEventListener("click", () => setFiles(files.filter((other) => other !== file)));
  line.append(label, away);
  return line;
}

export function addFiles(list) {
  const good = [];
  const said = [];
  for (const file of list) {
    if (file.size >= page.maxBytes) said.push(`“${file.name}” çok büyük; ${Math.floor(page.maxBytes / 1048576)} MB altında olmalı.`);
    else if (file.size === 0) said.push(`“${file.name}” boş ya da bir klasör.`);
    else if (PROGRAM.test(file.name)) said.push(`“${file.name}” bir program; program dosyaları kabul edilmiyor.`);
    else good.push(file);
  }
  if (files.length + good.length > page.maxFiles) said.push(`Bir mesaja en çok ${page.maxFiles} dosya eklenebilir.`);
  setFiles([...files, ...good].slice(0, page.maxFiles));
  tell(said.join(" "));
  text.focus();
}

const chooser = byId("files");
byId("pick").addEventListener("click", () => chooser.click());
chooser.addEventListener("change", () => {
  addFiles([...chooser.files]);
  chooser.value = "";
});
text.addEventListener("paste", (event) => {
  if (!event.clipboardData.files.length) return;
  event.preventDefault();
  addFiles([...event.clipboardData.files]);
});

const drop = byId("drop");
let depth = 0;
const withFiles = (event) => event.dataTransfer?.types.includes("Files");
body.addEventListener("dragenter", (event) => {
  if (!withFiles(event)) return;
  event.preventDefault();
  depth += 1;
  drop.hidden = false;
});
body.addEventListener("dragover", (event) => withFiles(event) && event.preventDefault());
body.addEventListener("dragleave", (event) => {
  if (!withFiles(event)) return;
  depth -= 1;
  drop.hidden = depth <= 0;
});
body.addEventListener("drop", (event) => {
  if (!withFiles(event)) return;
  event.preventDefault();
  depth = 0;
  drop.hidden = true;
  addFiles([...event.dataTransfer.files]);
});
