// What every page does a little better with JavaScript. Nothing here is needed to read or to submit.

// The summary of errors, or the reason of a refusal, is where the person must look: take them there.
document.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:afterSettle", (event) => event.target.querySelector?.("[data-focus]")?.focus());

// One menu open at a time; Escape or a click elsewhere closes it.
const menus = "details.account, details.phone-menu, .main-nav details";
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(menus)) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(menus)) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A form sent twice by an impatient finger is sent once. The button stays readable; after a failure it works again.
const sent = new WeakSet();
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
  setTimeout(() => sent.delete(event.target), 4000);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) sent.delete(form);
});

// A button that says why it cannot be used does nothing when pressed.
document.addEventListener("click", (event) => {
  if (event.target.closest?.('[aria-disabled="true"]')) event.preventDefault();
});

// `data-print`: prints the page. `data-copy="id"`: copies the text of an element.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
  const copy = event.target.closest?.("[data-copy]");
  if (copy) navigator.clipboard?.writeText(document.getElementById(copy.dataset.copy).textContent);
});
