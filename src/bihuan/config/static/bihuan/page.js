// Small conveniences of every page; each works without this file too.

// The list of faults takes the focus, so that screen readers and keyboards start there.
document.querySelector("[data-focus]")?.focus();

// Escape closes a menu or an unfolded why and gives the focus back.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("details[open]") ?? document.querySelector(".pub-menu[open], .desk-menu[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
});

// A form is sent once: the second click finds the button resting. The server would file it once anyway.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || !form.hasAttribute("data-once")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-once]").forEach((form) => delete form.dataset.sent));

// Lists that send their form when a choice is made; without this a button does it.
document.querySelectorAll("select[data-send]").forEach((select) => {
  select.form.querySelector("[data-send-button]")?.setAttribute("hidden", "");
  select.addEventListener("change", () => select.form.requestSubmit());
});

// A chosen photo is shown before it is sent.
document.querySelectorAll("input[type=file][data-preview]").forEach((input) => {
  input.addEventListener("change", () => {
    const image = document.getElementById(input.dataset.preview);
    const file = input.files[0];
    if (!image || !file || !file.type.startsWith("image/")) return;
    image.src = URL.createObjectURL(file);
    image.hidden = false;
    image.onload = () => URL.revokeObjectURL(image.src);
  });
});

// The why of a due time is fetched into its row; without this the link leads to the case page.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-fetch]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const slot = document.getElementById(link.dataset.into);
  if (!slot.childElementCount) {
    const answer = await fetch(link.dataset.fetch, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) { location.href = link.href; return; }
    slot.innerHTML = await answer.text();
  }
  slot.hidden = !slot.hidden;
  link.setAttribute("aria-expanded", String(!slot.hidden));
});

// What another answer makes needless is put away; the server asks for the right ones with or without this.
document.querySelectorAll("[data-on]").forEach((part) => {
  const inputs = part.closest("form")?.querySelectorAll(`[name="${CSS.escape(part.dataset.on)}"]`) ?? [];
  const wanted = part.dataset.of.split(" ");
  const tell = () => {
    const chosen = [...inputs].find((input) => input.checked)?.value;
    part.hidden = chosen !== undefined && !wanted.includes(chosen);
    part.querySelectorAll("input, select, textarea").forEach((input) => { input.disabled = part.hidden; });
  };
  inputs.forEach((input) => input.addEventListener("change", tell));
  addEventListener("pageshow", tell);
  tell();
});

// One more entry of a group: a copy of the last, empty; without this an empty one follows after saving.
document.querySelectorAll("button[data-more]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const entries = button.closest("fieldset").querySelectorAll(".group-entry");
    const fresh = entries[entries.length - 1].cloneNode(true);
    const number = entries.length + 1;
    fresh.setAttribute("aria-label", fresh.getAttribute("aria-label").replace(/\d+$/, number));
    fresh.querySelectorAll("[id]").forEach((input) => { input.id = input.id.replace(/\d+$/, number); input.value = ""; });
    fresh.querySelectorAll("label").forEach((label) => { label.htmlFor = label.htmlFor.replace(/\d+$/, number); });
    entries[entries.length - 1].after(fresh);
    fresh.querySelector("input, select").focus();
  });
});

// The device says where an address is; the server checks it against the community that was chosen.
document.querySelectorAll("button[data-here]").forEach((button) => {
  if (!("geolocation" in navigator)) return;
  button.hidden = false;
  const says = button.parentElement.querySelector("[data-here-says]");
  button.addEventListener("click", () => {
    says.textContent = says.dataset.wait;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.form.elements[`${button.dataset.here}-lon`].value = coords.longitude.toFixed(7);
        button.form.elements[`${button.dataset.here}-lat`].value = coords.latitude.toFixed(7);
        says.textContent = says.dataset.yes;
      },
      () => { says.textContent = says.dataset.no; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
});
