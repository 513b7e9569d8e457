// A practice written without losing a word: the part is saved a little after the last key. Saving never proposes.
// Everything works without this script, by the form.

const form = document.getElementById("practice-form");
if (form) start(form);

function start(form) {
  const AFTER = 1500; // ms without a key before a save
  const RETRY = 8000; // ms between tries when the network is gone
  const status = document.getElementById("practice-status");
  let timer = 0, saved = written(), isLeaving = false, isHeld = false, isRunning = false;

  function written() { return new URLSearchParams([...new FormData(form)].filter(([name]) => !name.startsWith("base-"))).toString(); }

  async function save() {
    clearTimeout(timer);
    const now = written();
    if (now === saved || isHeld || isRunning || isLeaving) return;
    isRunning = true;
    try {
      const answer = await fetch(location.href, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, redirect: "error" });
      const said = await answer.json();
      for (const [name, base] of Object.entries(said.bases)) form.elements[name].value = base;
      if (answer.status === 409) { isHeld = true; status.textContent = said.message; } // The save by hand shows both texts.
      else { saved = now; status.textContent = said.wrong.length ? form.dataset.wrong : form.dataset.saved; }
    } catch {
      status.textContent = form.dataset.unsaved;
      timer = setTimeout(save, RETRY);
    } finally { isRunning = false; }
    if (written() !== saved && !isHeld) { clearTimeout(timer); timer = setTimeout(save, AFTER); }
  }

  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, AFTER); });
  form.addEventListener("submit", () => { isLeaving = true; clearTimeout(timer); });
  addEventListener("pageshow", (event) => { if (event.persisted) { isLeaving = false; location.reload(); } });
  addEventListener("beforeunload", (event) => { if (!isLeaving && written() !== saved) event.preventDefault(); });
}
