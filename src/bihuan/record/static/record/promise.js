// Checks a promise: the site's signature that an entry will stand in the log within a minute. No server, no library.

import { Refused, bigEndian, ed25519, join, need, number, readKey, same, unbase64 } from "./verify.js";

const utf8 = new TextEncoder();
const KIND = [0xff, ...utf8.encode("dg-promise1")];
const SHAPE = /^bihuan-promise\n([0-9]+)\n([A-Za-z0-9+/=]+)\n\n— ([^\n ]+) ([A-Za-z0-9+/=]+)\n$/;
export const DELAY = 60_000n; // milliseconds

export const isPromise = (text) => text.startsWith("bihuan-promise\n");

// answers {origin, ms, leaf}: made at, for which leaf hash; Refused says what does not hold
export async function verifyPromise(text, vkey, signed = ed25519) {
  const found = SHAPE.exec(text);
  need(found, "这不是承诺", "this is no promise");
  need(vkey !== "", "这里没有承诺用的公钥", "there is no key for promises here");
  const key = readKey(vkey, KIND);
  const [ms, leaf, line] = [number(found[1]), unbase64(found[2], 32), unbase64(found[4], 68)];
  need(found[3] === key.name && same(line.slice(0, 4), key.id), "承诺不是用这把公钥签的", "the promise was made with another key");
  const said = join(utf8.encode("dg-promise1\0"), bigEndian(ms, 8), leaf);
  if (!(await signed(key.public, said, line.slice(4)))) throw new Refused("承诺的签名不对", "the signature of the promise does not hold");
  return { origin: key.name, ms, leaf };
}
