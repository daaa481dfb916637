// Signatures of drand's quicknet in the browser: BLS12-381, short signatures on G1 (RFC 9380), with whole numbers of the
// language and nothing else. Half a second and no secret in it, so it is written to be read, not to be fast.

import { digest, utf8 } from "./dr1.js";

const P = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn;
const R = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n, X = 0xd201000000010000n;
const DST = utf8("BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_\x2b"); // with its length, 43, behind it

const mod = (a, m = P) => { const r = a % m; return r < 0n ? r + m : r; };
const power = (a, n) => { let r = 1n; for (let b = mod(a); n; n >>= 1n, b = b * b % P) if (n & 1n) r = r * b % P; return r; };
const root = (a) => { const r = power(a, (P + 1n) / 4n); return r * r % P === mod(a) ? r : null; };
const number = (bytes) => bytes.reduce((n, byte) => (n << 8n) | BigInt(byte), 0n);
const numbers = (text) => text.trim().split(/\s+/).map((hex) => BigInt(`0x${hex}`));

function inverse(a) {
  let [r, s, x, y] = [P, mod(a), 0n, 1n];
  while (s) [r, s, x, y] = [s, r % s, y, x - (r / s) * y];
  return mod(x);
}

// ---- numbers a + b·u with u² = -1, and polynomials of them in w below w⁶ = 1 + u ----

const add2 = (a, b) => [mod(a[0] + b[0]), mod(a[1] + b[1])], sub2 = (a, b) => [mod(a[0] - b[0]), mod(a[1] - b[1])];
const mul2 = (a, b) => [mod(a[0] * b[0] - a[1] * b[1]), mod(a[0] * b[1] + a[1] * b[0])];
const scale2 = (a, n) => [mod(a[0] * n), mod(a[1] * n)];
const inverse2 = (a) => { const n = inverse(a[0] * a[0] + a[1] * a[1]); return [mod(a[0] * n), mod(-a[1] * n)]; };
const ONE = [[1n, 0n], null, null, null, null, null]; // null is nought

function mul12(f, g) {
  const re = new Array(11).fill(0n), im = new Array(11).fill(0n);
  f.forEach((a, i) => a && g.forEach((b, j) => {
    if (!b) return;
    re[i + j] += a[0] * b[0] - a[1] * b[1];
    im[i + j] += a[0] * b[1] + a[1] * b[0];
  }));
  for (let i = 10; i > 5; i--) { re[i - 6] += re[i] - im[i]; im[i - 6] += re[i] + im[i]; }
  return ONE.map((_, i) => [mod(re[i]), mod(im[i])]);
}

function power12(f, n) {
  let r = ONE;
  for (const bit of n.toString(2)) { r = mul12(r, r); if (bit === "1") r = mul12(r, f); }
  return r;
}

// Is f to the power (p¹² - 1)/r one? f^(p⁶) only changes signs, so that both sides of f^(p⁶) = f are compared.
function vanishes(f) {
  const up = (g) => power12(g, (P * P + 1n) * ((P ** 4n - P * P + 1n) / R)), b = up(f);
  return up(f.map((a, i) => (i % 2 ? scale2(a, -1n) : a))).every((a, i) => a[0] === b[i][0] && a[1] === b[i][1]);
}

// ---- the pairing, as far as it must go: is e(p, q)·e(p', q') one? ----

// One line through t (and s) on the twist, at the point p; and where it meets the twist again, mirrored.
function step(t, s, [x, y]) {
  const slope = s
    ? mul2(sub2(s[1], t[1]), inverse2(sub2(s[0], t[0])))
    : mul2(scale2(mul2(t[0], t[0]), 3n), inverse2(scale2(t[1], 2n)));
  const third = sub2(sub2(mul2(slope, slope), t[0]), s ? s[0] : t[0]);
  const line = [sub2(mul2(slope, t[0]), t[1]), null, scale2(slope, -x), [y, 0n], null, null];
  return [line, [third, sub2(mul2(slope, sub2(t[0], third)), t[1])]];
}

function miller(p, q) {
  let f = ONE, t = q, line;
  for (const bit of X.toString(2).slice(1)) {
    [line, t] = step(t, null, p);
    f = mul12(mul12(f, f), line);
    if (bit === "1") {
      [line, t] = step(t, q, p);
      f = mul12(f, line);
    }
  }
  return f;
}

// ---- points of G1: [x, y], null is the point at infinity ----

function plus(a, b, curve = 0n) {
  if (!a || !b) return a || b;
  if (a[0] === b[0] && (a[1] !== b[1] || !a[1])) return null;
  const slope = a[0] === b[0] ? (3n * a[0] * a[0] + curve) * inverse(2n * a[1]) : (b[1] - a[1]) * inverse(b[0] - a[0]);
  const x = mod(slope * slope - a[0] - b[0]);
  return [x, mod(slope * (a[0] - x) - a[1])];
}

const times = (a, n) => { let r = null; for (const bit of n.toString(2)) { r = plus(r, r); if (bit === "1") r = plus(r, a); } return r; };

// The 48 bytes of a signature; null where they are no point of the group.
function pointOf(bytes) {
  if (bytes.length !== 48 || bytes[0] >> 6 !== 2) return null; // compressed, and not infinity
  const x = number(bytes) & ((1n << 381n) - 1n), y = x < P ? root(x * x * x + 4n) : null;
  if (y === null) return null;
  const point = [x, (y > P - y) === Boolean(bytes[0] & 0x20) ? y : P - y];
  return times(point, R) ? null : point;
}

// ---- a message to a point (RFC 9380: expand_message_xmd, SSWU, 11-isogeny) ----

const A = 0x144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1dn;
const B = 0x12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0n;
// The isogeny is x → n(x)/h(x)², y → y·(n'h - 2nh')/(11·h³): the 53 numbers of RFC 9380 E.2 follow from these 16, lowest first.
const N = [...numbers(`
  11a05f2b1e833340b809101dd99815856b303e88a2d7005ff2627b56cdb4e2c85610c2d5f2e62d6eaeac1662734649b7
  17294ed3e943ab2f0588bab22147a81c7c17e75b2f6a8417f565e33c70d1e86b4838f2a6f318c356e834eef1b3cb83bb
  0d54005db97678ec1d1048c5d10a9a1bce032473295983e56878e501ec68e25c958c3e3d2a09729fe0179f9dac9edcb0
  1778e7166fcc6db74e0609d307e55412d7f5e4656a8dbf25f1b33289f1b330835336e25ce3107193c5b388641d9b6861
  0e99726a3199f4436642b4b3e4118e5499db995a1257fb3f086eeb65982fac18985a286f301e77c451154ce9ac8895d9
  1630c3250d7313ff01d1201bf7a74ab5db3cb17dd952799b9ed3ab9097e68f90a0870d2dcae73d19cd13c1c66f652983
  0d6ed6553fe44d296a3726c38ae652bfb11586264f0f8ce19008e218f9c86b2a8da25128c1052ecaddd7f225a139ed84
  17b81e7701abdbe2e8743884d1117e53356de5ab275b4db1a682c62ef0f2753339b7c8f8c8f475af9ccb5618e3f0c88e
  080d3cf1f9a78fc47b90b33563be990dc43b756ce79f5574a2c596c928c5d1de4fa295f296b74e956d71986a8497e317
  169b1f8e1bcfa7c42e0c37515d138f22dd2ecb803a0c5c99676314baf4bb1b7fa3190b2edc0327797f241067be390c9e
  10321da079ce07e272d8ec09d2565b0dfa7dccdde6787f96d50af36003b14866f69b771f8c285decca67df3f1605fb7b`), inverse(121n)];
const H = [...numbers(`
  133341fb0962a34cb0504a9c4fada0a5090d38679b4c040d5d1c3afb023a3409fcc0815fea66d8b02bbef9c8b5a66e07
  0264908af037bcede00d054cf5d4775e83eb6cf63c76b969f8ed174fb59fcff78d201f46f6cfc4ed6552e59ce75177b0
  1335c502c1f54c49aceea65e87fd7203ba0f626f305fc0cfd606a5dae9f3c8e81a4b3b69600129fabd307c69bf319d39
  094440f65f408a6e930e16e3e92dd17bf60d6e9679a8d3d58593de55ac23703042d609537eb3549aac234d896ca82944
  04afe09d5cf4956a23b6b71f59d2b3407b415a774b7be81bbb6fa99cbc798e0ac98ba725a5bc328016b1c268b4766e85`), 1n];

function both(polynomial, x) { // its value and that of its derivative
  return polynomial.reduceRight(([value, slope], c) => [mod(value * x + c), mod(slope * x + value)], [0n, 0n]);
}

function mapped(u) {
  const z = mod(11n * u * u), tail = mod(z * z + z), first = tail ? mod(-B * (1n + inverse(tail)) * inverse(A)) : mod(B * inverse(11n * A));
  const right = (x) => root(x * x * x + A * x + B);
  const x = right(first) === null ? mod(z * first) : first, y = right(x), [n, nn] = both(N, x), [h, hh] = both(H, x), over = inverse(h);
  const side = (y & 1n) === (u & 1n) ? y : P - y;
  return [mod(n * over * over), mod(side * (nn * h - 2n * n * hh) * inverse(11n) * over ** 3n)];
}

export function hashed(message) {
  const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part])), sha = (...parts) => digest("sha256", joined(...parts));
  const start = sha(new Uint8Array(64), message, [0, 128, 0], DST), blocks = [sha(start, [1], DST)];
  for (let i = 2; i < 5; i++) blocks.push(sha(start.map((byte, at) => byte ^ blocks.at(-1)[at]), [i], DST));
  const wide = joined(...blocks), u = (at) => mod(number(wide.subarray(at, at + 64)));
  return times(plus(mapped(u(0)), mapped(u(64))), X + 1n);
}

// ---- quicknet ----

const pair = (text) => { const [a, b, c, d] = numbers(text); return [[a, b], [c, d]]; };
const BASE = pair(`
  024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8
  13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e
  0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801
  0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be`);
const KEY = pair(`
  0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a
  03cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451
  0e5db2b6bfbb01c867749cadffca88b36c24f3012ba09fc4d3022c5c37dce0f977d3adb5d183c7477c442b1f04515273
  01a714f2edb74119a2f2b0d5a7c75ba902d163700a61bc224ededd8e63aef7be1aaf8e93d7a9718b047ccddb3eb5d68b`); // of quicknet, 83cf0f28…a45a uncompressed

// Does a signature of 48 bytes verify over this message (the SHA-256 of the round) under quicknet's key?
export function quicknet(message, signature) {
  const point = pointOf(signature);
  return point !== null && vanishes(mul12(miller([point[0], P - point[1]], BASE), miller(hashed(message), KEY)));
}
