// Where a stranger redoes a draw: files chosen, or those that the page of a draw publishes; nothing is sent.
const form = document.querySelector("form[data-dr1]");
if (form) {
  const english = document.documentElement.lang.startsWith("en");
  const [list, summary, shop] = ["checks", "summary", "shop"].map((id) => document.getElementById(id));
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

  const item = ({ verdict, zh, en }) => {
    const line = document.createElement("li"), word = document.createElement("b");
    line.className = { ok: "is-ontime", bad: "is-late", open: "is-stop" }[verdict];
    word.textContent = form.dataset[verdict];
    line.append(word, english ? en : zh);
    return line;
  };

  const seek = (dr1, files, id) => {
    let drawn;
    try {
      drawn = dr1.compute(files);
    } catch (error) {
      if (!(error instanceof dr1.Refused)) throw error;
      return "";
    }
    const found = dr1.find(drawn, id);
    if (!found) return fill(form.dataset.unlisted, { id });
    const chance = `${((found.drawn / found.listed) * 100).toFixed(2)} %`;
    const rank = found.rank ? fill(form.dataset.drawn, found) : found.reserve ? fill(form.dataset.spare, found) : form.dataset.undrawn;
    return `${fill(form.dataset.listed, { ...found, id, chance })}${rank}`;
  };

  const bytes = async (url) => {
    const answer = await fetch(url, { cache: "no-store" });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };

  // [files, what is known beside them]: of a published draw the receipt of its manifest is verified here too.
  const gather = async () => {
    const files = {};
    if (!form.dataset.from) {
      for (const file of form.elements.files.files) files[file.name] = new Uint8Array(await file.arrayBuffer());
      return [files, {}];
    }
    const told = JSON.parse(new TextDecoder().decode(await bytes(form.dataset.from)));
    await Promise.all(Object.entries(told.files).map(async ([name, { url }]) => { files[name] = await bytes(url); }));
    if (!told.proofs.seal) return [files, {}];
    const log = await import(form.dataset.log);
    return [files, { logged: { cosigned: await signed(log, await bytes(told.proofs.seal), told.policy, files["manifest.txt"]), rivals: told.rivals } }];
  };

  // When witnesses signed; a receipt that does not hold, or is that of something else, shows no witness at all.
  const signed = async (log, receipt, policy, manifest) => {
    try {
      const { entry, seen } = await log.verify(receipt, log.readPolicy(policy));
      return manifest && log.same(entry.slice(80), manifest) ? [...seen.values()].map((time) => Number(time) * 1000) : [];
    } catch (error) {
      if (!(error instanceof log.Refused)) throw error;
      return [];
    }
  };

  // Signatures of drand take half a second and a second file; both only where a draw names it.
  const signatures = async (files) => {
    const names = files["manifest.txt"] && /^beacon drand /m.test(new TextDecoder().decode(files["manifest.txt"]));
    return names ? { bls: (await import(form.dataset.bls)).quicknet } : {};
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    summary.textContent = form.dataset.busy;
    list.replaceChildren();
    shop.textContent = "";
    await new Promise((done) => setTimeout(done, 30)); // the words are painted before the work begins
    let ready;
    try {
      ready = await Promise.all([import(form.dataset.dr1), gather()]);
      Object.assign(ready[1][1], await signatures(ready[1][0]));
    } catch (error) {
      console.warn(error);
      summary.textContent = form.dataset.lost;
      return;
    }
    const [dr1, [files, known]] = ready;
    const began = performance.now(), checks = dr1.verify(files, known), verdict = dr1.verdict(checks);
    const seconds = ((performance.now() - began) / 1000).toFixed(1), count = (which) => checks.filter((check) => check.verdict === which).length;
    summary.textContent = fill(form.dataset[`all${verdict}`], { ok: count("ok"), bad: count("bad"), open: count("open"), seconds });
    list.replaceChildren(...checks.map(item));
    const id = form.elements.id?.value.trim();
    if (id) shop.textContent = seek(dr1, files, id);
    summary.focus();
  });
}
