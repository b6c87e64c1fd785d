// One conversation on the page: its messages come, change in place and are read, and nothing jumps.
import { get, post } from "./api.js";
import { body, byId, fragment } from "./dom.js";
import { Safety } from "./safety.js";
import { dayName, refresh } from "./times.js";

const GROUP_MS = 5 * 60_000;
const AT_END = 48; // pixels
const ABOVE_HEAD = 8; // pixels
const CROWDED = 0.25; // of the height of the talk
const MOST_FOR_BUTTONS = 0.45;

export class Talk {
  /** `tell.read(talk)`: it was read to the end; `tell.arrived(key)`: the event with this key is in the talk. */
  constructor(pane, tell) {
    this.pane = pane;
    this.address = pane.dataset.c;
    this.title = pane.dataset.title;
    this.seq = Number(pane.dataset.seq);
    this.seen = Number(pane.dataset.seen);
    this.log = pane.querySelector(".log");
    this.messages = pane.querySelector(".messages");
    this.empty = pane.querySelector(".empty");
    this.pill = pane.querySelector(".pill");
    this.complete = "start" in pane.dataset;
    this.tell = tell;
    this.loading = null;
    this.follow = true;
    this.stood = 0; // how far it was scrolled when that was looked at last
    this.awaits = ""; // "answer" to what I wrote, "effect" of what I pressed: shown wherever one reads
    this.head = null; // what must not leave the screen upwards while the end is followed
    this.safety = new Safety(pane);
    this.log.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.pill.addEventListener("click", () => this.toEnd());
    for (const moved of ["wheel", "touchmove", "keydown"]) {
      this.log.addEventListener(moved, () => (this.awaits = ""), { passive: true });
    }
    // Pictures that arrive late and a keyboard that opens must not push the end out of sight.
    new ResizeObserver(() => this.resized()).observe(this.messages);
    new ResizeObserver(() => this.resized()).observe(this.log);
    this.dress();
    refresh(pane);
  }

  get articles() {
    return [...this.messages.querySelectorAll(":scope > .msg:not(.pending)")];
  }

  get newest() {
    return this.articles.at(-1);
  }

  /** Only a reader moves it up; what comes makes it longer. */
  get wentUp() {
    return this.log.scrollTop < this.stood && !this.atEnd;
  }

  get atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < AT_END;
  }

  get visible() {
    return !this.pane.hidden && body.dataset.shown !== "found" && !document.hidden && this.log.offsetParent !== null;
  }

  // --- coming and changing ---
  /** A message came or changed. True: it is new here, and not my own. */
  take(html) {
    const message = fragment(html).querySelector(".msg");
    const seq = Number(message.dataset.seq);
    this.seq = Math.max(this.seq, seq);
    const old = this.find(message.dataset.id);
    const fresh = !old && !message.classList.contains("mine");
    if (this.wentUp) this.follow = false; // and no scroll event has told so yet
    const { follow } = this;
    if (old) {
      if (Number(old.dataset.seq) < seq) this.exchange(old, message);
    } else {
      this.insert(message);
      if (fresh && !this.visible) this.markUnread();
    }
    refresh(message);
    this.dress();
    this.measure(message);
    // Now, before a scroll event can take the growth for a reader who went up.
    if (fresh && (follow || this.awaits)) this.land(message);
    else if (follow && !old) this.awaitAnswer();
    else if (follow) this.keepPlace();
    this.safety.look(this);
    this.read();
    return fresh;
  }

  find(id) {
    return this.messages.querySelector(`:scope > #m${CSS.escape(id)}`);
  }

  /** Whether the event with this key is in the talk. */
  stands(key) {
    return this.messages.querySelector(`:scope > [data-key="${CSS.escape(key)}"]`) !== null;
  }

  exchange(old, message) {
    const focused = old.contains(document.activeElement);
    const above = old.getBoundingClientRect().bottom < this.log.getBoundingClientRect().top;
    const height = old.offsetHeight;
    const unfolded = old.querySelector("details[open]");
    old.replaceWith(message);
    if (unfolded) message.querySelector("details")?.setAttribute("open", "");
    if (this.head === old) this.head = message;
    if (above) this.log.scrollTop += message.offsetHeight - height;
    if (focused) message.focus({ preventScroll: true });
  }

  insert(message) {
    const waiting = message.dataset.key && this.messages.querySelector(`[data-pending="${CSS.escape(message.dataset.key)}"]`);
    const id = Number(message.dataset.id);
    const after = this.articles.find((other) => Number(other.dataset.id) > id);
    if (waiting) {
      waiting.remove();
      this.tell.arrived(message.dataset.key);
    }
    if (after && after === this.articles[0] && !this.complete) return; // older than what is loaded
    if (after) {
      after.before(message);
    } else {
      const pending = this.messages.querySelector(":scope > .pending");
      if (pending) pending.before(message);
      else this.messages.append(message);
    }
    this.empty.hidden = true;
    if (!this.follow && !this.awaits && !message.classList.contains("mine")) this.pill.hidden = false;
  }

  // --- order and names: day lines, and one name for what belongs together ---
  dress() {
    for (const line of this.messages.querySelectorAll(":scope > .day")) line.remove();
    let before = null;
    for (const message of this.messages.querySelectorAll(":scope > .msg")) {
      const at = message.dataset.at ? new Date(message.dataset.at) : new Date();
      const day = at.toDateString();
      if (!before || before.day !== day) this.dayLine(message, at);
      const together =
        before && before.day === day && before.author === message.dataset.author && at - before.at < GROUP_MS;
      message.classList.toggle("grouped", Boolean(together));
      before = { day, at, author: message.dataset.author };
    }
  }

  dayLine(message, at) {
    const line = document.createElement("div");
    line.className = "day";
    const name = document.createElement("span");
    name.textContent = dayName(at);
    line.append(name);
    const unread = message.previousElementSibling;
    (unread?.classList.contains("unread-line") ? unread : message).before(line);
  }

  /** "Yeni mesajlar", before the first that was not seen, however many follow. */
  markUnread() {
    const line = this.unreadLine ?? fragment('<div class="unread-line" role="separator"><span>Yeni mesajlar</span></div>').firstElementChild;
    this.unreadFrom = this.seen;
    const first = this.articles.find((message) => this.isUnread(message));
    if (first) first.before(line);
    else line.remove();
    return first ?? null;
  }

  /** What came before it was not seen either. */
  moveUnreadUp() {
    const line = this.unreadLine;
    const first = this.articles.find((message) => this.isUnread(message));
    if (first && first.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING) first.before(line);
  }

  isUnread(message) {
    return !message.classList.contains("mine") && Number(message.dataset.first) > this.unreadFrom;
  }

  get unreadLine() {
    return this.messages.querySelector(":scope > .unread-line");
  }

  // --- place ---
  scrolled() {
    this.follow = this.atEnd;
    this.stood = this.log.scrollTop;
    if (this.follow) {
      this.pill.hidden = true;
      if (this.head && this.topOf(this.head) < this.log.scrollTop) this.head = null; // read past it
    }
    this.safety.look(this);
    this.read();
    if (this.log.scrollTop < 300) this.older();
  }

  resized() {
    if (this.newest) this.measure(this.newest);
    if (this.follow) this.keepPlace();
    this.safety.look(this);
  }

  toEnd() {
    this.head = null;
    this.pill.hidden = true;
    this.keepPlace();
    this.follow = true;
  }

  /** What I wrote stands at the end; of the answer the head is shown. */
  awaitAnswer() {
    this.toEnd();
    this.awaits = "room" in this.pane.dataset ? "" : "answer";
  }

  /** What follows a press is shown, wherever one reads. */
  awaitEffect() {
    this.head = null;
    this.awaits = "effect";
  }

  /** On what is new: at the end, unless its head, or the head of the answer it belongs to, would leave the screen. */
  land(message) {
    if (!this.head?.isConnected) {
      this.head = this.awaits === "answer" || !this.visible || this.tall(message) ? message : null;
    }
    this.awaits = "";
    this.keepPlace();
    this.pill.hidden = this.follow || this.head === message;
  }

  tall(message) {
    return message.offsetHeight > this.log.clientHeight;
  }

  topOf(message) {
    return message.getBoundingClientRect().top - this.log.getBoundingClientRect().top + this.log.scrollTop - ABOVE_HEAD;
  }

  keepPlace() {
    const end = this.log.scrollHeight - this.log.clientHeight;
    this.log.scrollTop = this.head?.isConnected ? Math.min(end, this.topOf(this.head)) : end;
    this.follow = this.atEnd;
    this.stood = this.log.scrollTop;
  }

  /** The buttons of what is longer than the screen stay in reach, in one row where they are many. Measured each time as
   * if nothing of this were so, or the answer would change the question. */
  measure(message) {
    message.classList.remove("long", "crowded");
    const buttons = message.querySelector(":scope > .buttons");
    if (!buttons || !this.tall(message)) return;
    message.classList.toggle("crowded", buttons.offsetHeight > this.log.clientHeight * CROWDED);
    message.classList.add("long");
    if (buttons.offsetHeight > this.log.clientHeight * MOST_FOR_BUTTONS) message.classList.remove("long", "crowded");
  }

  /** Where it is opened: at the first unread message, else at the head of the last, else at the end. */
  arrive() {
    const first = this.markUnread();
    const { newest } = this;
    this.toEnd();
    if (newest) this.measure(newest);
    if (first) {
      this.unreadLine.scrollIntoView({ block: "start" });
      this.follow = this.atEnd;
      this.pill.hidden = this.follow;
    } else if (newest && !newest.classList.contains("mine")) {
      this.land(newest);
    }
    this.safety.look(this);
    this.read();
  }

  async older() {
    if (this.complete || this.loading) return this.loading;
    const first = this.articles[0];
    if (!first) return null;
    this.loading = get("/older", { c: this.address, before: first.dataset.id })
      .then((html) => {
        const height = this.log.scrollHeight;
        const top = this.log.scrollTop;
        const more = fragment(html);
        this.complete = more.querySelectorAll(".msg").length < Number(this.pane.dataset.page);
        refresh(more);
        this.messages.prepend(more);
        if (this.unreadLine) this.moveUnreadUp();
        this.dress();
        this.log.scrollTop = top + this.log.scrollHeight - height;
      })
      .catch(() => null) // the next scroll tries again
      .finally(() => {
        this.loading = null;
      });
    return this.loading;
  }

  /** Scroll to a message and mark it; loads older ones until it is there. */
  async goTo(id) {
    while (!this.find(id) && !this.complete) {
      const before = this.articles.length;
      await this.older();
      if (this.articles.length === before) break;
    }
    const message = this.find(id);
    if (!message) return false;
    this.follow = false;
    message.scrollIntoView({ block: "center" });
    message.classList.remove("flash");
    requestAnimationFrame(() => message.classList.add("flash"));
    message.focus({ preventScroll: true });
    return true;
  }

  // --- reading ---
  /** Seen is what was on the screen to the end, in a tab that is looked at. */
  read() {
    if (!this.address || !this.visible || !this.atEnd || this.seq <= this.seen) return;
    const upto = this.seq;
    this.seen = upto;
    post("/seen", { conversation: this.address, seq: String(upto) }).catch(() => {
      this.seen = Math.min(this.seen, upto - 1); // with the next message again
    });
    this.tell.read(this);
  }
}

export const pendingTemplate = () => byId("pending").content.firstElementChild.cloneNode(true);
