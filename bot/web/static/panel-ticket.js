// A ticket that somebody else changes says so; what is being typed stays.
import { listen } from "./panel-stream.js";

const changed = document.getElementById("changed");
const { ticket, version } = changed.dataset;

listen("akis", () => new URLSearchParams({ kayit: `${ticket}.${version}` }), {
  ticket: () => { changed.hidden = false; },
  gone: () => { changed.hidden = false; },
});
