// The patrol list and one task: place, clock, what to look at, and what can be done, readable without a network.
import { stepForm } from "./form.js";
import { due, h, say, word } from "./pieces.js";

const placeOf = (task) => [task.community, task.street].filter(Boolean).map(say).filter(Boolean).join(say(["，", ", "]));
const clock = (task) => { const now = due(task); return h("p", { class: `f-due is-${now.code}` }, now.words); };

/** Tasks in the order of their due; one that was noted already and waits is shown as such. */
export function taskList(kept, waiting) {
  if (!kept) return h("p", { class: "f-empty" }, word("never_loaded"));
  if (!kept.tasks.length) return h("p", { class: "f-empty" }, word("no_tasks"));
  return h("ol", { class: "plain f-list" }, kept.tasks.map((task) => h("li", {}, h("a", { href: `#task/${task.case}`, class: "f-card" },
    h("b", {}, task.title), h("span", {}, say(task.state), say(["：", ": "]), placeOf(task)), clock(task),
    waiting.has(task.case) && h("p", { class: "f-waits" }, word("noted_already"))))));
}

export async function taskPage(me, task, did, done, noted) {
  const deed = task.deeds.find((one) => one.name === did);
  const head = [h("a", { href: "#tasks", class: "f-back" }, word("back")), h("h1", {}, deed ? say(deed.title) : task.title), deed ? h("p", { class: "muted" }, task.title) : clock(task)];
  if (noted) return [...head, h("p", { class: "f-waits" }, word("noted_already"))];
  if (deed) return [...head, await stepForm(me, task, deed, done)];
  const where = h("dl", { class: "facts f-facts" },
    [["place", placeOf(task)], ["cell", task.cell], ["matter", task.matter && say(task.matter)], ["number", task.number]]
      .filter(([, value]) => value).flatMap(([key, value]) => [h("dt", {}, word(key)), h("dd", {}, value)]),
    task.lon ? [h("dt", {}, word("map")), h("dd", {}, h("a", { href: `geo:${task.lat},${task.lon}` }, `${task.lon.toFixed(5)}, ${task.lat.toFixed(5)}`))] : []);
  const said = task.said.map(([title, text]) => h("p", { class: "f-said" }, h("b", {}, say(title), say(["：", ": "])), text));
  const pictures = task.pictures.map(([title, url]) => h("figure", {}, h("img", { src: url, alt: say(title), loading: "lazy" }), h("figcaption", {}, say(title))));
  return [...head, ...said, h("div", { class: "f-pictures" }, pictures), where,
    h("div", { class: "f-deeds" }, task.deeds.map((one, i) => h("a", { class: `btn ${i ? "btn-quiet" : "btn-primary"}`, href: `#task/${task.case}/${one.name}` }, say(one.title))))];
}

/** Pictures of these tasks are fetched ahead for the way; those of tasks that are gone are let go. */
export async function keepPictures(tasks) {
  const cache = await caches.open("field-pictures");
  const wanted = new Set(tasks.flatMap((task) => task.pictures.map(([, url]) => new URL(url, location).href)));
  for (const request of await cache.keys()) {
    if (!wanted.delete(request.url)) await cache.delete(request);
  }
  for (const url of wanted) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) await cache.put(url, answer);
  }
}
