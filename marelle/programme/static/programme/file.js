// Writing a file without losing a word: each question is saved on its own, a little after the last key, when the
// field is left, and before the page is. Saving never submits. Everything works without this script, by the form.

for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;

const form = document.getElementById("file-form");
if (form) start(form);

function start(form) {
  const AFTER = 1200; // ms without a key before a save
  const RETRY = [2000, 5000, 10000, 20000, 30000]; // ms between tries when the network is gone
  const questions = new Map();

  for (const box of form.querySelectorAll(".answer[data-key]")) {
    if (!box.querySelector("[data-question]")) continue; // Shown to be read only.
    const one = { box, key: box.dataset.key, url: box.dataset.url, timer: 0, tries: 0, running: null, apart: false };
    one.saved = one.latest = written(one);
    one.apart = Boolean(box.querySelector(".two-texts"));
    questions.set(one.key, one);
    box.addEventListener("input", () => changed(one));
    box.addEventListener("change", () => { changed(one, 0); openQuestions(); });
    box.addEventListener("focusout", (event) => {
      // Towards a button of the same question: pressing it saves, and it must not vanish under the finger.
      if (isPending(one) && !box.contains(event.relatedTarget)) save(one);
    });
    foundAgain(one);
  }
  openQuestions();

  // --- What is in a field -------------------------------------------------------------------------------------

  function fields(one) { return one.box.querySelectorAll(`[name="q-${one.key}"]`); }

  function chosen(one) {
    const found = [];
    for (const field of fields(one)) {
      if (field.type === "radio" || field.type === "checkbox") { if (field.checked) found.push(field.value); }
      else found.push(field.value);
    }
    return found;
  }

  function written(one) { return JSON.stringify(chosen(one)); }
  function base(one) { return one.box.querySelector(`[name="r-${one.key}"]`); }
  function isPending(one) { return written(one) !== one.saved; }

  // --- Saving -------------------------------------------------------------------------------------------------

  function changed(one, after = AFTER) {
    if (!isPending(one)) return;
    keepHere(one);
    clearTimeout(one.timer);
    one.timer = setTimeout(() => save(one), after);
  }

  async function save(one, leaving = false) {
    clearTimeout(one.timer);
    if (one.running) { await one.running; if (!isPending(one)) return true; }
    if (!isPending(one)) return true;
    one.running = send(one, leaving);
    const done = await one.running;
    one.running = null;
    return done;
  }

  async function send(one, leaving) {
    const sent = written(one);
    const body = new URLSearchParams();
    for (const value of chosen(one)) body.append(`q-${one.key}`, value);
    body.append(`r-${one.key}`, base(one).value);
    say(one, form.dataset.saving, "doing");
    let response;
    try {
      response = await fetch(one.url, {
        method: "POST", body, keepalive: leaving && sent.length < 50000, redirect: "manual",
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      });
    } catch {
      return again(one, form.dataset.unsaved);
    }
    if (response.type === "opaqueredirect" || response.status === 403) return again(one, form.dataset.signedOut);
    if (response.status === 409) {
      const refused = await response.json();
      say(one, refused.message, "not");
      return false;
    }
    if (!response.ok) return again(one, form.dataset.unsaved);
    const said = await response.json();
    one.tries = 0;
    one.saved = sent;
    one.apart = said.outcome === "kept_apart";
    show(one, said);
    if (isPending(one)) changed(one); else forgetHere(one);
    return true;
  }

  function again(one, message) {
    say(one, message, "not");
    const wait = RETRY[Math.min(one.tries, RETRY.length - 1)];
    one.tries += 1;
    clearTimeout(one.timer);
    one.timer = setTimeout(() => save(one), wait);
    return false;
  }
  addEventListener("online", () => { for (const one of questions.values()) if (isPending(one)) save(one); });

  function show(one, said) {
    // The field keeps the words of the person. While two texts wait for a choice, it stays written from the
    // revision it came from, so that nothing typed since can take the place of the colleague's.
    if (!one.apart) base(one).value = said.revision;
    const focused = document.activeElement;
    document.getElementById(`s-${one.key}`).innerHTML = said.state;
    mark(one, said.problem);
    const parts = document.getElementById("file-parts");
    if (parts && said.index && !parts.contains(focused)) parts.outerHTML = said.index;
    const presence = document.getElementById("presence");
    if (presence.innerHTML.trim() !== said.presence.trim()) presence.innerHTML = said.presence;
    if (said.status) document.getElementById("file-status").outerHTML = said.status;
  }

  function say(one, words, kind) {
    const state = document.getElementById(`s-${one.key}`);
    let line = state.querySelector(".saved");
    if (!line) { line = document.createElement("p"); state.prepend(line); }
    line.className = `saved ${kind}`;
    line.textContent = words;
    if (kind === "not") line.setAttribute("role", "status");
  }

  // What is wrong with a value stands in the field's own error, linked to it. It never stops a save.
  function mark(one, problem) {
    const field = one.box.querySelector(".field");
    const id = `q-${one.key}-error`;
    const control = fields(one)[0];
    const group = field.matches("fieldset") ? field : control;
    let line = document.getElementById(id);
    if (!problem) {
      line?.remove();
      field.removeAttribute("data-error");
      control.removeAttribute("aria-invalid");
      group.setAttribute("aria-describedby", describers(group).filter((one) => one !== id).join(" "));
      return;
    }
    if (!line) {
      line = document.createElement("p");
      line.id = id;
      line.className = "error";
      (field.matches("fieldset") ? field.querySelector(".option") : control).before(line);
    }
    line.textContent = problem;
    field.setAttribute("data-error", "");
    if (!field.matches("fieldset")) control.setAttribute("aria-invalid", "true");
    group.setAttribute("aria-describedby", [...new Set([...describers(group), id])].join(" "));
  }
  function describers(element) { return (element.getAttribute("aria-describedby") || "").split(" ").filter(Boolean); }

  // --- Questions that another answer opens ----------------------------------------------------------------------

  function openQuestions() {
    for (const box of form.querySelectorAll(".answer[data-only-if]")) {
      const asks = questions.get(box.dataset.onlyIf);
      if (!asks) continue; // Asked in another section: the server knows.
      const opened = !asks.box.hidden && chosen(asks).some((value) => box.dataset.wanted.split(" ").includes(value));
      box.hidden = !opened;
    }
  }

  // --- A copy on this device until the save is acknowledged -----------------------------------------------------

  function place(one) { return `marelle:${form.dataset.file}:${form.dataset.person}:${one.key}`; }
  function keepHere(one) { try { localStorage.setItem(place(one), written(one)); } catch { /* full or refused */ } }
  function forgetHere(one) { try { localStorage.removeItem(place(one)); } catch { /* refused */ } }

  function foundAgain(one) {
    let copy = null;
    try { copy = localStorage.getItem(place(one)); } catch { /* refused */ }
    if (copy === null) return;
    if (copy === one.saved) { forgetHere(one); return; }
    const note = document.createElement("div");
    note.className = "notice warn found";
    const words = document.createElement("p");
    words.textContent = form.dataset.found;
    const text = document.createElement("blockquote");
    text.textContent = JSON.parse(copy).join(", ");
    const take = press(form.dataset.take, () => { put(one, JSON.parse(copy)); note.remove(); changed(one, 0); openQuestions(); });
    const forget = press(form.dataset.forget, () => { forgetHere(one); note.remove(); });
    const inside = document.createElement("div");
    inside.className = "stack";
    const row = document.createElement("div");
    row.className = "row";
    row.append(take, forget);
    inside.append(words, text, row);
    note.append(inside);
    one.box.append(note);
  }

  function press(words, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button calm";
    button.textContent = words;
    button.addEventListener("click", action);
    return button;
  }

  function put(one, values) {
    for (const field of fields(one)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
  }

  // --- Leaving the page -----------------------------------------------------------------------------------------

  let isReady = false;
  form.addEventListener("submit", async (event) => {
    if (isReady) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { name, value } = event.submitter ?? {};
    const saved = await Promise.all([...questions.values()].map((one) => save(one)));
    if (!saved.every(Boolean)) {
      form.querySelector(".saved.not")?.scrollIntoView({ block: "center" });
      return; // Nothing leaves this page while a text is not safe.
    }
    if (name) { // The save may have drawn the pressed button anew: what it says goes with the form.
      const pressed = document.createElement("input");
      Object.assign(pressed, { type: "hidden", name, value });
      form.append(pressed);
    }
    isReady = true;
    setTimeout(() => form.requestSubmit()); // Not while this very event is still being told: it would be ignored.
  }, true);

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    for (const one of questions.values()) if (isPending(one)) save(one, true);
  });
  addEventListener("beforeunload", (event) => {
    if (isReady || ![...questions.values()].some(isPending)) return;
    for (const one of questions.values()) if (isPending(one)) save(one, true);
    event.preventDefault();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) isReady = false; });
}
