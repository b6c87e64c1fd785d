// Times: day lines between messages, and "12 dk önce" that stays true.
const DAY = new Intl.DateTimeFormat("tr", { day: "numeric", month: "long", weekday: "long" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("tr", { day: "numeric", month: "long", year: "numeric" });
const CLOCK = new Intl.DateTimeFormat("tr", { hour: "2-digit", minute: "2-digit" });

export const clock = (date) => CLOCK.format(date);

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
const daysAgo = (date) => Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);

export function dayName(date) {
  const days = daysAgo(date);
  if (days === 0) return "Bugün";
  if (days === 1) return "Dün";
  return date.getFullYear() === new Date().getFullYear() ? DAY.format(date) : DAY_AND_YEAR.format(date);
}

export function ago(date) {
  const minutes = Math.floor((Date.now() - date) / 60_000);
  if (minutes < 1) return "az önce";
  if (minutes < 60) return `${minutes} dk önce`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} saat önce`;
  return `${Math.floor(minutes / 1440)} gün önce`;
}

export function refresh(root = document) {
  for (const time of root.querySelectorAll("time.ago")) time.textContent = ago(new Date(time.dateTime));
}

setInterval(refresh, 30_000, document);
