// A party's nonce is made and kept on its own device: the file is saved, only the commitment is sent; later the file is
// chosen again and the nonce is read out of it. Of a draw held offline its five shares are made here too, to be printed.
const make = document.querySelector("form[data-commit]"), open = document.querySelector("form[data-open]");

function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

make?.querySelector("[data-make]").addEventListener("click", async () => {
  const { draw, party, hash, dr1 } = make.dataset, random = (n) => crypto.getRandomValues(new Uint8Array(n));
  const { commitment, sharing, split, hex } = await import(dr1);
  const nonce = random(32), slips = make.querySelector("[data-slips]");
  save(`nonce-${draw.replace("/", "-")}-${party}.txt`, `draw ${draw}\nparty ${party}\nhash ${hash}\nnonce ${hex(nonce)}\n`);
  make.elements.commitment.value = hex(commitment(hash, draw, party, nonce));
  make.querySelector("[data-made]").hidden = false;
  if (!slips) return;
  const shares = split(nonce, random(64));
  make.elements.shares.value = shares.map((share) => hex(sharing(hash, draw, party, share))).join("\n");
  slips.querySelectorAll("code").forEach((code, i) => { code.textContent = hex(shares[i]).match(/.{1,6}/g).join(" "); });
  slips.hidden = false;
});

make?.querySelector("[data-print]")?.addEventListener("click", () => print());

open?.querySelector("input[type=file]").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  const found = file && (await file.text()).match(/^nonce ([0-9a-f]{64})$/m);
  if (found) open.elements.nonce.value = found[1];
});
