// A report: photo, what it is (the everyday kinds first), where, in a few words; put right on the spot where that is allowed.
import { draftOf, enqueue, faultList, faultsOf, keepDraft, textField, throwAway } from "./form.js";
import { photoField } from "./photo.js";
import { h, say, word } from "./pieces.js";

const SHOWN = 12; // matters that a search shows at once

export async function reportForm(me, catalogue, done) {
  const entry = await draftOf(me, { case: null, did: "", matter: "", address: "", place: null });
  const changed = () => keepDraft(entry);
  const form = h("form", { class: "f-form", novalidate: true });
  const draw = async (faults) => {
    const wrong = Object.fromEntries(faults);
    const matter = catalogue.matters.find((one) => one.code === entry.matter);
    const fixed = entry.did === "fix_self";
    form.replaceChildren(
      ...(faults.length ? [faultList(faults)] : []),
      await photoField(entry, "photo", word(fixed ? "photo_before" : "photo"), changed, wrong.photo ?? wrong.before),
      whatField(entry, catalogue, matter, wrong.matter, async () => { await changed(); await draw([]); }),
      matter?.self ? fixedField(entry, async () => { await changed(); await draw([]); }) : "",
      fixed ? await photoField(entry, "after", word("photo_after"), changed, wrong.after) : "",
      whereField(entry, catalogue, changed, wrong.place),
      addressField(entry, changed),
      textField(entry, "detail", word("more"), true, changed, wrong.detail),
      h("button", { class: "btn btn-primary f-main" }, word("note_down")),
      h("button", { type: "button", class: "btn btn-quiet", onclick: () => throwAway(entry) }, word("throw_away")),
    );
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const has = (field) => entry.photos.some((photo) => photo.field === field);
    const faults = [
      [!has("photo"), "photo", "want_photo_of_it"], [!entry.matter, "matter", "want_matter"],
      [entry.did && !has("after"), "after", "want_after"], [!entry.place, "place", "want_place"],
    ].filter(([bad]) => bad).map(([, field, key]) => [field, word(key)]);
    if (faults.length) return draw(faults);
    await enqueue(ready(entry, catalogue));
    await done();
  });
  await draw(faultsOf(entry));
  return form;
}

/** The entry as it is sent: the sentence is the place and the matter in plain Chinese, as residents' reports have it. */
function ready(entry, catalogue) {
  const matter = catalogue.matters.find((one) => one.code === entry.matter);
  const said = (matter.words ?? matter.name)[0], address = entry.address.trim();
  const photos = entry.did ? entry.photos.map((one) => (one.field === "photo" ? { ...one, field: "before" } : one)) : entry.photos.filter((one) => one.field === "photo");
  return { ...entry, photos, what: address ? `${address}，${said}` : said, title: matter.words ?? matter.name, about: address };
}

function whatField(entry, catalogue, matter, wrong, chosen) {
  const list = h("div", { class: "f-matters" });
  const show = (text) => {
    const words = text.trim().toLowerCase();
    const found = words ? catalogue.matters.filter((one) => [...one.name, ...(one.words ?? [])].join(" ").toLowerCase().includes(words)).slice(0, SHOWN)
      : catalogue.matters.filter((one) => one.words);
    if (matter && !found.includes(matter)) found.unshift(matter);
    list.replaceChildren(...(found.length ? found.map((one) => choice(one)) : [h("p", { class: "muted" }, word("nothing_found"))]));
  };
  const choice = (one) => h("label", { class: "bh-choice f-choice" },
    h("input", { type: "radio", name: "matter", value: one.code, checked: one.code === entry.matter, onchange: () => {
      entry.matter = one.code;
      if (!one.self) entry.did = "";
      chosen();
    } }), h("b", {}, say(one.words ?? one.name)));
  const search = h("input", { class: "bh-input", id: "f-matter", type: "search", "aria-label": word("seek"), placeholder: word("seek"), oninput: (event) => show(event.target.value) });
  show("");
  return h("fieldset", { class: `bh-field${wrong ? " err" : ""}` }, h("legend", {}, word("what")), wrong && h("p", { class: "msg" }, wrong), search, list);
}

const fixedField = (entry, chosen) => h("label", { class: "bh-choice f-choice" },
  h("input", { type: "checkbox", checked: entry.did === "fix_self", onchange: (event) => { entry.did = event.target.checked ? "fix_self" : ""; chosen(); } }),
  h("b", {}, word("fixed_here")));

/** Where the thing is: the position is asked for once, at a touch, and is the place of the report; nobody is followed. */
function whereField(entry, catalogue, changed, wrong) {
  const says = h("p", { class: "f-says", role: "status" });
  const tell = () => { says.textContent = entry.place ? `${word("place_is")}${entry.place.lon.toFixed(5)}, ${entry.place.lat.toFixed(5)}${entry.place.words ? say(["，", ", "]) + say(entry.place.words) : ""}` : ""; };
  const take = async (place) => { entry.place = { datum: "WGS-84", ...place }; await changed(); tell(); };
  const position = h("button", { type: "button", class: "btn btn-quiet f-wide", id: "f-place", onclick: () => {
    says.textContent = word("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => take({ lon: coords.longitude, lat: coords.latitude, words: [`误差 ${Math.round(coords.accuracy)} 米`, `within ${Math.round(coords.accuracy)} m`] }),
      () => { tell(); says.append(word("no_position")); }, { enableHighAccuracy: true, timeout: 30_000, maximumAge: 0 },
    );
  } }, word("my_position"));
  const choose = h("select", { class: "bh-input", "aria-label": word("community"), onchange: (event) => {
    const [street, one] = event.target.value.split(".").map(Number);
    const community = catalogue.places[street]?.communities[one];
    if (community) take({ lon: community.point[0], lat: community.point[1], words: community.name });
  } }, h("option", { value: "" }, word("community")), catalogue.places.map((street, i) => h("optgroup", { label: say(street.name) },
    street.communities.map((one, j) => h("option", { value: `${i}.${j}`, selected: entry.place?.words?.[0] === one.name[0] }, say(one.name))))));
  tell();
  return h("fieldset", { class: `bh-field${wrong ? " err" : ""}` }, h("legend", {}, word("where")), wrong && h("p", { class: "msg" }, wrong), position, choose, says);
}

function addressField(entry, changed) {
  const input = h("input", { class: "bh-input", id: "f-address", maxlength: 60, placeholder: word("address_like"), oninput: () => { entry.address = input.value; changed(); } });
  input.value = entry.address ?? "";
  return h("div", { class: "bh-field" }, h("label", { for: "f-address" }, word("address")), input);
}
