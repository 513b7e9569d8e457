// One key for each gesture on a child's words. Shown on the page, off while one types, and turned off for good by its
// box (WCAG 2.1.4): whoever dictates to their computer may say an « a ».
const panel = document.querySelector("[data-keys]");
const box = panel.querySelector("input");
const OFF = "marelle-touches";
const types = (node) => node.isContentEditable || node.matches("textarea, select, input:not([type=checkbox], [type=radio])");
const reach = (key) => document.querySelector(`[data-key="${key}"] :is(a, button, input:not([type=hidden]), select, textarea)`);

try { box.checked = localStorage.getItem(OFF) !== "1"; } catch { /* this page only */ }
box.addEventListener("change", () => {
  try { localStorage.setItem(OFF, box.checked ? "0" : "1"); } catch { /* this page only */ }
});
panel.hidden = false;

document.addEventListener("keydown", (event) => {
  if (!box.checked || event.repeat || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
  const wanted = /^[amrs]$/i.test(event.key) && reach(event.key.toLowerCase());
  if (!wanted) return;
  event.preventDefault(); // the letter is not typed in the field it leads to
  if (wanted.matches("a, button")) wanted.click();
  else wanted.focus();
});
