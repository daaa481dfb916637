// Whether a PDF is the paper of this page: its SHA-256 is worked out here and nothing is sent anywhere.
const chosen = document.getElementById("file");
const box = document.querySelector("[data-drop]");
const verdict = document.getElementById("verdict");
const digest = document.getElementById("digest").textContent.trim();
const card = document.querySelector(".paper-card");
const state = card.querySelector(".paper-state").textContent;

function say(kind, text, name) {
  const [line, file] = [document.createElement("p"), document.createElement("p")];
  line.className = `paper-verdict ${kind}`;
  line.textContent = text;
  file.className = "small muted";
  file.textContent = name;
  verdict.replaceChildren(line, file);
}

async function judge(file) {
  const words = chosen.dataset;
  if (!globalThis.crypto?.subtle) return say("unable", words.unable, file.name);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const found = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== digest) return say("bad", words.other, file.name);
  return card.dataset.good === "yes" ? say("good", words.good, file.name) : say("ended", words.ended + state, file.name);
}

chosen.addEventListener("change", () => chosen.files[0] && judge(chosen.files[0]));
box.addEventListener("dragover", (event) => event.preventDefault());
box.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) judge(event.dataTransfer.files[0]);
});
