// The screen of a hall asks for itself every five seconds; only what changed is put in, so that it is read out once.
const EVERY = 5000;

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const there of fresh.querySelectorAll("[data-live]")) {
      const here = document.getElementById(there.id);
      if (here && here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes);
    }
  } catch {
    // no network for a moment: the next turn tries again
  }
}

setInterval(look, EVERY);
