// The list of proposals: how many are ticked, and one box that ticks what has a suggested unit in a section; the form works without this too.
const form = document.querySelector("form[data-pick]");
if (form) {
  const boxes = (within) => [...within.querySelectorAll("input[name=key]")];
  const led = (within) => boxes(within).filter((box) => "led" in box.dataset);
  const shown = form.querySelector("[data-count]");
  const tell = () => {
    if (shown) shown.querySelector("b").textContent = boxes(form).filter((box) => box.checked).length;
    form.querySelectorAll("[data-all]").forEach((all) => {
      const own = led(all.closest("section"));
      const ticked = own.filter((box) => box.checked).length;
      all.checked = ticked > 0 && ticked === own.length;
      all.indeterminate = ticked > 0 && ticked < own.length;
    });
  };
  form.querySelectorAll("[data-all]").forEach((all) => {
    all.closest("label").hidden = false;
    all.addEventListener("change", () => {
      led(all.closest("section")).forEach((box) => { box.checked = all.checked; });
      tell();
    });
  });
  if (shown) shown.hidden = false;
  form.addEventListener("change", (event) => {
    // a goal goes with the task that says it; it can be taken out again by itself
    if (event.target.name === "key") boxes(form).filter((box) => box.dataset.within === event.target.value).forEach((box) => { box.checked = event.target.checked; });
    tell();
  });
  addEventListener("pageshow", tell);
  tell();
}
