// Small conveniences of the living report; the page is complete without this file.

// On a narrow screen the contents begin shut: the text comes first.
const box = document.querySelector(".rp-toc-box");
if (box && matchMedia("(max-width: 1399px)").matches) box.open = false;

// The sign of a note opens the note it leads to, also where notes are folded.
const unfold = () => {
  const found = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (found instanceof HTMLDetailsElement) found.open = true;
};
addEventListener("hashchange", unfold);
unfold();

// The contents show which section is being read.
const links = new Map([...document.querySelectorAll(".rp-toc a")].map((a) => [a.hash.slice(1), a.parentElement]));
const heads = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
if ("IntersectionObserver" in window && heads.length) {
  const show = () => {
    const above = heads.filter((head) => head.getBoundingClientRect().top < 120).at(-1) ?? heads[0];
    links.forEach((item, id) => item.classList.toggle("here", id === above.id));
  };
  const watch = new IntersectionObserver(show, { rootMargin: "-100px 0px -60% 0px" });
  heads.forEach((head) => watch.observe(head));
  show();
}

// Punctuation is shown full-width; what is copied is the original.
document.querySelector(".rp-paper")?.addEventListener("copy", (event) => {
  const taken = getSelection();
  if (!taken.rangeCount || !event.clipboardData) return;
  const piece = taken.getRangeAt(0).cloneContents();
  piece.querySelectorAll(".rp-notes, .bh-ref").forEach((aside) => aside.remove());
  piece.querySelectorAll("[data-c]").forEach((mark) => (mark.textContent = mark.dataset.c));
  const lines = [...piece.querySelectorAll(".rp-p")].map((line) => line.textContent.trim());
  event.clipboardData.setData("text/plain", lines.length ? lines.join("\n\n") : piece.textContent);
  event.preventDefault();
});
