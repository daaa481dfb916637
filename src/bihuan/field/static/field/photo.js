// Photos of an entry: taken or chosen, kept at once with their digest, shown small, taken out again.
import { h, word } from "./pieces.js";
import { get, put } from "./store.js";

const MOST = 10 * 1024 * 1024;
const MOST_PHOTOS = 9;

async function keep(file) {
  const body = await file.arrayBuffer(); // read now: the camera's file may be gone later
  const digest = [...new Uint8Array(await crypto.subtle.digest("SHA-256", body))].map((b) => b.toString(16).padStart(2, "0")).join("");
  await put("photos", { digest, blob: new Blob([body], { type: file.type }) });
  return digest;
}

async function small(photo, remove) {
  const kept = await get("photos", photo.digest);
  const image = h("img", { alt: photo.name });
  if (kept) {
    image.src = URL.createObjectURL(kept.blob);
    image.onload = () => URL.revokeObjectURL(image.src);
  }
  return h("li", {}, image, remove && h("button", { type: "button", class: "f-take-out", onclick: remove }, word("take_out")));
}

/** The photos of one field; `changed` keeps the draft after each change. */
export async function photoField(entry, field, label, changed, wrong) {
  const input = h("input", { type: "file", accept: "image/jpeg,image/png,image/webp", multiple: true, id: `f-${field}`, class: "f-file" });
  const says = h("p", { class: "msg", role: "alert", hidden: !wrong }, wrong ?? "");
  const list = h("ul", { class: "plain f-photos" });
  const mine = () => entry.photos.filter((photo) => photo.field === field);
  const draw = async () => list.replaceChildren(...(await Promise.all(mine().map((photo) => small(photo, async () => {
    entry.photos = entry.photos.filter((one) => one !== photo);
    await changed();
    await draw();
  })))));
  input.addEventListener("change", async () => {
    const big = [...input.files].find((file) => file.size > MOST);
    const much = entry.photos.length + input.files.length > MOST_PHOTOS;
    says.hidden = !(big || much);
    says.textContent = big ? word("too_big", (big.size / 1048576).toFixed(1)) : much ? word("too_many", MOST_PHOTOS) : "";
    if (!big && !much) {
      const main = input.closest("form").querySelector(".f-main");
      main.disabled = true; // an entry goes into the queue with all its photos
      for (const file of input.files) {
        const digest = await keep(file);
        if (!mine().some((photo) => photo.digest === digest)) entry.photos.push({ field, name: file.name, digest });
      }
      await changed();
      await draw();
      main.disabled = false;
    }
    input.value = "";
  });
  await draw();
  return h("div", { class: `bh-field${wrong ? " err" : ""}` }, h("label", { class: "f-camera", for: input.id }, label), input, says, list);
}

/** The photos of an entry that was refused, to look at. */
export const photosOf = async (entry) => h("ul", { class: "plain f-photos" }, await Promise.all(entry.photos.map((photo) => small(photo))));
