// Small conveniences of the living report; the page is complete without this file.

// On a narrow screen the contents begin shut: the text comes first.
const box = document.querySelector(".rp-toc-box");
if (box && matchMedia("(max-width: 1399px)").matches) box.open = false;
const sift = document.querySelector(".rp-sift-box:not([data-keep])");
if (sift && matchMedia("(max-width: 720px)").matches) sift.open = false;

// An address opens what it leads to, also where it lies folded.
const unfold = () => {
  const found = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!found) return;
  for (let fold = found.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  found.scrollIntoView();
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
  piece.querySelectorAll(".rp-notes, .bh-ref, .rp-copy").forEach((aside) => aside.remove());
  piece.querySelectorAll("[data-c]").forEach((mark) => (mark.textContent = mark.dataset.c));
  const lines = [...piece.querySelectorAll(".rp-p")].map((line) => line.textContent.trim());
  event.clipboardData.setData("text/plain", lines.length ? lines.join("\n\n") : piece.textContent);
  event.preventDefault();
});

// A touched sentence offers its permanent address; selecting text or following a mark stays what it is.
const paper = document.querySelector(".rp-paper[data-here]");
const offer = document.createElement("button");
offer.type = "button";
offer.className = "rp-copy";
offer.setAttribute("aria-live", "polite");
paper?.addEventListener("click", (event) => {
  if (event.target === offer || event.target.closest("a, summary, button, .rp-notes") || !getSelection().isCollapsed) return;
  document.querySelector(".rp-s.on")?.classList.remove("on");
  offer.remove();
  const sentence = event.target.closest(".rp-s");
  if (!sentence) return;
  sentence.classList.add("on");
  offer.textContent = paper.dataset.copy;
  sentence.after(offer);
});
offer.addEventListener("click", async () => {
  const address = `${paper.dataset.here}#${document.querySelector(".rp-s.on").id}`;
  history.replaceState(null, "", `#${document.querySelector(".rp-s.on").id}`);
  try {
    await navigator.clipboard.writeText(address);
    offer.textContent = paper.dataset.copied;
  } catch {
    offer.textContent = address; // where copying is not allowed the address can be read and selected
  }
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
