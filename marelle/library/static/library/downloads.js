// « Mis à jour depuis votre téléchargement », without an account: what was taken is written on this device alone, and
// read here alone. Nothing is sent.
const KEY = "marelle-telecharges";

function taken() {
  try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch { return {}; }
}

for (const link of document.querySelectorAll("[data-file]")) {
  const [version, day] = taken()[link.dataset.file] || [];
  const said = link.closest(".file")?.querySelector("[data-updated]");
  if (said && version && version < Number(link.dataset.version)) {
    said.querySelector("[data-day]").textContent = new Date(day).toLocaleDateString("fr", { dateStyle: "long" });
    said.hidden = false;
  }
  link.addEventListener("click", () => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...taken(), [link.dataset.file]: [Number(link.dataset.version), Date.now()] }));
    } catch { /* A private window keeps nothing: nothing is promised. */ }
    if (said) said.hidden = true;
  });
}
