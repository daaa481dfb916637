// What the telephone keeps: entries (drafts, waiting, answered), photos by their digest, the last list of tasks.
// IndexedDB survives reload, closing the browser and a restart of the telephone.

const open = new Promise((resolve, reject) => {
  const asked = indexedDB.open("bihuan-field", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("entries", { keyPath: "key" });
    asked.result.createObjectStore("photos", { keyPath: "digest" });
    asked.result.createObjectStore("kept");
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

async function run(name, mode, work) {
  const transaction = (await open).transaction(name, mode, { durability: "strict" });
  const asked = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const put = (name, value, key) => run(name, "readwrite", (store) => store.put(value, key));
export const get = (name, key) => run(name, "readonly", (store) => store.get(key));
export const drop = (name, key) => run(name, "readwrite", (store) => store.delete(key));

/** All entries, the oldest first. */
export async function entries() {
  return (await run("entries", "readonly", (store) => store.getAll())).sort((a, b) => a.made - b.made);
}

/** Photos that were taken by the server, unless another entry names them too. */
export async function letGo(photos) {
  const named = new Set((await entries()).flatMap((entry) => entry.photos.map((photo) => photo.digest)));
  for (const { digest } of photos) if (!named.has(digest)) await drop("photos", digest);
}
