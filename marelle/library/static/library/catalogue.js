// The list narrows as one ticks (htmx). Here: two sliders beside the two numbers, folds that stay as they were, and
// what was found said aloud. Without this file the form is sent by its button.

const FOLDS = "#filtres, #catalogue .facet";
let open = null;

function enhance() {
  const form = document.getElementById("catalogue");
  if (!form) return;
  form.dataset.enhanced = "";
  const ages = form.querySelector("[data-ages]");
  if (!ages || ages.querySelector(".sliders")) return;
  const box = document.createElement("div");
  box.className = "sliders";
  for (const [name, label] of [["age_de", ages.dataset.from], ["age_a", ages.dataset.to]]) {
    const number = form.elements[name];
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: number.min, max: number.max, id: `curseur-${name}` });
    slider.value = number.value || number.placeholder;
    slider.setAttribute("aria-label", label);
    slider.addEventListener("input", () => {
      const other = form.elements[name === "age_de" ? "age_a" : "age_de"];
      number.value = slider.value;
      if (!other.value) other.value = other.placeholder;
    });
    number.addEventListener("input", () => { slider.value = number.value || number.placeholder; });
    box.append(slider);
  }
  ages.append(box);
}

document.addEventListener("htmx:beforeSwap", () => {
  open = new Map([...document.querySelectorAll(FOLDS)].map((fold) => [fold.id, fold.open]));
});
document.addEventListener("htmx:afterSwap", () => {
  for (const fold of document.querySelectorAll(FOLDS)) if (open?.has(fold.id)) fold.open = open.get(fold.id);
  enhance();
  const found = document.getElementById("combien");
  if (found) document.getElementById("annonce").textContent = found.textContent;
});
enhance();
