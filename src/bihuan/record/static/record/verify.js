// Checks receipts of the public record in the browser: no server, no library.
// verify(bytes, policy) answers {origin, index, size, seen, groups, entry} or throws Refused with what does not hold.
// Hashes are computed here; Ed25519 by the browser where it has it, else by the arithmetic at the end of this file.

export class Refused extends Error {
  constructor(zh, en) {
    super(`${zh} / ${en}`);
    this.zh = zh;
    this.en = en;
  }
}

export function need(holds, zh, en) {
  if (!holds) throw new Refused(zh, en);
}

const utf8 = new TextEncoder();

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of parts) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}

export const same = (a, b) => a.length === b.length && a.every((one, i) => one === b[i]);
const hex = (data) => Array.from(data, (one) => one.toString(16).padStart(2, "0")).join("");
export const bigEndian = (value, size) => Uint8Array.from({ length: size }, (_, i) => Number((BigInt(value) >> BigInt(8 * (size - 1 - i))) & 255n));
const toNumber = (data) => data.reduce((sum, one) => sum * 256n + BigInt(one), 0n);

export function unbase64(text, size = -1) {
  let raw = null;
  try {
    raw = atob(text);
  } catch {
    raw = null;
  }
  need(raw !== null && btoa(raw) === text, "base64 写得不对", "malformed base64");
  need(size < 0 || raw.length === size, "长度不对", "wrong length");
  return Uint8Array.from(raw, (one) => one.charCodeAt(0));
}

export function number(text) {
  need(/^(0|[1-9][0-9]{0,18})$/.test(text) && !text.includes("\n"), "数字写得不对", "malformed number");
  const value = BigInt(text);
  need(value < 1n << 63n, "数字太大", "number too large");
  return value;
}

// --- SHA-256, HMAC, SM3

const PRIMES = [];
for (let n = 2; PRIMES.length < 80; n += 1) if (PRIMES.every((p) => n % p)) PRIMES.push(n);
const root = (n, k, bits) => {
  // the first `bits` bits of the fraction of the k-th root of n
  const wanted = BigInt(n) << BigInt(k * bits);
  let low = 0n;
  let high = 1n << BigInt(bits + 10);
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** BigInt(k) <= wanted) low = middle;
    else high = middle - 1n;
  }
  return low & ((1n << BigInt(bits)) - 1n);
};
const K256 = PRIMES.slice(0, 64).map((p) => Number(root(p, 3, 32)));
const H256 = PRIMES.slice(0, 8).map((p) => Number(root(p, 2, 32)));

function padded(data, block) {
  const tail = block / 8;
  const whole = new Uint8Array(Math.ceil((data.length + 1 + tail) / block) * block);
  whole.set(data);
  whole[data.length] = 128;
  new DataView(whole.buffer).setBigUint64(whole.length - 8, BigInt(data.length) * 8n);
  return new DataView(whole.buffer);
}

const right = (x, n) => (x >>> n) | (x << (32 - n));
const left = (x, n) => (x << n) | (x >>> ((32 - n) & 31));

function words(list) {
  const out = new Uint8Array(list.length * 4);
  list.forEach((one, i) => new DataView(out.buffer).setUint32(4 * i, one >>> 0));
  return out;
}

export function sha256(data) {
  const view = padded(data, 64);
  const h = [...H256];
  const w = new Array(64);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(at + 4 * i) | 0;
    for (let i = 16; i < 64; i += 1) {
      const s0 = right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      const s1 = right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, z] = h;
    for (let i = 0; i < 64; i += 1) {
      const s1 = right(e, 6) ^ right(e, 11) ^ right(e, 25);
      const t1 = (z + s1 + ((e & f) ^ (~e & g)) + K256[i] + w[i]) | 0;
      const s0 = right(a, 2) ^ right(a, 13) ^ right(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [z, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, z].forEach((one, i) => {
      h[i] = (h[i] + one) | 0;
    });
  }
  return words(h);
}

export function hmac(key, data) {
  const pad = (byte) => Uint8Array.from({ length: 64 }, (_, i) => (key[i] || 0) ^ byte);
  return sha256(join(pad(0x5c), sha256(join(pad(0x36), data))));
}

export function sm3(data) {
  const view = padded(data, 64);
  const v = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
  const p0 = (x) => x ^ left(x, 9) ^ left(x, 17);
  const p1 = (x) => x ^ left(x, 15) ^ left(x, 23);
  const w = new Array(68);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(at + 4 * i) | 0;
    for (let i = 16; i < 68; i += 1) {
      w[i] = p1(w[i - 16] ^ w[i - 9] ^ left(w[i - 3], 15)) ^ left(w[i - 13], 7) ^ w[i - 6];
    }
    let [a, b, c, d, e, f, g, h] = v;
    for (let i = 0; i < 64; i += 1) {
      const first = i < 16;
      const s1 = left((left(a, 12) + e + left(first ? 0x79cc4519 : 0x7a879d8a, i % 32)) | 0, 7);
      const s2 = s1 ^ left(a, 12);
      const t1 = ((first ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + s2 + (w[i] ^ w[i + 4])) | 0;
      const t2 = ((first ? e ^ f ^ g : (e & f) | (~e & g)) + h + s1 + w[i]) | 0;
      [d, c, b, a, h, g, f, e] = [c, left(b, 9), a, t1, g, left(f, 19), e, p0(t2)];
    }
    [a, b, c, d, e, f, g, h].forEach((one, i) => {
      v[i] ^= one;
    });
  }
  return words(v);
}

function commit(kind, data) {
  need(kind === 1n || kind === 2n, "杂凑算法不认识", "unknown hash");
  return kind === 1n ? sha256(data) : sm3(data);
}

// --- policy

const goodName = (name) => name !== "" && !/[\s+\0-\x1f\x85\ufeff]/.test(name);

const [LOG, WITNESS] = [[1], [4]]; // what a public key is for: the bytes before it

export function readKey(text, kind) {
  const parts = text.split("+");
  need(parts.length >= 3 && goodName(parts[0]), "公钥写得不对", "malformed key");
  const body = unbase64(parts.slice(2).join("+"));
  need(body.length === 32 + kind.length && kind.every((one, i) => body[i] === one), "公钥种类不对", "wrong kind of key");
  const id = sha256(join(utf8.encode(`${parts[0]}\n`), body)).slice(0, 4);
  need(hex(id) === parts[1], "公钥编号不对", "wrong key id");
  return { name: parts[0], id, public: body.slice(kind.length) };
}

export function readPolicy(text) {
  const found = { logs: [], witnesses: new Map(), groups: new Map(), quorum: null };
  const used = new Set();
  for (const line of text.split("\n")) {
    const word = line.split(/[ \t]/).filter((one) => one !== "");
    if (!word.length || word[0].startsWith("#")) continue;
    const known = (name) => found.witnesses.has(name) || found.groups.has(name);
    const free = (name) => name !== "none" && !known(name);
    if (word[0] === "log" && (word.length === 2 || word.length === 3)) {
      found.logs.push(readKey(word[1], LOG));
    } else if (word[0] === "witness" && (word.length === 3 || word.length === 4) && free(word[1])) {
      found.witnesses.set(word[1], readKey(word[2], WITNESS));
    } else if (word[0] === "group" && word.length > 3 && free(word[1])) {
      const members = word.slice(3);
      for (const one of members) {
        need(known(one) && !used.has(one), "组员没有定义或者用过了", "unknown member, or used twice");
        used.add(one);
      }
      const least = { all: members.length, any: 1 }[word[2]] ?? Number(number(word[2]));
      need(least >= 1 && least <= members.length, "数目不对", "wrong number");
      found.groups.set(word[1], [least, members]);
    } else if (word[0] === "quorum" && word.length === 2 && found.quorum === null && !free(word[1])) {
      found.quorum = word[1];
    } else {
      throw new Refused(`信任策略读不懂：${line}`, `cannot read the policy: ${line}`);
    }
  }
  need(found.quorum !== null, "信任策略没有 quorum", "the policy has no quorum");
  for (const keys of [found.logs, [...found.witnesses.values()]]) {
    need(new Set(keys.map((one) => hex(one.public))).size === keys.length, "公钥重复", "duplicate key");
  }
  return found;
}

function enough(policy, name, seen) {
  if (name === "none" || policy.witnesses.has(name)) return name === "none" || seen.has(name);
  const [least, members] = policy.groups.get(name);
  return members.filter((one) => enough(policy, one, seen)).length >= least;
}

// --- receipt

function readNote(text) {
  need(!/[\0-\x09\x0b-\x1f]/.test(text), "有控制字符", "control characters");
  const cut = text.lastIndexOf("\n\n");
  need(cut >= 0 && text.endsWith("\n"), "没有签名行", "no signature lines");
  const lines = text.slice(cut + 2, -1).split("\n").map((line) => {
    const parts = line.split(" ");
    need(parts.length === 3 && parts[0] === "—" && goodName(parts[1]), "签名行写得不对", "malformed signature line");
    const data = unbase64(parts[2]);
    need(data.length >= 5, "签名太短", "short signature");
    return { name: parts[1], id: data.slice(0, 4), signature: data.slice(4) };
  });
  need(lines.length <= 100, "签名行太多", "too many signature lines");
  const body = text.slice(0, cut + 1);
  const parts = body.split("\n");
  need(parts.length === 4 && goodName(parts[0]), "检查点应有三行", "a checkpoint has three lines");
  return { body, lines, origin: parts[0], size: number(parts[1]), root: unbase64(parts[2], 32) };
}

async function openNote(text, policy, signed) {
  const note = readNote(text);
  const message = utf8.encode(note.body);
  const lineOf = (key) => note.lines.find((line) => line.name === key.name && same(line.id, key.id));
  const logs = policy.logs.filter((key) => key.name === note.origin && lineOf(key));
  need(logs.length, "记录没有签名", "the log did not sign");
  for (const key of logs) {
    need(await signed(key.public, message, lineOf(key).signature), "记录的签名不对", "the log's signature does not hold");
  }
  note.seen = new Map();
  for (const [name, key] of policy.witnesses) {
    const line = lineOf(key);
    if (!line) continue;
    const time = toNumber(line.signature.slice(0, 8));
    const said = join(utf8.encode(`cosignature/v1\ntime ${time}\n`), message);
    const good = line.signature.length === 72 && time < 1n << 63n && (await signed(key.public, said, line.signature.slice(8)));
    need(good, `${name} 的见证签名不对`, `the cosignature of ${name} does not hold`);
    note.seen.set(name, time);
  }
  need(enough(policy, policy.quorum, note.seen), "见证不够", "too few witnesses");
  return note;
}

function checkEntry(entry) {
  const good = entry.length >= 80 && hex(entry.slice(0, 4)) === "44474531" && entry[4] >= 1 && entry[4] <= 8;
  need(good && (entry[5] === 1 || entry[5] === 2) && !entry[6] && !entry[7], "不是条目", "no entry");
  const ms = toNumber(entry.slice(8, 16));
  need(ms < 1n << 63n && ms % 60000n === 0n, "时间没有取整到分", "the time is not a whole minute");
  need(entry.length === 80 || [2, 3, 4, 7, 8].includes(entry[4]), "不该有正文", "no payload is allowed");
  need(entry.length <= 60080, "正文太长", "payload too long");
  return entry;
}

// The entry, and what its groups say: bytes, or null where closed.
function openExtra(data) {
  const magic = hex(data.slice(0, 4));
  if (magic === "44474531") return [checkEntry(data), []];
  need(data.length >= 16 && magic === "44474f31" && data[6] === 0 && data[7] < 16, "内容读不懂", "the extra cannot be read");
  const [kind, flags] = [BigInt(data[5]), data[7]];
  let at = 16;
  const take = (count) => {
    need(at + count <= data.length, "内容不全", "the extra is cut off");
    at += count;
    return data.slice(at - count, at);
  };
  let tag = take(32);
  if (flags & 8) tag = hmac(tag, join(utf8.encode("dg-tag1\0"), take(4)));
  const told = [];
  const closed = [0, 1, 2].map((i) => {
    const salt = take(32);
    const said = flags & (1 << i) ? take(Number(toNumber(take(4)))) : null;
    told.push(said);
    return said ? commit(kind, join(utf8.encode("dg-grp1\0"), [i], salt, said)) : salt;
  });
  need(at === data.length, "内容有多余", "the extra goes on");
  const head = join(utf8.encode("DGE1"), [data[4], data[5], 0, 0], data.slice(8, 16));
  return [checkEntry(join(head, tag, commit(kind, join(utf8.encode("dg-cmt1\0"), ...closed)))), told];
}

function climb(leaf, index, size, path) {
  let [at, last, found] = [index, size - 1n, leaf];
  for (const one of path) {
    if (last === 0n) return null;
    if (at & 1n || at === last) {
      found = sha256(join([1], one, found));
      while (!(at & 1n) && at) [at, last] = [at >> 1n, last >> 1n];
    } else {
      found = sha256(join([1], found, one));
    }
    [at, last] = [at >> 1n, last >> 1n];
  }
  return last === 0n ? found : null;
}

export async function verify(receipt, policy, signed = ed25519) {
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(receipt);
  } catch {
    text = "";
  }
  const gap = text.indexOf("\n\n");
  const lines = gap < 0 ? [] : text.slice(0, gap).split("\n");
  const shape = lines.length >= 3 && lines.length <= 66 && lines[0] === "c2sp.org/tlog-proof@v1";
  need(shape && lines[1].startsWith("extra ") && lines[2].startsWith("index "), "不是凭证", "no receipt");
  const [entry, groups] = openExtra(unbase64(lines[1].slice(6)));
  const index = number(lines[2].slice(6));
  const path = lines.slice(3).map((line) => unbase64(line, 32));
  const { origin, size, root: wanted, seen } = await openNote(text.slice(gap + 2), policy, signed);
  need(index < size, "序号超出", "index out of range");
  const found = climb(sha256(join([0], entry)), index, size, path);
  need(found && same(found, wanted), "条目不在检查点里", "entry not in checkpoint");
  return { origin, index, size, seen, groups, entry };
}

// --- Ed25519: by the browser, or by hand (verification only, so no secret can leak through its timing)

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (x, m = P) => ((x % m) + m) % m;

function power(x, n, m = P) {
  let [found, base] = [1n, mod(x, m)];
  for (let rest = n; rest; rest >>= 1n) {
    if (rest & 1n) found = (found * base) % m;
    base = (base * base) % m;
  }
  return found;
}

const D = mod(-121665n * power(121666n, P - 2n));
const little = (data) => toNumber(Array.from(data).reverse());

function point(data) {
  // RFC 8032 §5.1.3; null where the bytes are no point
  const y = little(data) & ((1n << 255n) - 1n);
  if (y >= P) return null;
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(u * v ** 3n * power(mod(u * v ** 7n), (P - 5n) / 8n));
  if (mod(v * x * x) !== u) {
    if (mod(v * x * x) !== mod(-u)) return null;
    x = mod(x * power(2n, (P - 1n) / 4n));
  }
  const odd = BigInt(data[31] >> 7);
  if (x === 0n && odd) return null;
  if ((x & 1n) !== odd) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function plus([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const [a, b] = [mod((y1 - x1) * (y2 - x2)), mod((y1 + x1) * (y2 + x2))];
  const [c, d] = [mod(2n * t1 * t2 * D), mod(2n * z1 * z2)];
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(n, one) {
  let [found, base] = [[0n, 1n, 1n, 0n], one];
  for (let rest = n; rest; rest >>= 1n) {
    if (rest & 1n) found = plus(found, base);
    base = plus(base, base);
  }
  return found;
}

const K512 = PRIMES.map((p) => root(p, 3, 64));
const H512 = PRIMES.slice(0, 8).map((p) => root(p, 2, 64));
const M64 = (1n << 64n) - 1n;
const turn = (x, n) => ((x >> n) | (x << (64n - n))) & M64;

export function sha512(data) {
  const view = padded(data, 128);
  const h = [...H512];
  const w = new Array(80);
  for (let at = 0; at < view.byteLength; at += 128) {
    for (let i = 0; i < 16; i += 1) w[i] = view.getBigUint64(at + 8 * i);
    for (let i = 16; i < 80; i += 1) {
      const s0 = turn(w[i - 15], 1n) ^ turn(w[i - 15], 8n) ^ (w[i - 15] >> 7n);
      const s1 = turn(w[i - 2], 19n) ^ turn(w[i - 2], 61n) ^ (w[i - 2] >> 6n);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) & M64;
    }
    let [a, b, c, d, e, f, g, z] = h;
    for (let i = 0; i < 80; i += 1) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const t1 = z + s1 + ((e & f) ^ (~e & M64 & g)) + K512[i] + w[i];
      const t2 = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [z, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & M64, c, b, a, (t1 + t2) & M64];
    }
    [a, b, c, d, e, f, g, z].forEach((one, i) => {
      h[i] = (h[i] + one) & M64;
    });
  }
  return join(...h.map((one) => bigEndian(one, 8)));
}

const BASE = point(Uint8Array.from({ length: 32 }, (_, i) => (i ? 0x66 : 0x58)));

export async function ed25519ByHand(key, message, signature) {
  if (signature.length !== 64) return false;
  const [a, r, s] = [point(key), point(signature.slice(0, 32)), little(signature.slice(32))];
  if (!a || !r || s >= L) return false;
  const k = mod(little(sha512(join(signature.slice(0, 32), key, message))), L);
  const [x1, y1, z1] = times(s, BASE);
  const [x2, y2, z2] = plus(r, times(k, a));
  return mod(x1 * z2 - x2 * z1) === 0n && mod(y1 * z2 - y2 * z1) === 0n;
}

export async function ed25519(key, message, signature) {
  const subtle = globalThis.crypto?.subtle;
  let known = null;
  try {
    known = subtle ? await subtle.importKey("raw", key, "Ed25519", false, ["verify"]) : null;
  } catch {
    known = null;
  }
  return known ? subtle.verify("Ed25519", known, signature, message) : ed25519ByHand(key, message, signature);
}
