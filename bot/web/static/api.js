// Requests to the desk. A refusal carries the server's Turkish text.
import { page } from "./dom.js";

export class Refusal extends Error {
  constructor(status, text, retryAfter = 0) {
    super(text);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Trying again later can help: no line, too fast, or the server is being started. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const NO_LINE = "Bağlantı yok. Mesajınız duruyor, bağlantı gelince gönderilecek.";
const TROUBLE = "Sunucuya şu anda ulaşılamıyor. Biraz sonra yeniden denenecek.";

function refusal(status, text, retryAfter) {
  let said = status ? TROUBLE : NO_LINE;
  try {
    said = JSON.parse(text).error || said;
  } catch {
    // not of our server: a proxy, or nothing at all
  }
  return new Refusal(status, said, Number(retryAfter) || 0);
}

/** POST a form. `progress` hears of 0 to 100. */
export function post(path, fields, progress) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, one);
  }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", page.base + path);
    request.setRequestHeader("X-Masa-Token", page.token);
    request.setRequestHeader("Accept", "application/json");
    if (progress) {
      request.upload.onprogress = (step) => step.lengthComputable && progress((100 * step.loaded) / step.total);
    }
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(request.responseText ? JSON.parse(request.responseText) : null);
      } else {
        reject(refusal(request.status, request.responseText, request.getResponseHeader("Retry-After")));
      }
    };
    request.onerror = () => reject(refusal(0, ""));
    request.send(form);
  });
}

/** GET a piece of HTML. */
export async function get(path, query = {}) {
  let response;
  try {
    response = await fetch(`${page.base}${path}?${new URLSearchParams(query)}`, { headers: { Accept: "application/json" } });
  } catch {
    throw refusal(0, "");
  }
  const text = await response.text();
  if (!response.ok) throw refusal(response.status, text, response.headers.get("Retry-After"));
  return text;
}
