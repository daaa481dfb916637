// The draw dr1, computed and verified from its files: for a browser, for node, for anyone. No dependency.
// compute(files) gives {result, drawn, reserves, …}; verify(files, known) gives checks. files = {name: Uint8Array}.
// Written apart from the Python of bihuan.core.draw; both must agree on every byte and every sentence.

const KINDS = ["subjects", "excluded", "inspectors", "avoid", "plan"];
const NUMBER = "(?:0|[1-9][0-9]{0,14})", HEX = "[0-9a-f]{64}";
const LEAST_BITS = 60, GENESIS = 1692803367, PERIOD = 3, HALF_HOUR = 1800000, WITNESSES = 2;
const QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";

export class Refused extends Error {
  constructor(code, facts = {}) {
    const { zh, en } = say(code, facts);
    super(`${zh} | ${en}`);
    Object.assign(this, { code, zh, en });
  }
}

class Unshown extends Refused {}

export function say(code, facts = {}) {
  const fill = (text, language) => text.replace(/\{(\w+)\}/g, (_, name) => String(facts[name]?.[language] ?? facts[name]));
  return { zh: fill(SAYS[code][0], "zh"), en: fill(SAYS[code][1], "en") };
}

// ---- SHA-256 and SM3: one block at a time, on words ----

const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
const fraction = (x) => (x - Math.floor(x)) * 2 ** 32 | 0;
const K256 = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));
const TSM3 = Int32Array.from({ length: 64 }, (_, j) => {
  const t = j < 16 ? 0x79cc4519 : 0x7a879d8a;
  return (t << j % 32) | (j % 32 ? t >>> (32 - (j % 32)) : 0);
});
const W = new Int32Array(68), W1 = new Int32Array(64);

function sha256Block(h) {
  for (let i = 16; i < 64; i++) {
    const a = W[i - 15], b = W[i - 2];
    W[i] = (W[i - 16] + ((a >>> 7 | a << 25) ^ (a >>> 18 | a << 14) ^ a >>> 3) + W[i - 7]
      + ((b >>> 17 | b << 15) ^ (b >>> 19 | b << 13) ^ b >>> 10)) | 0;
  }
  let a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], k = h[7];
  for (let i = 0; i < 64; i++) {
    const t = (k + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (g ^ e & (f ^ g)) + K256[i] + W[i]) | 0;
    const u = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c)) | 0;
    k = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
  }
  h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += k;
}

function sm3Block(h) {
  for (let j = 16; j < 68; j++) {
    const r = W[j - 3], x = W[j - 16] ^ W[j - 9] ^ (r << 15 | r >>> 17), s = W[j - 13];
    W[j] = x ^ (x << 15 | x >>> 17) ^ (x << 23 | x >>> 9) ^ (s << 7 | s >>> 25) ^ W[j - 6];
  }
  for (let j = 0; j < 64; j++) W1[j] = W[j] ^ W[j + 4];
  let a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], k = h[7];
  for (let j = 0; j < 64; j++) {
    const a12 = a << 12 | a >>> 20, s = (a12 + e + TSM3[j]) | 0, s1 = s << 7 | s >>> 25, s2 = s1 ^ a12;
    const t1 = ((j < 16 ? a ^ b ^ c : a & b | a & c | b & c) + d + s2 + W1[j]) | 0;
    const t2 = ((j < 16 ? e ^ f ^ g : e & f | ~e & g) + k + s1 + W[j]) | 0;
    d = c; c = b << 9 | b >>> 23; b = a; a = t1;
    k = g; g = f << 19 | f >>> 13; f = e; e = t2 ^ (t2 << 9 | t2 >>> 23) ^ (t2 << 17 | t2 >>> 15);
  }
  h[0] ^= a; h[1] ^= b; h[2] ^= c; h[3] ^= d; h[4] ^= e; h[5] ^= f; h[6] ^= g; h[7] ^= k;
}

const HASHES = {
  sha256: { block: sha256Block, start: Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p))) },
  sm3: { block: sm3Block, start: Int32Array.of(0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e) },
};

export function digest(name, data) {
  const { block, start } = HASHES[name], h = Int32Array.from(start), n = data.length, whole = n - (n % 64);
  const tail = new Uint8Array(n % 64 < 56 ? 64 : 128);
  tail.set(data.subarray(whole));
  tail[n % 64] = 0x80;
  const bits = n * 8, view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(bits / 2 ** 32));
  view.setUint32(tail.length - 4, bits >>> 0);
  for (const [bytes, end] of [[data, whole], [tail, tail.length]]) {
    for (let at = 0; at < end; at += 64) {
      for (let i = 0, p = at; i < 16; i++, p += 4) W[i] = bytes[p] << 24 | bytes[p + 1] << 16 | bytes[p + 2] << 8 | bytes[p + 3];
      block(h);
    }
  }
  return bytesOf(h);
}

// ---- bytes and text ----

const encoder = new TextEncoder();
export const utf8 = (text) => encoder.encode(text);
const latin = new TextDecoder("latin1");
const PAIRS = Array.from({ length: 256 }, (_, b) => b.toString(16).padStart(2, "0"));
export const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
const equal = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
const sized = (n, width) => Uint8Array.from({ length: width }, (_, i) => Math.floor(n / 256 ** (width - 1 - i)) % 256);
const below = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function lower(a, b) {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
}

export function hex(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += PAIRS[bytes[i]];
  return text;
}

function bytesOf(words) {
  const out = new Uint8Array(words.length * 4);
  for (let i = 0, at = 0; i < words.length; i++) for (let shift = 24; shift >= 0; shift -= 8) out[at++] = words[i] >>> shift;
  return out;
}

function join(...parts) {
  const all = parts.map((part) => (typeof part === "string" ? utf8(part) : part));
  const out = new Uint8Array(all.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of all) { out.set(part, at); at += part.length; }
  return out;
}

function textOf(raw, code, banned) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    throw new Refused(code);
  }
  if (!text.endsWith("\n") || banned.test(text)) throw new Refused(code);
  return text.slice(0, -1).split("\n");
}

// ---- the formulas ----

export const commitment = (name, draw, party, nonce) => digest(name, join("dr1-commit\0", draw, "\0", party, "\0", nonce));
export const blinding = (name, blind) => digest(name, join("dr1-blind\0", blind));
export const ticket = (name, key, sid) => digest(name, join(key, "S", sid));
export const card = (name, key, round, pool, iid) => digest(name, join(key, "I", sized(round, 4), pool, "\0", iid));
export const sharing = (name, draw, party, share) => digest(name, join("dr1-share\0", draw, "\0", party, "\0", share));
export const keyOf = (name, seed, blind) => digest(name, join("dr1-key\0", seed, blind));

export function seedOf(name, manifest, contributions) {
  const parts = contributions.flatMap(([who, value]) => {
    const called = utf8(who);
    return [sized(called.length, 2), called, ...(value ? [sized(value.length, 4), value] : [new Uint8Array(4).fill(255)])];
  });
  return digest(name, join("dr1-seed\0", digest(name, manifest), ...parts));
}

// ---- escrow of a nonce: Shamir over GF(2^8) with 0x11b ----

function times(a, b) {
  let product = 0;
  for (; b; b >>= 1, a = (a << 1) ^ (a & 0x80 ? 0x11b : 0)) if (b & 1) product ^= a;
  return product;
}

// Shares x ‖ 32 bytes for x = 1 … n; noise: (k - 1)·32 fresh random bytes, any k of the shares give the secret back.
export function split(secret, noise, n = 5) {
  const degree = noise.length / 32;
  if (secret.length !== 32 || !noise.length || noise.length % 32 || !(1 + degree <= n && n <= 255)) throw new Refused("escrow", { secret: secret.length, noise: noise.length, shares: n });
  const at = (x, j) => {
    let value = 0;
    for (let row = degree - 1; row >= 0; row--) value = times(value ^ noise[row * 32 + j], x);
    return value ^ secret[j];
  };
  return Array.from({ length: n }, (_, i) => Uint8Array.from({ length: 33 }, (_, j) => (j ? at(i + 1, j - 1) : i + 1)));
}

// ---- public values ----

const SHAPES = { pot: "[^ ]{1,200}", kl8: "[1-9][0-9]{0,14}", pl5: "[1-9][0-9]{0,14}", drand: `${HEX} [1-9][0-9]{0,9}`, dice: "[^ ]{1,200}" };

function beaconOf(text) {
  const cut = (text + " ").indexOf(" "), kind = text.slice(0, cut), rest = text.slice(cut + 1);
  if (!Object.hasOwn(SHAPES, kind)) throw new Refused("beacon_kind", { kind });
  if (!new RegExp(`^(?:${SHAPES[kind]})$`, "u").test(rest)) throw new Refused("beacon_shape", { beacon: text });
  return { kind, rest, name: `${kind} ${rest}`, quicknet: kind === "drand" && rest.startsWith(QUICKNET), round: Number(rest.split(" ")[1]) };
}

function checkValue(one, value) {
  const text = latin.decode(value), numbers = text.split(" ");
  const good = one.kind === "pot" ? value.length === 32
    : one.kind === "drand" ? value.length === 48
    : one.kind === "kl8" ? numbers.length === 20 && numbers.every((n, i) => /^(?:0[1-9]|[1-7][0-9]|80)$/.test(n) && (!i || numbers[i - 1] < n))
    : /^[0-9](?: [0-9])*$/.test(text) && (one.kind === "dice" || value.length === 9);
  if (!good) throw new Refused("beacon_value", { beacon: one.name });
}

const logChoose = (n, k) => Array.from({ length: k }, (_, i) => Math.log2((n - i) / (i + 1))).reduce((a, b) => a + b, 0);

function bitsOf(one, value) {
  if (one.kind === "kl8") return logChoose(80, 20);
  if (one.kind === "pl5") return Math.log2(1e5);
  if (one.kind === "dice") return Math.log2(10) * (value ? (value.length + 1) >> 1 : 20);
  return one.quicknet ? 256 : 0;
}

function checkBits(bits) {
  if (bits < LEAST_BITS) throw new Refused("bits", { bits: bits.toFixed(1), least: LEAST_BITS });
  return bits;
}

export const gain = (bits, chance, tries = 60) => Math.sqrt((2 * tries * Math.LN2 * (1 - chance)) / chance) * 2 ** (-bits / 2);
const PARTS = ["一", "十", "百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿"]; // 10^0 to 10^12

export function rarely(share) {
  const [digit, power] = share.toExponential(0).split("e-").map(Number);
  if (power >= PARTS.length) return { zh: `不到${PARTS.at(-1)}分之 1`, en: `less than 1 in ${(10 ** (PARTS.length - 1)).toLocaleString("en")}` };
  return { zh: `${PARTS[power]}分之 ${digit}`, en: `${digit} in ${(10 ** power).toLocaleString("en")}` };
}

// ---- the manifest and the reveal ----

function manifestOf(raw) {
  const lines = textOf(raw, "manifest_bytes", /[\x00-\x09\x0b-\x1f\x7f\ufeff]/);
  const one = (at, wanted, shape) => {
    if (at >= lines.length || !new RegExp(`^(?:${shape})$`, "u").test(lines[at])) throw new Refused("manifest_line", { line: at + 1, wanted });
    return lines[at].slice((lines[at] + " ").indexOf(" ") + 1);
  };
  one(0, "dr1-manifest", "dr1-manifest");
  const made = { raw, files: {}, parties: new Map(), beacons: [] };
  made.draw = one(1, "draw", "draw [!-~]{1,200}/[0-9]{4}-[0-9]{1,15}");
  made.hash = one(2, "hash", "hash (?:sha256|sm3)");
  made.reserve = Number(one(3, "reserve", `reserve ${NUMBER}`));
  KINDS.forEach((kind, i) => {
    const [count, hash] = one(4 + i, kind, `${kind} ${NUMBER} ${HEX}`).split(" ");
    made.files[kind] = { lines: Number(count), hash: unhex(hash) };
  });
  const blind = one(9, "blind", `blind (?:${HEX}|-)`);
  made.blind = blind === "-" ? null : unhex(blind);
  for (let at = 10; at < lines.length - 1; at++) {
    const found = lines[at].match(new RegExp(`^party ([^ ]{1,200}) (${HEX})$`, "u"));
    if (found && !made.beacons.length) {
      if (made.parties.has(found[1])) throw new Refused("twice", { name: `party ${found[1]}` });
      made.parties.set(found[1], unhex(found[2]));
    } else if (lines[at].startsWith("beacon ")) {
      const beacon = beaconOf(lines[at].slice(7));
      if (made.beacons.some((other) => other.name === beacon.name)) throw new Refused("twice", { name: lines[at] });
      if (beacon.kind === "pot" && made.beacons.length) throw new Refused("pot_first");
      made.beacons.push(beacon);
    } else throw new Refused("manifest_line", { line: at + 1, wanted: made.beacons.length ? "beacon" : "party" });
  }
  const day = "[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
  const said = one(Math.max(10, lines.length - 1), "closes", `closes ${day}(?:\\.[0-9]+)?(?:Z|\\+00:00)`).slice(0, 19);
  made.closes = Date.parse(`${said}Z`);
  if (Number.isNaN(made.closes) || stamp(made.closes) !== `${said}Z` || said.startsWith("0000")) throw new Refused("manifest_line", { line: lines.length, wanted: "closes" });
  if (made.parties.size < 3) throw new Refused("parties", { n: made.parties.size });
  checkBits(made.beacons.reduce((sum, beacon) => sum + bitsOf(beacon), 0));
  return made;
}

const stamp = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

function revealOf(raw, made) {
  const known = new Set([...[...made.parties.keys()].map((p) => `party\t${p}`), ...made.beacons.map((b) => `beacon\t${b.name}`)]);
  if (made.blind) known.add("blind\t-");
  const seen = new Map();
  textOf(raw, "reveal_bytes", /[\x00-\x08\x0b-\x1f\x7f\ufeff]/).forEach((line, at) => {
    const fields = line.split("\t"), name = `${fields[0]}\t${fields[1]}`;
    if (fields.length !== 3 || !/^(?:[0-9a-f]{2})+$/.test(fields[2])) throw new Refused("reveal_line", { line: at + 1 });
    if (!known.has(name)) throw new Refused("reveal_unknown", { line: at + 1, name: name.replace("\t", " ") });
    if (seen.has(name)) throw new Refused("twice", { name: name.replace("\t", " ") });
    seen.set(name, unhex(fields[2]));
  });
  if (made.blind && !seen.has("blind\t-")) throw new Refused("blind_missing");
  for (const beacon of made.beacons) if (!seen.has(`beacon\t${beacon.name}`)) throw new Refused("beacon_missing", { beacon: beacon.name });
  return { blind: seen.get("blind\t-") || new Uint8Array(0), nonce: (p) => seen.get(`party\t${p}`), value: (b) => seen.get(`beacon\t${b.name}`) };
}

function checkParties(made, opened) {
  const late = [];
  for (const [party, promised] of made.parties) {
    const nonce = opened.nonce(party);
    if (!nonce) late.push(party);
    else if (nonce.length !== 32 || !equal(commitment(made.hash, made.draw, party, nonce), promised)) throw new Refused("nonce", { party });
  }
  return late;
}

function checkBlind(made, opened) {
  if (made.blind && (opened.blind.length !== 32 || !equal(blinding(made.hash, opened.blind), made.blind))) throw new Refused("blind");
}

function checkValues(made, opened) {
  for (const beacon of made.beacons) checkValue(beacon, opened.value(beacon));
  return checkBits(made.beacons.reduce((sum, beacon) => sum + bitsOf(beacon, opened.value(beacon)), 0));
}

// ---- the five files ----

function rowsOf(kind, draw, raw, wide) {
  let marks = new Int32Array(1 << 16), n = 0, lines = -1;
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at];
    if (byte > 0x20 && byte < 0x7f) continue;
    if (byte === 10) lines++;
    else if (byte !== 9) throw new Refused("byte", { file: kind, line: lines + 2, byte: byte.toString(16).padStart(2, "0") });
    if (n === marks.length) { const more = new Int32Array(n * 2); more.set(marks); marks = more; }
    marks[n++] = at;
  }
  if (!raw.length || raw[raw.length - 1] !== 10) throw new Refused("last_lf", { file: kind });
  const text = latin.decode(raw), end = text.indexOf("\n");
  const head = text.slice(0, end).match(/^dr1-([a-z]+)\t([!-~]+)\t(0|[1-9][0-9]{0,14})$/);
  if (!head || head[1] !== kind) throw new Refused("header", { file: kind });
  if (head[2] !== draw) throw new Refused("header_draw", { file: kind, said: head[2], draw });
  if (Number(head[3]) !== lines) throw new Refused("header_count", { file: kind, said: Number(head[3]), found: lines });
  const field = (row, column) => {
    const at = 3 + row * wide + column;
    return text.slice(marks[at - 1] + 1, marks[at]);
  };
  if (wide) {
    for (let at = 3, column = 0; at < n; at++) {
      const last = ++column === wide;
      if ((raw[marks[at]] === 10) !== last || marks[at] === marks[at - 1] + 1) throw new Refused("fields", { file: kind, line: 2 + Math.floor((at - 3) / wide) });
      if (last) column = 0;
    }
  }
  const start = (row) => marks[2 + row * wide] + 1, stop = (row) => marks[3 + row * wide];  // of the first field, in raw
  return { lines, field, start, stop, raw, rest: text.slice(end + 1) };
}

function checkIds(file, rows) {
  for (let row = 0; row < rows.lines; row++) if (rows.field(row, 0).length > 22) throw new Refused("id", { file, line: row + 2 });
  for (let row = 1, last = rows.lines && rows.field(0, 0); row < rows.lines; row++) {
    const id = rows.field(row, 0);
    if (!(last < id)) throw new Refused(last === id ? "double" : "order", { file, line: row + 2, id });
    last = id;
  }
}

function checkSealed(made, file, raw, lines) {
  if (!equal(digest(made.hash, raw), made.files[file].hash)) throw new Refused("file_hash", { file });
  checkCount(made, file, lines);
}

function checkCount(made, file, found) {
  const said = made.files[file].lines;
  if (said !== found) throw new Refused("manifest_count", { file, said, found });
}

const listOf = (kind, wide) => (made, raw) => {
  const rows = rowsOf(kind, made.draw, raw, wide);
  checkIds(kind, rows);
  checkSealed(made, kind, raw, rows.lines);
  return rows;
};

const PAIR = /^([!-~]{1,22})\t([!-~]{1,22})\t([CH])(?:\t([0-9a-f]{32}))?$/;

function avoidOf(made, raw) {
  const { rest, lines } = rowsOf("avoid", made.draw, raw, 0);
  const texts = rest.split("\n").slice(0, -1);
  const pairs = texts.map((text, at) => {
    const found = text.match(PAIR);
    if (found) return found;
    const fields = text.split("\t"), line = at + 2;
    if (fields.length < 3 || fields.length > 4 || fields.includes("")) throw new Refused("fields", { file: "avoid", line });
    throw new Refused(Math.max(fields[0].length, fields[1].length) > 22 ? "id" : "avoid_code", { file: "avoid", line });
  });
  for (let at = 1; at < pairs.length; at++) {
    const [, a, b] = pairs[at - 1], [, c, d] = pairs[at];
    if (a === c && b === d) throw new Refused("double", { file: "avoid", line: at + 2, id: `${c} ${d}` });
    if (`${a}\t${b}` > `${c}\t${d}`) throw new Refused("order", { file: "avoid", line: at + 2, id: `${c} ${d}` });
  }
  const rooted = pairs.every((pair) => pair[4]) && equal(rootOf(made.hash, texts), made.files.avoid.hash);
  if (!rooted) checkSealed(made, "avoid", raw, lines);
  checkCount(made, "avoid", lines);
  return pairs.map(([, sid, iid, code]) => ({ sid, iid, code }));
}

function rootOf(name, texts) {
  let level = texts.map((text) => digest(name, join("\0", text)));
  if (!level.length) return digest(name, new Uint8Array(0));
  while (level.length > 1) {
    const above = [];
    for (let i = 0; i < level.length; i += 2) above.push(i + 1 < level.length ? digest(name, join("\x01", level[i], level[i + 1])) : level[i]);
    level = above;
  }
  return level[0];
}

function rises(name, leaf, index, size, way, root) {
  let here = index, last = size - 1, now = leaf;
  if (index >= size) return false;
  for (const beside of way) {
    if (!last) return false;
    if (here % 2 || here === last) {
      now = digest(name, join("\x01", beside, now));
      while (here % 2 === 0 && here) { here /= 2; last = Math.floor(last / 2); }
    } else now = digest(name, join("\x01", now, beside));
    here = Math.floor(here / 2);
    last = Math.floor(last / 2);
  }
  return !last && equal(now, root);
}

function appliedOf(made, raw) {
  const rows = rowsOf("applied", made.draw, raw, 6), sealed = made.files.avoid, pairs = [];
  for (let row = 0, before = -1; row < rows.lines; row++) {
    const [index, ...line] = [0, 1, 2, 3, 4].map((column) => rows.field(row, column)), way = rows.field(row, 5), text = line.join("\t");
    if (!/^(?:0|[1-9][0-9]{0,14})$/.test(index) || !PAIR.test(text) || !/^(?:-|[0-9a-f]{64}(?:,[0-9a-f]{64})*)$/.test(way)) throw new Refused("applied_line", { line: row + 2 });
    const place = Number(index), steps = way === "-" ? [] : way.split(",").map(unhex);
    if (place <= before || !rises(made.hash, digest(made.hash, join("\0", text)), place, sealed.lines, steps, sealed.hash)) throw new Refused("applied_proof", { line: row + 2 });
    before = place;
    pairs.push({ sid: line[0], iid: line[1], code: line[2] });
  }
  return pairs;
}

function planOf(made, raw) {
  const rows = rowsOf("plan", made.draw, raw, 5), plan = new Map();
  const slot = new RegExp(`^([^:,]+):(${NUMBER})(?::(${NUMBER}))?$`), number = new RegExp(`^${NUMBER}$`);
  for (let row = 0; row < rows.lines; row++) {
    const [stratum, num, den, min, text] = [0, 1, 2, 3, 4].map((column) => rows.field(row, column)), line = row + 2;
    if (plan.has(stratum)) throw new Refused("double", { file: "plan", line, id: stratum });
    if (![num, den, min].every((n) => number.test(n)) || den === "0") throw new Refused("plan_number", { line });
    const slots = text === "-" ? [] : text.split(",").map((one) => {
      const found = one.match(slot);
      if (!found) throw new Refused("plan_slot", { line });
      return { pool: found[1], count: Number(found[2]), cap: found[3] === undefined ? Infinity : Number(found[3]) };
    });
    const share = (n) => (BigInt(n) * BigInt(num) + BigInt(den) - 1n) / BigInt(den);
    plan.set(stratum, { slots, drawn: (n) => Math.min(n, Math.max(Number(min), Number(share(n)))) });
  }
  checkSealed(made, "plan", raw, rows.lines);
  return plan;
}

function checkApart(listed, leftOut) {
  for (let a = 0, b = 0; a < listed.lines && b < leftOut.lines;) {
    const one = listed.field(a, 0), other = leftOut.field(b, 0);
    if (one === other) throw new Refused("both", { id: one });
    if (one < other) a++;
    else b++;
  }
}

function checkPlanned(listed, plan) {
  const without = new Set();
  for (let row = 0; row < listed.lines; row++) if (!plan.has(listed.field(row, 1))) without.add(listed.field(row, 1));
  if (without.size) throw new Refused("unplanned", { stratum: [...without].sort()[0] });
}

// ---- tickets, selection, dealing ----

function ticketsOf(name, key, listed) {
  const { block, start } = HASHES[name], all = new Int32Array(listed.lines * 8), h = new Int32Array(8), view = new DataView(key.buffer, key.byteOffset);
  const first = Int32Array.from({ length: 8 }, (_, i) => view.getInt32(i * 4));
  for (let row = 0; row < listed.lines; row++) {
    const at = listed.start(row), n = listed.stop(row) - at;
    W.fill(0, 8, 16);
    for (let i = 0; i < 8; i++) W[i] = first[i];
    W[8] = 0x53000000;
    for (let i = 0, p = 1; i < n; i++, p++) W[8 + (p >> 2)] |= listed.raw[at + i] << (24 - (p & 3) * 8);
    W[8 + ((n + 1) >> 2)] |= 0x80 << (24 - ((n + 1) & 3) * 8);
    W[15] = (33 + n) * 8;
    h.set(start);
    block(h);
    all.set(h, row * 8);
  }
  return all;
}

function selectOf(name, key, listed, plan, reserve) {
  const tickets = ticketsOf(name, key, listed), strata = [...plan.keys()].sort(), numbers = new Map(strata.map((s, i) => [s, i]));
  const members = strata.map(() => []);
  for (let row = 0; row < listed.lines; row++) members[numbers.get(listed.field(row, 1))].push(row);
  const order = (a, b) => {
    for (let i = 0; i < 8; i++) {
      const x = tickets[a * 8 + i] >>> 0, y = tickets[b * 8 + i] >>> 0;
      if (x !== y) return x < y ? -1 : 1;
    }
    return a - b;
  };
  const lot = (stratum) => (row) => ({ row, sid: listed.field(row, 0), stratum, ticket: hex(bytesOf(tickets.subarray(row * 8, row * 8 + 8))) });
  const drawn = [], reserves = new Map(), shares = new Map();
  strata.forEach((stratum, i) => {
    const n = plan.get(stratum).drawn(members[i].length), first = smallest(members[i], tickets, n + reserve).sort(order);
    drawn.push(...first.slice(0, n).map(lot(stratum)));
    reserves.set(stratum, first.slice(n, n + reserve).map(lot(stratum)));
    shares.set(stratum, { drawn: n, listed: members[i].length });
  });
  return { drawn: drawn.sort((a, b) => order(a.row, b.row)), reserves, shares };
}

// A superset of the n smallest, by the first 16 bits of the tickets: sorting all would take longest.
function smallest(rows, tickets, n) {
  if (rows.length < 4 * n || rows.length < 1000) return rows;
  const counts = new Int32Array(65536);
  for (const row of rows) counts[tickets[row * 8] >>> 16]++;
  let limit = 0;
  for (let sum = counts[0]; sum < n; sum += counts[limit]) limit++;
  return rows.filter((row) => tickets[row * 8] >>> 16 <= limit);
}

function dealOf(name, key, drawn, people, avoid, plan) {
  const barred = new Map(drawn.map(({ sid }) => [sid, new Map()])), members = new Map(), decks = new Map();
  for (const { sid, iid, code } of avoid) barred.get(sid)?.set(iid, code);
  for (let row = 0; row < people.lines; row++) {
    const pool = people.field(row, 1);
    members.set(pool, [...(members.get(pool) || []), people.field(row, 0)]);
  }
  const shuffled = (deck, pool, cap) => {
    const held = (iid) => (deck.dealt.get(iid) || 0) + deck.cards.filter((waiting) => waiting === iid).length;
    const start = join(key, "I", sized(deck.rounds++, 4), pool, "\0");
    return (members.get(pool) || []).filter((iid) => cap === Infinity || held(iid) < cap)
      .map((iid) => [digest(name, join(start, iid)), iid])
      .sort((a, b) => lower(a[0], b[0]) || below(a[1], b[1])).map((pair) => pair[1]);
  };
  return drawn.map(({ sid, stratum }) => {
    const team = [], skips = new Map();
    let short = 0;
    for (const { pool, count, cap } of plan.get(stratum).slots) {
      if (!decks.has(pool)) decks.set(pool, { cards: [], rounds: 0, dealt: new Map() });
      const deck = decks.get(pool);
      let missing = count, appended = 0;
      for (let at = 0; missing;) {
        if (at === deck.cards.length) {
          if (appended++ === 2) break;
          deck.cards.push(...shuffled(deck, pool, cap));
          continue;
        }
        const iid = deck.cards[at], code = barred.get(sid).get(iid);
        if (team.includes(iid)) at++;
        else if (code) { at++; if (!skips.has(iid)) skips.set(iid, code); }
        else {
          deck.cards.splice(at, 1);
          team.push(iid);
          deck.dealt.set(iid, (deck.dealt.get(iid) || 0) + 1);
          missing--;
        }
      }
      short += missing;
    }
    return { team, skips: [...skips].map((pair) => pair.join(":")), short };
  });
}

function drawOf(made, opened, read) {
  const contributions = [...[...made.parties.keys()].map((p) => [p, opened.nonce(p)]), ...made.beacons.map((b) => [b.name, opened.value(b)])];
  const seed = seedOf(made.hash, made.raw, contributions), key = keyOf(made.hash, seed, opened.blind);
  const { drawn, reserves, shares } = selectOf(made.hash, key, read.subjects, read.plan, made.reserve);
  const teams = dealOf(made.hash, key, drawn, read.inspectors, read.avoid, read.plan);
  const lines = [["dr1-result", made.draw, drawn.length, hex(seed), hex(key)]];
  drawn.forEach((lot, i) => lines.push([i + 1, lot.sid, lot.stratum, lot.ticket, teams[i].team.join(",") || "-", teams[i].skips.join(",") || "-", teams[i].short]));
  for (const lots of reserves.values()) lots.forEach((lot, j) => lines.push([`R${j + 1}`, lot.sid, lot.stratum, lot.ticket, "-", "-", 0]));
  return { draw: made.draw, listed: read.subjects, seed, key, drawn, teams, reserves, shares, result: utf8(lines.map((line) => `${line.join("\t")}\n`).join("")) };
}

// Was this subject on the list, in which class, with what chance, and how did it come out? null if not listed.
export function find(done, id) {
  for (let row = 0; row < done.listed.lines; row++) {
    if (done.listed.field(row, 0) !== id) continue;
    const stratum = done.listed.field(row, 1), at = (lots) => lots.findIndex((lot) => lot.sid === id) + 1;
    return { stratum, ...done.shares.get(stratum), rank: at(done.drawn), reserve: at(done.reserves.get(stratum)) };
  }
  return null;
}

function fileOf(files, name) {
  if (!Object.hasOwn(files, name)) throw new Refused("missing", { file: name });
  return files[name];
}

const READ = { subjects: listOf("subjects", 2), excluded: listOf("excluded", 3), inspectors: listOf("inspectors", 2), avoid: avoidOf, plan: planOf };
const onlyApplied = (files) => Object.hasOwn(files, "applied.tsv") && !Object.hasOwn(files, "avoid.tsv");

export function compute(files) {
  for (const name of ["manifest.txt", "subjects.tsv", "excluded.tsv", "inspectors.tsv", "plan.tsv", "reveal.txt"]) fileOf(files, name);
  const made = manifestOf(files["manifest.txt"]), read = {};
  for (const kind of KINDS) read[kind] = kind === "avoid" && onlyApplied(files) ? appliedOf(made, files["applied.tsv"]) : READ[kind](made, fileOf(files, `${kind}.tsv`));
  checkApart(read.subjects, read.excluded);
  checkPlanned(read.subjects, read.plan);
  const opened = revealOf(files["reveal.txt"], made);
  checkParties(made, opened);
  checkBlind(made, opened);
  checkValues(made, opened);
  return drawOf(made, opened, read);
}

// ---- the checks of a stranger ----

// known = {registry: [id], announced: {name: {value: Uint8Array, moment: ms}}, logged: {cosigned: [ms], rivals: [name]},
//   bls: (message, signature) => is it quicknet's? (bls.js)}
export function verify(files, known = {}) {
  const checks = [];
  const enter = (name, work, told) => {
    let found;
    try {
      found = work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      checks.push({ name, verdict: error instanceof Unshown ? "open" : "bad", code: error.code, zh: error.zh, en: error.en });
      return null;
    }
    const [code, facts] = told(found);
    checks.push({ name, verdict: "ok", code, ...say(code, facts) });
    return { found };
  };
  const leave = (...names) => names.forEach((name) => checks.push({ name, verdict: "open", code: "open_reached", ...say("open_reached") }));
  const made = enter("manifest", () => manifestOf(fileOf(files, "manifest.txt")),
    (m) => ["ok_manifest", { draw: m.draw, parties: m.parties.size, beacons: m.beacons.map((b) => b.name).join(" + ") }])?.found;
  if (!made) {
    leave(...KINDS, "apart", "planned", "registry", "reveal", "logged", "rivals", "result");
    return checks;
  }
  const read = verifyFiles(made, files, known, enter, leave), opened = verifyReveal(made, files, known, enter, leave);
  enter("late", () => early(made, known), () => ["ok_late"]);
  enter("logged", () => witnessed(made, known.logged), (n) => ["ok_logged", { n }]);
  enter("rivals", () => alone(known.logged), () => ["ok_rivals"]);
  if (!read || !opened) leave("result");
  else {
    enter("result", () => same(drawOf(made, opened, read), fileOf(files, "result.tsv")),
      (d) => ["ok_result", { drawn: d.drawn.length, reserves: [...d.reserves.values()].reduce((n, lots) => n + lots.length, 0) }]);
  }
  return checks;
}

export function verdict(checks) {
  const found = new Set(checks.map((check) => check.verdict));
  return found.has("bad") ? "bad" : found.has("open") ? "open" : "ok";
}

function verifyFiles(made, files, known, enter, leave) {
  const read = {};
  let sound = true;
  for (const kind of KINDS) {
    const done = kind === "avoid" && onlyApplied(files)
      ? enter("avoid", () => appliedOf(made, files["applied.tsv"]), (pairs) => ["ok_applied", { lines: pairs.length }])
      : enter(kind, () => READ[kind](made, fileOf(files, `${kind}.tsv`)), () => ["ok_file", { file: kind, lines: made.files[kind].lines }]);
    if (done) read[kind] = done.found;
    else sound = false;
  }
  if (!sound) {
    leave("apart", "planned", "registry");
    return null;
  }
  const apart = enter("apart", () => checkApart(read.subjects, read.excluded), () => ["ok_apart"]);
  const planned = enter("planned", () => checkPlanned(read.subjects, read.plan), () => ["ok_planned"]);
  enter("registry", () => complete(read, known.registry), (n) => ["ok_registry", { n }]);
  return apart && planned ? read : null;
}

function verifyReveal(made, files, known, enter, leave) {
  const opened = enter("reveal", () => revealOf(fileOf(files, "reveal.txt"), made), () => ["ok_reveal"])?.found;
  if (!opened) {
    leave("parties", "values", "announced");
    return null;
  }
  const done = [enter("parties", () => checkParties(made, opened), (late) => (late.length ? ["ok_parties_but", { names: late.join(", ") }] : ["ok_parties"]))];
  if (made.blind) done.push(enter("blind", () => checkBlind(made, opened), () => ["ok_blind"]));
  done.push(enter("values", () => checkValues(made, opened), (bits) => ["ok_values", { bits: bits.toFixed(1), gain: rarely(gain(bits, 0.03)) }]));
  const sound = done.every(Boolean);
  if (made.beacons[0].kind === "pot") enter("pot", () => checkPot(made, opened, files), () => ["ok_pot"]);
  if (!sound) {
    leave("announced");
    return null;
  }
  enter("announced", () => checkAnnounced(made, opened, known.announced || {}), () => ["ok_announced"]);
  const signed = made.beacons.filter((beacon) => beacon.kind === "drand");
  if (signed.length) enter("drand", () => checkDrand(signed, opened, known.bls), () => ["ok_drand"]);
  return opened;
}

function complete(read, registry) {
  if (!registry) throw new Unshown("open_registry");
  const there = new Set(registry), here = new Set();
  for (const rows of [read.subjects, read.excluded]) for (let row = 0; row < rows.lines; row++) here.add(rows.field(row, 0));
  const less = [...there].filter((id) => !here.has(id)).length, more = [...here].filter((id) => !there.has(id)).length;
  if (less || more) throw new Refused("registry", { less, more });
  return there.size;
}

function checkPot(made, opened, files) {
  if (!Object.hasOwn(files, "pot.txt")) throw new Unshown("open_pot");
  if (!equal(digest(made.hash, files["pot.txt"]), opened.value(made.beacons[0]))) throw new Refused("pot");
}

const fallen = (made) => made.beacons.filter((beacon) => beacon.kind !== "pot");
const shown = (value) => (value.every((byte) => byte < 128) ? latin.decode(value) : hex(value));

function checkAnnounced(made, opened, announced) {
  const asked = [];
  for (const beacon of fallen(made)) {
    const value = opened.value(beacon), said = announced[beacon.name];
    if (said && !equal(said.value, value)) throw new Refused("announced", { beacon: beacon.name, written: shown(value), said: shown(said.value) });
    if (!said && beacon.kind !== "drand") asked.push(`${beacon.name} = ${shown(value)}`);
  }
  if (asked.length) throw new Unshown("open_announced", { values: asked.join("; ") });
}

function checkDrand(signed, opened, bls) {
  for (const beacon of signed) {
    if (!beacon.quicknet) throw new Refused("drand_chain", { beacon: beacon.name });
    if (!bls) throw new Unshown("open_drand");
    if (!bls(digest("sha256", sized(beacon.round, 8)), opened.value(beacon))) throw new Refused("drand", { beacon: beacon.name });
  }
}

function early(made, { announced = {} }) {
  let unknown = null;
  for (const beacon of fallen(made)) {
    const moment = beacon.quicknet ? (GENESIS + (beacon.round - 1) * PERIOD) * 1000 : announced[beacon.name]?.moment;
    if (moment === undefined || moment === null) unknown ||= beacon;
    else if (moment - made.closes < HALF_HOUR) throw new Refused("late", { beacon: beacon.name, closes: stamp(made.closes), moment: stamp(moment) });
  }
  if (unknown) throw new Unshown("open_late", { beacon: unknown.name, closes: stamp(made.closes) });
}

function witnessed(made, logged) {
  if (!logged) throw new Unshown("open_logged");
  const n = logged.cosigned.filter((moment) => moment < made.closes).length;
  if (n < WITNESSES) throw new Refused("unwitnessed", { n });
  return n;
}

function alone(logged) {
  if (!logged?.rivals) throw new Unshown("open_rivals");
  if (logged.rivals.length) throw new Refused("rivals", { names: [...logged.rivals].sort().join(", ") });
}

function same(drawn, written) {
  if (equal(written, drawn.result)) return drawn;
  if (written[written.length - 1] !== 10) throw new Refused("last_lf", { file: "result" });
  const theirs = latin.decode(written).slice(0, -1).split("\n"), ours = latin.decode(drawn.result).slice(0, -1).split("\n");
  for (let line = 0; line < Math.min(theirs.length, ours.length); line++) {
    if (theirs[line] === ours[line]) continue;
    const a = theirs[line].split("\t"), b = ours[line].split("\t");
    let at = 0;
    while (at < Math.min(a.length, b.length) && a[at] === b[at]) at++;
    throw new Refused("result_field", { line: line + 1, field: at + 1, written: a[at] ?? "-", found: b[at] ?? "-" });
  }
  throw new Refused("result_lines", { written: theirs.length, found: ours.length });
}

// ---- what it says, the same as in Python ----

export const SAYS = {
  missing: ["缺文件 {file}", "the file {file} is missing"],
  byte: ["{file} 第 {line} 行有不许的字节 {byte}：只许可见 ASCII 字符、TAB 和 LF，不许空格、回车、BOM", "{file}, line {line}: byte {byte} is not allowed; only visible ASCII, TAB and LF are, no blank, CR or BOM"],
  last_lf: ["{file} 最后一行没有换行", "the last line of {file} has no LF"],
  header: ["{file} 的首行不是“dr1-{file} 编号 行数”", "the first line of {file} is not “dr1-{file} number lines”"],
  header_draw: ["{file} 的首行写的是抽取 {said}，清单是 {draw}", "the first line of {file} names the draw {said}, the manifest {draw}"],
  header_count: ["{file} 的首行写 {said} 行，实有 {found} 行", "the first line of {file} says {said} lines, there are {found}"],
  fields: ["{file} 第 {line} 行的栏数不对或有空栏", "{file}, line {line}: wrong number of fields, or an empty one"],
  id: ["{file} 第 {line} 行的编号超过 22 个字节", "{file}, line {line}: an id has more than 22 bytes"],
  order: ["{file} 第 {line} 行的 {id} 没有按字节从小到大排", "{file}, line {line}: {id} does not stand in ascending byte order"],
  double: ["{file} 第 {line} 行的 {id} 重复", "{file}, line {line}: {id} stands there twice"],
  file_hash: ["{file} 不是清单登记的那一份：杂凑值不同", "{file} is not the one the manifest fixed: its hash differs"],
  manifest_count: ["{file}：清单写 {said} 行，实有 {found} 行", "{file}: the manifest says {said} lines, there are {found}"],
  avoid_code: ["回避表第 {line} 行：代码只许 C 或 H，盐是 32 位小写十六进制", "avoid, line {line}: the code is C or H, the salt 32 lower-case hex digits"],
  both: ["{id} 既在名录里又在排除名单里", "{id} is both listed and excluded"],
  unplanned: ["类别 {stratum} 在方案里没有一行", "the class {stratum} has no line in the plan"],
  plan_number: ["方案第 {line} 行的比例或下限不是数，或者分母是 0", "plan, line {line}: ratio or minimum is not a number, or the denominator is 0"],
  plan_slot: ["方案第 {line} 行的人员池写法不对，应是 池:人数[:上限]，用逗号分开，或者 -", "plan, line {line}: pools are written pool:count[:cap] with commas, or -"],
  applied_line: ["已用回避对第 {line} 行的写法不对", "applied, line {line}: not an index, a pair, a salt and a path"],
  applied_proof: ["已用回避对第 {line} 行的证明不通向清单里的根，或者次序不对", "applied, line {line}: its path does not lead to the root in the manifest, or it is out of order"],
  manifest_bytes: ["清单不是以 LF 结尾的 UTF-8 文本，或含 TAB、回车、BOM", "the manifest is not UTF-8 text ending in LF, or holds a TAB, CR or BOM"],
  manifest_line: ["清单第 {line} 行应是 {wanted}", "manifest, line {line}: {wanted} is wanted here"],
  parties: ["只有 {n} 方出随机数，至少要三方", "{n} parties give a nonce, at least three must"],
  twice: ["{name} 出现两次", "{name} stands there twice"],
  pot_first: ["公众池要写在其他公开值之前：它在截止时已经知道", "the pot stands before the other public values: it is known when nonces close"],
  beacon_kind: ["不认识的公开值 {kind}", "unknown public value {kind}"],
  beacon_shape: ["公开值“{beacon}”的写法不对", "the public value “{beacon}” is not written as its kind is"],
  bits: ["公开值合计 {bits} 比特，少于 {least} 比特：可以反复试名单挑结果，不许抽", "the public values hold {bits} bits together, fewer than {least}: rosters could be tried until one suits, so there is no draw"],
  reveal_bytes: ["开启文件不是以 LF 结尾的 UTF-8 文本，或含回车、BOM", "the reveal is not UTF-8 text ending in LF, or holds a CR or BOM"],
  reveal_line: ["开启文件第 {line} 行不是“种类 名称 小写十六进制”", "reveal, line {line}: not kind, name and lower-case hex"],
  reveal_unknown: ["开启文件第 {line} 行的“{name}”不在清单里", "reveal, line {line}: “{name}” is not in the manifest"],
  nonce: ["{party} 开出的随机数不是它承诺的那一个", "{party} opened a nonce that is not the one it committed to"],
  blind: ["开出的遮盖值不是清单承诺的那一个", "the blind opened is not the one the manifest committed to"],
  blind_missing: ["遮盖值还没有开启：检查办完以后才能复算", "the blind is not opened yet: the draw can be redone when the inspections are done"],
  beacon_missing: ["公开值“{beacon}”还没有写进开启文件", "the public value “{beacon}” is not in the reveal yet"],
  beacon_value: ["“{beacon}”的值不是这一种公开值会有的", "the value of “{beacon}” is none that this kind can have"],
  registry: ["名录加排除名单与登记底册不符：底册有而这里没有的 {less} 个，这里有而底册没有的 {more} 个", "listed and excluded do not make up the register: {less} are missing, {more} are not on it"],
  pot: ["公众池文件的杂凑值不是写进去的那一个", "the hash of the pot file is not the value entered"],
  announced: ["“{beacon}”写的是 {written}，公告是 {said}", "“{beacon}” was entered as {written}, announced was {said}"],
  drand: ["“{beacon}”的签名验不过", "the signature of “{beacon}” does not verify"],
  drand_chain: ["“{beacon}”不是 quicknet 链，不能核验", "“{beacon}” is not of the chain quicknet and cannot be verified"],
  late: ["截止 {closes} 离“{beacon}”的产生 {moment} 不足 30 分钟", "nonces close at {closes}, less than 30 minutes before “{beacon}” falls at {moment}"],
  unwitnessed: ["截止以前只有 {n} 个见证签名，至少要两个", "{n} witnesses signed before nonces closed, at least two must"],
  rivals: ["同一方案期还有清单 {names}，没有登记作废", "there are other manifests of this plan period without a logged abort: {names}"],
  result_lines: ["结果有 {written} 行，复算有 {found} 行", "the result has {written} lines, redone it has {found}"],
  result_field: ["结果第 {line} 行第 {field} 栏写的是 {written}，复算是 {found}", "result, line {line}, field {field}: {written} is written, redone it is {found}"],
  escrow: ["托管要 32 字节的随机数和 32 字节整数倍的新噪声：现在是 {secret} 和 {noise}，分 {shares} 份", "an escrow takes 32 bytes and fresh noise in multiples of 32: these are {secret} and {noise}, for {shares} shares"],
  shares: ["要 {needed} 份不同的 33 字节分份，收到 {n} 份或有重复、写坏的", "{needed} different shares of 33 bytes are needed; {n} came, or some are alike or damaged"],
  share: ["第 {x} 份与其他各份不合", "share {x} does not fit the others"],
  ok_manifest: ["清单读得通：抽取 {draw}，{parties} 方出随机数，公开值 {beacons}", "the manifest reads: draw {draw}, {parties} parties, public values {beacons}"],
  ok_file: ["{file} 是清单登记的那一份，{lines} 行，次序和写法都对", "{file} is the one the manifest fixed, {lines} lines, order and writing are right"],
  ok_applied: ["回避表不公开；用到的 {lines} 对各有证明，通向清单里的根", "the avoid list is not public; the {lines} pairs that were applied each lead to the root in the manifest"],
  ok_apart: ["名录和排除名单没有重叠", "nobody is both listed and excluded"],
  ok_planned: ["每个类别在方案里都有一行", "every class has its line in the plan"],
  ok_registry: ["名录加排除名单正好是登记底册的 {n} 个", "listed and excluded are exactly the {n} of the register"],
  ok_reveal: ["开启文件读得通，公开值都在", "the reveal reads, every public value is there"],
  ok_parties: ["开出的随机数都是承诺的那一个", "every nonce opened is the one committed to"],
  ok_parties_but: ["开出的随机数都是承诺的那一个；没有按时开的：{names}", "every nonce opened is the one committed to; not opened in time: {names}"],
  ok_blind: ["遮盖值是清单承诺的那一个", "the blind is the one the manifest committed to"],
  ok_values: ["公开值写法都对，合计 {bits} 比特：就算试约一百亿亿份（2⁶⁰）名单，机会 3 % 的人最多多得{gain}（相对）", "the public values are well formed and hold {bits} bits: even with 2⁶⁰ rosters tried, a chance of 3 % gains at most {gain}, relatively"],
  ok_pot: ["公众池文件与写进去的杂凑值一致", "the pot file has the hash that was entered"],
  ok_announced: ["公开值与公告一致", "the public values are those announced"],
  ok_drand: ["drand 的签名验得过", "the drand signature verifies"],
  ok_late: ["截止在第一个公开值产生至少 30 分钟以前", "nonces closed at least 30 minutes before the first public value fell"],
  ok_logged: ["截止以前清单已经写进公开日志，有 {n} 个见证签名", "the manifest stood in the public log before nonces closed, with {n} witnesses"],
  ok_rivals: ["同一方案期没有别的清单", "there is no other manifest of this plan period"],
  ok_result: ["复算的结果逐字节相同：抽中 {drawn} 个，候补 {reserves} 个", "redone, the result is the same byte for byte: {drawn} drawn, {reserves} substitutes"],
  open_reached: ["前面有一项不成立或未定，这一项没有核对", "something before this does not hold, so this was not checked"],
  open_registry: ["没有登记底册，不能核对有没有漏人", "without the register nobody can tell here whether someone was left out"],
  open_pot: ["没有公众池文件 pot.txt，不能核对它的杂凑值", "without the file pot.txt its hash cannot be checked"],
  open_announced: ["请与官方公告对：{values}", "compare with the official announcement: {values}"],
  open_drand: ["这里没有核验 BLS 签名的程序库；可用任何 drand 客户端核验", "there is no library for BLS signatures here; any drand client verifies it"],
  open_late: ["“{beacon}”何时产生，要看公告；应在 {closes} 之后 30 分钟以上", "when “{beacon}” falls, the announcement says; it must be 30 minutes or more after {closes}"],
  open_logged: ["没有日志凭证，不能核对清单何时登记、有几个见证", "without a receipt of the log nobody can tell here when the manifest was logged and who witnessed it"],
  open_rivals: ["没有日志，不能核对同一方案期有没有别的清单", "without the log nobody can tell here whether there are other manifests of this plan period"],
};
