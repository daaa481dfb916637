// The table of tasks: all of a group at once, and how many are chosen. Without this file every row is chosen by itself.
const form = document.querySelector("form:has(.tk-rows)");
if (form) {
  const boxes = [...form.querySelectorAll("input[name=task]")];
  const count = form.querySelector("[data-count]");
  const tell = () => {
    const n = boxes.filter((box) => box.checked).length;
    if (count) count.textContent = n ? `${count.dataset.word} ${n}` : "";
    form.querySelectorAll("[data-all]").forEach((all) => {
      const own = [...all.closest("section").querySelectorAll("input[name=task]")];
      all.checked = own.every((box) => box.checked);
      all.indeterminate = !all.checked && own.some((box) => box.checked);
    });
  };
  form.querySelectorAll("[data-all]").forEach((all) => {
    all.parentElement.hidden = false;
    all.addEventListener("change", () => {
      all.closest("section").querySelectorAll("input[name=task]").forEach((box) => { box.checked = all.checked; });
      tell();
    });
  });
  boxes.forEach((box) => box.addEventListener("change", tell));
  tell();
}
