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

const local = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 19) + "+08:00";
const FOUND = [["符合", "met"], ["不符合", "not_met"], ["不适用", "does_not_apply"]]; // what the record says, whatever the language of the page

/** One of several: radios with the words beside them. */
function oneOf(name, legend, options, chosen, pick, wrong) {
  return h("fieldset", { class: `bh-field${wrong ? " err" : ""}`, id: `f-${name}`, tabindex: "-1" }, h("legend", {}, legend), wrong && h("p", { class: "msg" }, wrong),
    h("div", { class: "choices" }, options.map(([code, text]) => h("label", { class: "bh-choice" },
      h("input", { type: "radio", name, value: code, checked: chosen === code, onchange: () => pick(code) }), h("span", {}, text)))));
}

/** A choice, a checklist point by point, or a short text; each answer is kept at once. */
function answerField(entry, field, changed, wrong) {
  const given = (entry.answers ??= {});
  if (field.kind === "choice") {
    return [oneOf(field.key, say(field.label), field.options.map(([code, pair]) => [code, say(pair)]), given[field.key], (code) => { given[field.key] = code; changed(); }, wrong)];
  }
  if (field.kind === "table") {
    const rows = (given[field.key] ??= field.points.map((point) => ({ point, found: "" })));
    const parts = rows.map((row, i) => oneOf(`${field.key}-${i}`, row.point, FOUND.map(([code, key]) => [code, word(key)]), row.found, (code) => { row.found = code; changed(); }));
    return [h("section", { id: `f-${field.key}`, tabindex: "-1" }, h("h2", {}, say(field.label)), wrong && h("p", { class: "msg" }, wrong), parts)];
  }
  const input = h("input", { class: "bh-input", id: `f-${field.key}`, maxlength: 200 });
  input.value = given[field.key] ?? "";
  input.addEventListener("input", () => { given[field.key] = input.value; changed(); });
  return [h("div", { class: `bh-field${wrong ? " err" : ""}` }, h("label", { for: input.id }, say(field.label), !field.required && h("span", { class: "opt" }, word("optional"))), wrong && h("p", { class: "msg" }, wrong), input)];
}

const answered = (entry, field) => field.kind === "table" ? (entry.answers?.[field.key] ?? []).length && entry.answers[field.key].every((row) => row.found) : entry.answers?.[field.key]?.trim();

/** The form of one step on a case. */
export async function stepForm(me, task, deed, done) {
  const words = deed.fields.find((field) => !field.photo && !["choice", "table"].includes(field.kind));
  const others = deed.fields.filter((field) => !field.photo && field !== words);
  const entry = await draftOf(me, { case: task.case, did: deed.name, title: deed.title, about: task.title, number: task.number, deed });
  entry.began ??= local(); // opened on site: how long it took is part of what is recorded
  const changed = () => keepDraft(entry);
  const form = h("form", { class: "f-form", novalidate: true });
  const draw = async (faults) => {
    const wrong = Object.fromEntries(faults);
    const photos = await Promise.all(deed.fields.filter((field) => field.photo).map((field) => photoField(entry, field.key, say(field.label), changed, wrong[field.key])));
    form.replaceChildren(
      ...(faults.length ? [faultList(faults)] : []), ...photos,
      ...others.flatMap((field) => answerField(entry, field, changed, wrong[field.key])),
      words ? textField(entry, "detail", say(words.label), !words.required, changed, wrong.detail) : "",
      h("button", { class: "btn btn-primary f-main" }, word("note_down"), " · ", say(deed.title)),
      h("button", { type: "button", class: "btn btn-quiet", onclick: () => throwAway(entry) }, word("throw_away")),
    );
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const missing = (field) => field.photo ? !entry.photos.some((one) => one.field === field.key) : field === words ? !entry.detail.trim() : !answered(entry, field);
    const faults = deed.fields.filter((field) => field.required && missing(field))
      .map((field) => [field === words ? "detail" : field.key, `${word(field.photo ? "want_photo" : field === words ? "want_words" : "want_answer")}${say(field.label)}`]);
    if (faults.length) return draw(faults);
    await enqueue(entry);
    await done();
  });
  await draw(faultsOf(entry));
  return form;
}

/** What the server found wrong with the entry when it was sent. */
export const faultsOf = (entry) => (entry.answer?.faults ?? []).map(([field, pair]) => [field === "text" ? "detail" : field, say(pair)]);
