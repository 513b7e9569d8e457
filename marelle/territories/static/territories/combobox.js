// A text field that proposes communes and intercommunalités while one types: the combobox with a listbox of the
// WAI-ARIA practices. Focus stays in the field; arrows walk the list; Enter chooses; Escape closes, then empties.
// Without this file the form works too: the server answers with a list of radio buttons.

const WAIT = 150; // milliseconds after the last key
let made = 0;

function combobox(box) {
  const input = box.querySelector('input[type="text"]');
  const text = box.querySelector('input[name$="_for"]');
  const proposals = box.querySelector(".proposals");
  let code = box.querySelector('input[type="hidden"][name$="_code"]');
  const number = ++made;

  const list = document.createElement("ul");
  list.id = `propositions-${number}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() || "");
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    "aria-haspopup": "listbox",
  })) input.setAttribute(name, value);

  let hits = [];
  let active = -1;
  let timer;
  let asking;

  const say = (template, values = {}) => {
    status.textContent = template.replace(/{(\w+)}/g, (_, key) => values[key]);
  };
  const figure = new Intl.NumberFormat("fr-FR");

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function walk(to) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    const option = list.children[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function draw(found) {
    hits = found.items;
    list.replaceChildren(...hits.map((hit, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const name = document.createElement("strong");
      name.textContent = hit.label;
      const more = document.createElement("span");
      more.className = "quiet";
      more.textContent = [
        hit.known_as && `anciennement ${hit.known_as}`,
        hit.kind_label,
        hit.population === null ? null : `${figure.format(hit.population)} habitants`,
      ].filter(Boolean).join(", ");
      option.append(name, " ", more);
      return option;
    }));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    if (hits.length === 0) say(box.dataset.none);
    else {
      const counted = hits.length === 1 ? box.dataset.one : box.dataset.many;
      say(found.approximate ? `${box.dataset.close} ${counted}` : counted, { count: hits.length });
    }
  }

  async function ask() {
    const q = input.value.trim();
    asking?.abort();
    if (q.length < 2) {
      close();
      status.textContent = "";
      return;
    }
    asking = new AbortController();
    const address = new URL(box.dataset.source, location.href);
    address.searchParams.set("q", q);
    address.searchParams.set("limit", "8");
    for (const kind of box.dataset.kinds.split(" ")) address.searchParams.append("kind", kind);
    try {
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      draw(await answer.json());
    } catch (error) {
      if (error.name === "AbortError") return;
      close();
      say(box.dataset.broken);
    }
  }

  function choose(place) {
    const hit = hits[place];
    if (!hit) return;
    if ("go" in box.dataset) return location.assign(hit.url);
    input.value = hit.label;
    text.value = hit.label;
    code.value = hit.code;
    close();
    say(box.dataset.chosen, { name: hit.label });
    input.removeAttribute("aria-invalid");
    box.dispatchEvent(new CustomEvent("territory", { bubbles: true, detail: hit }));
  }

  input.addEventListener("input", () => {
    if (proposals?.isConnected) {
      // The list of the last answer no longer holds.
      code = Object.assign(document.createElement("input"), { type: "hidden", name: text.name.replace(/_for$/, "_code") });
      proposals.replaceWith(code);
    }
    if (code) code.value = "";
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });

  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return void ask();
      if (event.altKey && event.key === "ArrowUp") return close();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const count = hits.length + 1; // after the last comes the field itself
      walk(((active + 1 + step + count) % count) - 1);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      if (open) {
        event.preventDefault();
        close();
      } else if (input.value) {
        event.preventDefault();
        input.value = "";
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  });

  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) choose([...list.children].indexOf(option));
  });
  input.addEventListener("blur", () => {
    asking?.abort();
    clearTimeout(timer);
    close();
  });
}

function enhance(root) {
  for (const box of root.querySelectorAll("[data-combobox]:not([data-ready])")) {
    box.dataset.ready = "";
    combobox(box);
  }
}

enhance(document);
document.addEventListener("htmx:afterSettle", (event) => enhance(event.target));
