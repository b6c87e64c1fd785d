// The list of tickets: rows that change while it is open, and the keyboard.
import { tell } from "./panel.js";
import { listen } from "./panel-stream.js";

const list = document.getElementById("list");
const rowOf = (ticket) => document.getElementById(`ticket-${ticket}`);
const rows = () => [...document.querySelectorAll("tr[data-ticket]")];

// --- what changes ---------------------------------------------------------------------------------
function question() {
  const asked = new URLSearchParams(list.dataset.query.slice(1));
  asked.set("satir", rows().map((row) => `${row.dataset.ticket}.${row.dataset.version}`).join(" "));
  asked.set("son", list.dataset.newest);
  return asked;
}

listen("akis", question, {
  ticket(data) {
    const [ticket, version] = data.split(" ");
    const row = rowOf(ticket);
    if (row && row.dataset.version !== version) row.dispatchEvent(new CustomEvent("masa:ticket"));
  },
  gone(ticket) {
    const row = rowOf(ticket);
    if (!row) return;
    row.classList.add("gone");
    row.querySelector(".clock").textContent = "Artık listenizde değil";
  },
  new(number) {
    const pill = document.getElementById("new");
    pill.hidden = number === "0";
    pill.firstElementChild.textContent = `${number === "100" ? "100+" : number} yeni kayıt · göster`;
  },
});

document.body.addEventListener("htmx:error", () => tell("Satır yenilenemedi; sayfayı yenileyin."));
