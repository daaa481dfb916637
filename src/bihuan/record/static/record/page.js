// The page where anyone drops a receipt: read and judged here, nothing is sent anywhere.
import { DELAY, isPromise, verifyPromise } from "./promise.js";
import { Refused, readPolicy, sha256, verify } from "./verify.js";

const english = document.documentElement.lang.startsWith("en");
const say = (zh, en) => (english ? en : zh);
const box = document.querySelector("[data-drop]");
const chosen = document.getElementById("receipts");
const policy = document.getElementById("policy");
const verdicts = document.getElementById("verdicts");
const GROUPS = [say("公开", "Public"), say("内部", "Internal"), say("个人", "Personal")];
const DELETION = 5;
const GROUNDS = {
  request: say("本人请求", "the person asked for it"), retention: say("保存期届满", "the time of keeping is over"),
  correction: say("已更正，旧的内容删除", "put right: the old words were deleted"),
};
const hex = (data) => Array.from(data, (one) => one.toString(16).padStart(2, "0")).join("");
const KINDS = {
  1: say("办件的一步", "a step of a case"), 2: say("抽取方案", "manifest of a draw"), 3: say("抽取结果", "result of a draw"),
  4: say("密钥、角色、设置的改动", "change of keys, roles or settings"), 5: say("删除说明", "notice of deletion"),
  6: say("考评或信用等级改动", "change of a score or class"), 7: say("一天审计的摘要", "digest of a day's audit"), 8: say("开放数据发布", "release of open data"),
};

function when(ms) {
  if (ms > 8.64e15) return String(ms);
  return new Intl.DateTimeFormat(english ? "en-GB" : "zh-CN", { dateStyle: "medium", timeStyle: "medium", timeZone: "Asia/Shanghai" }).format(new Date(Number(ms)));
}

const minute = (found) => new DataView(found.entry.buffer, found.entry.byteOffset).getBigUint64(8);

function add(list, name, text) {
  const [dt, dd] = [document.createElement("dt"), document.createElement("dd")];
  dt.textContent = name;
  dd.textContent = text;
  list.append(dt, dd);
}

function show(name, good, title, fill) {
  const card = document.createElement("section");
  card.className = "bh-card";
  const head = document.createElement("h2");
  head.textContent = title;
  const body = document.createElement("div");
  body.className = "body";
  const file = document.createElement("p");
  file.className = "small muted";
  file.textContent = name;
  body.append(file);
  fill(body);
  card.append(head, body);
  card.dataset.verdict = good ? "good" : "bad";
  verdicts.append(card);
}

function tell(body, found) {
  const list = document.createElement("dl");
  list.className = "facts wide";
  add(list, say("在哪本记录里", "In which log"), found.origin);
  add(list, say("第几条", "Place"), say(`第 ${found.index} 条，那时共 ${found.size} 条`, `${found.index}, of ${found.size} then`));
  add(list, say("是什么", "What"), KINDS[found.entry[4]]);
  add(list, say("记入时间，取整到分", "Entered, to the minute"), when(minute(found)));
  for (const [witness, time] of found.seen) add(list, `${say("见证", "Witness")} ${witness}`, when(time * 1000n));
  if (found.kept) add(list, say("承诺", "Promise"), say(`兑现了：${found.kept} 承诺的就是这一条`, `kept: ${found.kept} promised this entry`));
  found.groups.forEach((data, i) => {
    add(list, GROUPS[i], data === null ? say("没有出示", "not shown") : new TextDecoder().decode(data));
  });
  for (const one of found.deleted) add(list, say("内容已经删除", "Words deleted"), one);
  body.append(list);
  if (found.deleted.length || found.groups[2] !== null) return;
  const hint = document.createElement("p");
  hint.className = "small muted";
  hint.textContent = say(
    "内容要是依法删除了，把删除那一步的凭证一起放进来，就能看到什么时候、凭什么删的。",
    "Where words were deleted by law, drop the receipt of the deletion here together with this one to see when and on what ground.",
  );
  body.append(hint);
}

// What a notice of deletion says in its public group, which the log committed to; null where it is none or closed.
function noticeOf(found) {
  if (found.entry[4] !== DELETION || !found.groups[0]) return null;
  try {
    const said = JSON.parse(new TextDecoder().decode(found.groups[0]));
    return Array.isArray(said.shredded?.steps) ? said : null;
  } catch {
    return null;
  }
}

// The deletions that notices dropped here tell of this entry: same log, and the notice names its place.
function deletionsOf(found, notices) {
  return notices
    .filter((one) => one.origin === found.origin && one.said.shredded.steps.some((step) => String(step.entry) === String(found.index)))
    .map(({ said: { shredded }, index, ms }) => {
      const ground = `${GROUNDS[shredded.ground] ?? shredded.ground} (${shredded.law})`;
      return say(`${when(ms)}，${ground}，删除说明是第 ${index} 条`, `${when(ms)}, ${ground}, by the notice at ${index}`);
    });
}

function tellPromise(body, found) {
  const list = document.createElement("dl");
  list.className = "facts wide";
  add(list, say("谁承诺的", "Promised by"), found.origin);
  add(list, say("承诺的时刻", "Promised at"), when(found.ms));
  add(list, say("最迟记入", "In the log by"), when(found.ms + DELAY));
  add(list, say("哪一条（叶子的杂凑值）", "Which entry (leaf hash)"), hex(found.leaf));
  const said = document.createElement("p");
  said.textContent = say(
    "到时候把这一步的凭证和这份承诺一起放进来，就能看出它兑现没有；到时候拿不出凭证，这份签了字的承诺就是证据。",
    "After that, drop the receipt of the step here together with this promise to see it kept; where there is no receipt by then, the signed promise is the evidence.",
  );
  body.append(list, said);
}

// What a file is worth: {found} of a receipt that holds, {promise} of a promise, {why} of what does not hold.
async function judge(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  try {
    if (isPromise(text)) return { promise: await verifyPromise(text, box.dataset.promise) };
    return { found: await verify(bytes, readPolicy(policy.value.replaceAll("\r\n", "\n"))) };
  } catch (why) {
    if (!(why instanceof Refused)) throw why;
    return { why };
  }
}

function tellWhy(body, why) {
  const said = document.createElement("p");
  said.textContent = english ? why.en : why.zh;
  body.append(said);
}

// All files are judged first: promises and notices of deletion say something of the others.
async function judgeAll(files) {
  verdicts.replaceChildren();
  const judged = [];
  for (const file of files) judged.push({ name: file.name, ...(await judge(file)) });
  const promised = new Map(judged.filter((one) => one.promise).map((one) => [hex(one.promise.leaf), one.name]));
  const notices = judged.filter((one) => one.found).flatMap(({ found }) => {
    const said = noticeOf(found);
    return said ? [{ said, origin: found.origin, index: found.index, ms: minute(found) }] : [];
  });
  for (const { name, promise, found, why } of judged) {
    if (promise) show(name, true, say("承诺成立：签名是对的", "The promise is genuine"), (body) => tellPromise(body, promise));
    else if (why) show(name, false, say("不成立", "It does not hold"), (body) => tellWhy(body, why));
    else {
      const more = { kept: promised.get(hex(sha256(Uint8Array.from([0, ...found.entry])))), deleted: deletionsOf(found, notices) };
      show(name, true, say("成立：这一条在记录里，内容没有改过", "It holds: the entry is in the log, unchanged"), (body) => tell(body, { ...found, ...more }));
    }
  }
  verdicts.querySelector("h2")?.scrollIntoView({ block: "nearest" });
}

chosen.addEventListener("change", () => judgeAll(chosen.files));
box.addEventListener("dragover", (event) => event.preventDefault());
box.addEventListener("drop", (event) => {
  event.preventDefault();
  judgeAll(event.dataTransfer.files);
});
