// One conversation on the page: its messages come, change in place and are read, and nothing jumps.
import { get, post } from "./api.js";
import { body, byId, fragment } from "./dom.js";
import { dayName, refresh } from "./times.js";

const GROUP_MS = 5 * 60_000;
const AT_END = 48; // pixels

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
    this.log.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.pill.addEventListener("click", () => this.toEnd());
    // Pictures that arrive late and a keyboard that opens must not push the end out of sight.
    new ResizeObserver(() => this.follow && this.toEnd()).observe(this.messages);
    new ResizeObserver(() => this.follow && this.toEnd()).observe(this.log);
    this.dress();
    refresh(pane);
  }

  get articles() {
    return [...this.messages.querySelectorAll(":scope > .msg:not(.pending)")];
  }

  get newest() {
    return this.articles.at(-1);
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
    const { follow } = this;
    if (old) {
      if (Number(old.dataset.seq) < seq) this.exchange(old, message);
    } else {
      this.insert(message);
    }
    refresh(message);
    this.dress();
    if (follow) this.toEnd(); // now, before a scroll event can take the growth for a reader who went up
    this.read();
    return fresh;
  }

  find(id) {
    return this.messages.querySelector(`:scope > #m${CSS.escape(id)}`);
  }

  exchange(old, message) {
    const focused = old.contains(document.activeElement);
    const above = old.getBoundingClientRect().bottom < this.log.getBoundingClientRect().top;
    const height = old.offsetHeight;
    old.replaceWith(message);
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
    if (!this.follow && !message.classList.contains("mine")) this.pill.hidden = false;
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

  // --- place ---
  scrolled() {
    this.follow = this.atEnd;
    if (this.follow) this.pill.hidden = true;
    this.read();
    if (this.log.scrollTop < 300) this.older();
  }

  toEnd() {
    this.follow = true;
    this.pill.hidden = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** Where it is opened: at the first unread message, else at the end. */
  arrive() {
    const line = this.messages.querySelector(":scope > .unread-line");
    this.toEnd();
    if (line) {
      line.scrollIntoView({ block: "start" });
      this.follow = this.atEnd;
      this.pill.hidden = this.follow;
    }
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
