// Forms: a draft is kept at every change, so that a telephone that dies loses nothing; "记下" puts it in the queue.
import { h, say, word } from "./pieces.js";
import { photoField } from "./photo.js";
import { drop, entries, letGo, put } from "./store.js";

/** The draft of this kind that was left open, else a new one; its key is made here and stays with it for good. */
export async function draftOf(me, given) {
  const same = (one) => ["draft", "faulty"].includes(one.status) && one.by === me && one.case === given.case && (given.case === null || one.did === given.did);
  const left = (await entries()).find(same);
  return left ?? { key: crypto.randomUUID(), by: me, made: Date.now(), status: "draft", detail: "", photos: [], ...given };
}

export const keepDraft = (entry) => put("entries", entry);

/** Put the draft in the queue with the telephone's own time; it waits there until the server has answered. */
export async function enqueue(entry) {
  const local = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 19) + "+08:00";
  await put("entries", Object.assign(entry, { status: "waiting", noted: local, made: Date.now(), answer: null, error: null }));
  navigator.storage?.persist?.(); // so that the browser does not clear it away when space is short
}

/** The worker does not want it after all. */
export async function throwAway(entry) {
  await drop("entries", entry.key);
  await letGo(entry.photos);
  location.hash = entry.case === null ? "#tasks" : `#task/${entry.case}`;
}

/** What is wrong, on top, with links to the fields; it takes the focus. */
export function faultList(faults) {
  const list = faults.map(([field, text]) => h("li", {}, h("a", { href: `#f-${field}`, onclick: (event) => {
    event.preventDefault();
    document.getElementById(`f-${field}`)?.focus();
  } }, text)));
  const box = h("div", { class: "bh-errors", role: "alert", tabindex: "-1" }, h("h2", {}, word("still", faults.length)), h("ul", {}, list));
  queueMicrotask(() => box.focus());
  return box;
}

export function textField(entry, name, label, optional, changed, wrong) {
  const area = h("textarea", { class: "bh-input", id: `f-${name}`, rows: 3, maxlength: 2000 });
  area.value = entry[name] ?? "";
  area.addEventListener("input", () => { entry[name] = area.value; changed(); });
  return h("div", { class: `bh-field${wrong ? " err" : ""}` },
    h("label", { for: area.id }, label, optional && h("span", { class: "opt" }, word("optional"))),
    wrong && h("p", { class: "msg" }, wrong), area);
}

/** The form of one step on a case. */
export async function stepForm(me, task, deed, done) {
  const words = deed.fields.find((field) => !field.photo);
  const entry = await draftOf(me, { case: task.case, did: deed.name, title: deed.title, about: task.title, number: task.number, deed });
  const changed = () => keepDraft(entry);
  const form = h("form", { class: "f-form", novalidate: true });
  const draw = async (faults) => {
    const wrong = Object.fromEntries(faults);
    const photos = await Promise.all(deed.fields.filter((field) => field.photo).map((field) => photoField(entry, field.key, say(field.label), changed, wrong[field.key])));
    form.replaceChildren(
      ...(faults.length ? [faultList(faults)] : []), ...photos,
      words ? textField(entry, "detail", say(words.label), !words.required, changed, wrong.detail) : "",
      h("button", { class: "btn btn-primary f-main" }, word("note_down"), " · ", say(deed.title)),
      h("button", { type: "button", class: "btn btn-quiet", onclick: () => throwAway(entry) }, word("throw_away")),
    );
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const faults = deed.fields.filter((field) => field.required && (field.photo ? !entry.photos.some((one) => one.field === field.key) : !entry.detail.trim()))
      .map((field) => [field.photo ? field.key : "detail", `${word(field.photo ? "want_photo" : "want_words")}${say(field.label)}`]);
    if (faults.length) return draw(faults);
    await enqueue(entry);
    await done();
  });
  await draw(faultsOf(entry));
  return form;
}

/** What the server found wrong with the entry when it was sent. */
export const faultsOf = (entry) => (entry.answer?.faults ?? []).map(([field, pair]) => [field === "text" ? "detail" : field, say(pair)]);
