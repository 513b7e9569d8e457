// Moving questions by dragging, on a mouse or a finger. The arrows beside each do the same without this file.
const form = document.querySelector("form[data-reorder]");
const lists = [...document.querySelectorAll(".questions[data-section]")];

const order = () =>
  Object.fromEntries(lists.map((list) => [list.dataset.section, [...list.children].map((li) => li.dataset.question)]));

const below = (list, y) => [...list.children].find((li) => {
  const box = li.getBoundingClientRect();
  return !li.classList.contains("is-dragged") && y < box.top + box.height / 2;
});

if (form && lists.length) {
  let dragged = null, before = "";
  for (const handle of document.querySelectorAll("[data-handle]")) {
    handle.hidden = false;
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      dragged = handle.closest("[data-question]");
      before = JSON.stringify(order());
      dragged.classList.add("is-dragged");
    });
  }
  // On the document: an element that moves in the page loses the pointer it had captured.
  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const list = lists.find((one) => {
      const box = one.parentElement.getBoundingClientRect();
      return event.clientY >= box.top && event.clientY <= box.bottom;
    });
    if (!list) return;
    const next = below(list, event.clientY);
    if (next) list.insertBefore(dragged, next); else list.append(dragged);
    if (event.clientY < 60) scrollBy(0, -12);
    if (event.clientY > innerHeight - 60) scrollBy(0, 12);
  });
  const drop = () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    dragged = null;
    const after = JSON.stringify(order());
    if (after === before) return;
    form.elements.ordre.value = after;
    form.requestSubmit();
  };
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
}

// « Enter » in the search for a drawing looks for it; it does not save the question.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-search]")) event.preventDefault();
});

// What was typed and not saved is not lost by a slip.
const question = document.querySelector('form input[name="seen"]')?.form;
if (question) {
  let changed = false;
  question.addEventListener("input", () => (changed = true));
  question.addEventListener("submit", () => (changed = false));
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
