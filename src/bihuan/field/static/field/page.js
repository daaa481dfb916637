// The field page: three views, one queue. It sends on load, when the network is back, and at a touch.
import { english, h, moment, say, speak, word } from "./pieces.js";
import { reportForm } from "./report.js";
import { Halt, ask, forget, sendAll } from "./send.js";
import { sentList } from "./sent.js";
import { entries, get, put } from "./store.js";
import { keepPictures, taskList, taskPage } from "./tasks.js";

const main = document.getElementById("main");
const AGAIN = 10_000; // milliseconds between two tries while the server does not answer
const MONTH = 31 * 86400e3;
let later = 0; // the timer of the next try
let kept = null, catalogue = null, halted = null, busy = false, again = false, turn = 0;

const waitingOf = (all) => all.filter((entry) => entry.status === "waiting");

/** Draw anew, but never under the hands of somebody who fills in a form. */
const refresh = async () => (main.querySelector("form") ? frame(waitingOf(await entries()).length) : draw());

async function draw(focus) {
  const mine = ++turn;
  const all = await entries(), waiting = waitingOf(all), me = kept?.me.id;
  frame(waiting.length);
  const [view, id, did] = (location.hash.slice(1) || "tasks").split("/");
  const done = async () => { location.hash = "#sent"; await sync(); };
  let shown;
  if (!kept) shown = [heading("tasks"), taskList(kept, new Set())];
  else if (view === "task") {
    const task = kept.tasks.find((one) => String(one.case) === id) ?? leftOver(all, id);
    shown = task ? await taskPage(me, task, did, done, waiting.some((entry) => entry.case === task.case)) : [heading("tasks"), h("p", { class: "f-empty" }, word("gone"))];
  } else if (view === "report") shown = [heading("report"), catalogue ? await reportForm(me, catalogue, done) : h("p", { class: "f-empty" }, word("never_loaded"))];
  else if (view === "sent") shown = [heading("sent"), await sentList(all, me, draw)];
  else shown = [heading("tasks"), h("p", { class: "muted" }, word("loaded_at"), moment(kept.at)), taskList(kept, new Set(waiting.map((entry) => entry.case))), kept.more ? h("p", {}, word("more_tasks")) : ""];
  if (mine !== turn) return; // a later drawing knows more
  main.replaceChildren(...[shown].flat());
  if (focus) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/** A task that is no longer in the list, from what was begun on it: nothing begun is lost. */
function leftOver(all, id) {
  const begun = all.find((entry) => String(entry.case) === id && entry.deed && ["draft", "faulty"].includes(entry.status));
  return begun && { case: begun.case, title: begun.about, number: begun.number, deeds: [begun.deed], said: [], pictures: [] };
}

const heading = (key) => h("h1", {}, word(key));

/** Bars above and below: the network, who one is, how much waits. */
function frame(waiting) {
  document.documentElement.lang = english() ? "en" : "zh-Hans";
  document.title = word("title");
  const online = navigator.onLine && halted?.status !== 0;
  const view = location.hash.slice(1).split("/")[0] || "tasks";
  document.getElementById("top").replaceChildren(
    h("b", {}, word("title")), h("span", { class: `f-net is-${online ? "done" : "stop"}` }, word(online ? "online" : "offline")),
    h("button", { class: "link-button", lang: english() ? "zh-Hans" : "en", onclick: () => { speak(english() ? "zh-hans" : "en"); draw(); } }, english() ? "中文" : "English"));
  document.getElementById("says").replaceChildren(...[
    waiting > 0 && h("p", { class: "f-waiting" }, h("span", {}, word("waiting", waiting)), h("button", { class: "btn btn-quiet", disabled: busy, onclick: () => sync() }, word(busy ? "sending" : "send"))),
    halted?.status > 0 && h("p", {}, halted.says ? say(halted.says) : word("server_error"), " ", halted.status === 401 && h("a", { href: "/desk/login/?next=/field/" }, word("login"))),
    kept && h("p", { class: "muted" }, say(kept.me.name), say(["，", ", "]), say(kept.me.posts)),
  ].filter(Boolean));
  document.getElementById("tabs").replaceChildren(...[["tasks", kept?.tasks.length], ["report"], ["sent", waiting]].map(([key, n]) =>
    h("a", { href: `#${key}`, "aria-current": view === key || (key === "tasks" && view === "task") ? "page" : null }, word(key), n ? h("span", { class: "n" }, String(n)) : "")));
}

/** First who one is and the cookie that sending needs, then the queue, then what there is to do now. */
async function sync() {
  if (busy) { again = true; return; } // what was noted meanwhile goes out right after
  busy = true;
  halted = null;
  await refresh();
  try {
    await load();
    if (waitingOf(await entries()).some((entry) => entry.by === kept.me.id)) {
      await sendAll(kept.me.id, refresh);
      await load();
    }
    await forget(Date.now() - MONTH);
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    halted = error;
  } finally {
    busy = false;
    await refresh();
    // a browser does not always tell that the network is back; only what waits is tried again
    clearTimeout(later);
    if (halted?.status === 0 && waitingOf(await entries()).length) later = setTimeout(() => sync(), AGAIN);
    if (again) { again = false; await sync(); }
  }
}

async function load() {
  kept = await ask("tasks");
  await put("kept", kept, "tasks");
  if (catalogue?.digest !== kept.catalogue) {
    catalogue = await ask("catalogue");
    await put("kept", catalogue, "catalogue");
  }
  keepPictures(kept.tasks).catch(() => {}); // they are an aid; the words are there
}

addEventListener("hashchange", () => draw(true));
addEventListener("online", () => sync());
addEventListener("offline", () => refresh());
if ("serviceWorker" in navigator) navigator.serviceWorker.register("worker.js");
kept = (await get("kept", "tasks")) ?? null;
catalogue = (await get("kept", "catalogue")) ?? null;
await draw();
await sync();
