// Small pieces every view is made of: an element, a sentence in the reader's language, a moment in words.

const words = JSON.parse(document.getElementById("words").textContent);
const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(name + "="))?.slice(name.length + 1) ?? "";

export const token = () => cookie("csrftoken");
export const english = () => cookie("django_language") === "en";

export function speak(language) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `django_language=${language}; path=/; max-age=31536000; samesite=lax${secure}`;
}

/** A pair [Chinese, English] in the language of the reader. */
export const say = (pair) => pair[english() ? 1 : 0];

/** A sentence of the page by its key; {n} stands for the number. */
export const word = (key, n) => say(words[key]).replace("{n}", n);

/** An element: attributes, listeners (on…), children; nothing is ever parsed as HTML. */
export function h(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

const days = (moment) => Math.floor((moment.getTime() + 8 * 3600e3) / 86400e3); // every clock here is China's

/** 今天 16:02, 11月27日 18:00, in China's time whatever the telephone is set to. */
export function moment(when) {
  const at = new Date(when), local = new Date(at.getTime() + 8 * 3600e3);
  const hour = local.toISOString().slice(11, 16), near = { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days(at) - days(new Date())];
  if (near) return `${word(near)} ${hour}`;
  const day = local.getUTCDate(), month = local.getUTCMonth();
  return `${english() ? `${day} ${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month]}` : `${month + 1}月${day}日`} ${hour}`;
}

/** Where a due moment stands now; working hours are reckoned by the server alone. */
export function due(task) {
  if (!task.due) return { code: "none", words: word("no_due") };
  const left = new Date(task.due) - Date.now(), all = new Date(task.due) - new Date(task.since);
  const code = left < 0 ? "late" : left < all * 0.2 ? "soon" : "ontime";
  return { code, words: `${word(code)}${say(["，", ", "])}${say([`${moment(task.due)} 到期`, `due ${moment(task.due)}`])}` };
}
