// What was noted and what became of it: waiting, on record, refused with the rule, or to be mended.
import { h, moment, say, word } from "./pieces.js";
import { photosOf } from "./photo.js";
import { drop, letGo } from "./store.js";

const LOOK = { draft: "soon", waiting: "none", done: "done", part: "soon", noted: "soon", kept: "late", faulty: "late" };

async function row(entry, me, redraw) {
  const answer = entry.answer, says = (answer?.says ?? []).map((pair) => h("p", {}, say(pair)));
  const faults = (answer?.faults ?? []).map(([, pair]) => h("p", {}, say(pair)));
  const stays = ["kept", "faulty"].includes(entry.status);
  return h("li", { class: "f-card", "data-key": entry.key },
    h("p", { class: `f-due is-${LOOK[entry.status]}` }, word(`is_${entry.status}`)),
    h("b", {}, entry.title ? say(entry.title) : "", entry.about ? say([`：${entry.about}`, `: ${entry.about}`]) : ""),
    (answer?.number || entry.number) && h("span", { class: "bh-num" }, answer?.number || entry.number),
    h("span", {}, entry.noted && word("noted_at") + moment(entry.noted), answer?.at ? h("br") : "", answer?.at ? word("server_at") + moment(answer.at) : ""),
    ...(entry.status === "waiting" ? [] : [...says, ...faults]),
    entry.status === "waiting" && entry.by !== me && me && h("p", {}, word("others")),
    entry.status === "waiting" && entry.error && h("p", {}, Array.isArray(entry.error) ? say(entry.error) : word("server_error")),
    stays && entry.detail && h("p", { class: "f-said" }, entry.detail),
    stays && await photosOf(entry),
    ["draft", "faulty"].includes(entry.status) && entry.by === me && h("a", { class: "btn btn-quiet", href: entry.case === null ? "#report" : `#task/${entry.case}/${entry.did}` }, word(entry.status === "draft" ? "go_on" : "mend")),
    stays && h("details", {}, h("summary", {}, word("remove")), h("button", { class: "btn btn-danger", onclick: async () => {
      await drop("entries", entry.key);
      await letGo(entry.photos);
      await redraw();
    } }, word("remove_for_good"))));
}

/** The newest first. */
export async function sentList(all, me, redraw) {
  const shown = [...all].reverse();
  if (!shown.length) return h("p", { class: "f-empty" }, word("nothing_noted"));
  return h("ol", { class: "plain f-list" }, await Promise.all(shown.map((entry) => row(entry, me, redraw))));
}
