// Sends what was noted, the oldest first, one at a time. A cut anywhere only means that the same is sent again under
// the same key: the server applies each key once, and takes each photo once under its digest.
import { token } from "./pieces.js";
import { drop, entries, get, letGo, put } from "./store.js";

const PATIENCE = 120_000; // milliseconds for one request: a photo over a thin line
const SETTLED = ["done", "part", "noted"]; // the server has all of it

/** Why something did not go out: `status` 0 is no answer at all, `says` a sentence of the server's; `all` stops the run. */
export class Halt extends Error {
  constructor(status, says) {
    super(says?.[0] ?? `status ${status}`);
    this.status = status;
    this.says = says;
    this.all = [0, 401, 403].includes(status);
  }
}

export async function ask(path, body) {
  let answer, said;
  try {
    answer = await fetch(path, {
      method: body === undefined ? "GET" : "POST", body, credentials: "same-origin", cache: "no-store",
      headers: body === undefined ? {} : { "X-CSRFToken": token() }, signal: AbortSignal.timeout(PATIENCE),
    });
    said = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
  } catch {
    throw new Halt(0);
  }
  if (!answer.ok || said === null) throw new Halt(answer.status, said?.says?.[0]);
  return said;
}

/** Every waiting entry of this person; only one run at a time, in whatever window. */
export function sendAll(me, tell) {
  return navigator.locks.request("field-send", async () => {
    for (const entry of await entries()) {
      if (entry.status !== "waiting" || entry.by !== me) continue;
      try {
        const answer = await sendOne(entry);
        const settled = SETTLED.includes(answer.status);
        await put("entries", { ...entry, status: answer.status, answer, error: null, photos: settled ? [] : entry.photos });
        if (settled) await letGo(entry.photos);
      } catch (halt) {
        if (!(halt instanceof Halt) || halt.all) throw halt;
        await put("entries", { ...entry, error: halt.says ?? true }); // this one is tried again later, the others go on
      }
      await tell();
    }
  });
}

async function sendOne(entry) {
  const body = JSON.stringify({
    key: entry.key, by: entry.by, noted: entry.noted, case: entry.case ?? null, did: entry.did, matter: entry.matter ?? "",
    what: entry.what ?? "", detail: entry.detail, place: entry.place ?? null, photos: entry.photos,
    answers: entry.answers ?? {}, began: entry.began ?? "",
  });
  let answer = await ask("send", body);
  for (let round = 0; answer.status === "missing" && round < 2; round += 1) {
    for (const digest of answer.missing) await sendPhoto(digest);
    answer = await ask("send", body);
  }
  if (answer.status === "missing") throw new Halt(409);
  return answer;
}

async function sendPhoto(digest) {
  const kept = await get("photos", digest);
  const form = new FormData();
  form.append("photo", kept.blob, digest);
  await ask(`photo/${digest}`, form);
}

/** Answered entries that are no longer looked at: a month is enough. */
export async function forget(before) {
  for (const entry of await entries()) if (SETTLED.includes(entry.status) && entry.made < before) await drop("entries", entry.key);
}
