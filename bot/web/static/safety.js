// What an emergency says first stays in sight: over the talk, once its message has left the screen upwards.
import { page } from "./dom.js";

const HOURS = 12;

export class Safety {
  constructor(pane) {
    this.strip = pane.querySelector(".safety");
    this.words = this.strip.querySelector(".text");
    this.strip.querySelector("button").addEventListener("click", () => {
      localStorage.setItem(this.key, "1");
      this.strip.hidden = true;
    });
    this.message = null;
  }

  get key() {
    return `safety:${page.base}:${this.message?.dataset.id}`;
  }

  look(talk) {
    const message = [...talk.messages.querySelectorAll(":scope > .msg[data-kind=emergency]")].at(-1) ?? null;
    if (message !== this.message) {
      this.message = message;
      this.words.replaceChildren(...(message?.querySelector(".text")?.cloneNode(true).childNodes ?? []));
    }
    this.strip.hidden = !message || !this.matters(message) || !leftUpwards(message, talk.log);
  }

  matters(message) {
    return Date.now() - new Date(message.dataset.at) < HOURS * 3_600_000 && !localStorage.getItem(this.key);
  }
}

const leftUpwards = (message, log) => message.querySelector(".bubble").getBoundingClientRect().top < log.getBoundingClientRect().top - 1;
