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
