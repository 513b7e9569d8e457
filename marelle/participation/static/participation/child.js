/* The child's page, helped: one way on, conditions, shuffling, reading aloud, answers that wait for the network.
   Without this file the page works by links and one form. Screens are shown by the address (`:target`), here too. */
"use strict";
(() => {
  const form = document.querySelector("form[data-mode]");
  if (!form || !window.CSS || !CSS.supports("selector(:has(*))")) return;
  const root = document.documentElement, store = "marelle.envoi.", draft = "marelle.brouillon." + location.pathname;
  const main = () => form.querySelector("main"), all = (what, within = form) => [...within.querySelectorAll(what)];
  const one = (what, within = form) => within.querySelector(what), title = document.title;
  root.classList.add("script");
  const pristine = main().cloneNode(true);
  const name = () => [...crypto.getRandomValues(new Uint8Array(24))].map(n => n.toString(16).padStart(2, "0")).join("");
  const kept = { // A tablet that forbids storage still works, for as long as the page is open.
    get(where, key) { try { return window[where].getItem(key); } catch { return null; } },
    set(where, key, value) { try { value === null ? window[where].removeItem(key) : window[where].setItem(key, value); return true; } catch { return false; } },
  };

  /* ---- One screen after another ---- */
  const answersOf = key => all(`[name="q-${key}"]:checked`).map(input => input.value).filter(Boolean);
  const isAsked = screen => !screen.dataset.if || (isAsked(one(`[data-key="${screen.dataset.if}"]`) || screen.ownerDocument.createElement("i"))
    && answersOf(screen.dataset.if).some(value => screen.dataset.ifChoices.split(" ").includes(value)));
  const steps = () => all("[data-step]").filter(isAsked);
  const shown = () => (location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))) || one("[data-step]");
  let arrived; // the address whose screen was made ready: a Tab pressed at once starts from it, and is not taken back later
  const go = (id, instead) => { instead ? location.replace("#" + id) : (location.hash = id); arrive(); };

  function arrive() {
    hush();
    arrived = location.hash;
    const screen = shown(), questions = steps().filter(step => step.dataset.key);
    if (!screen.classList.contains("screen") || (screen.id === "merci" && !done)) return go(steps()[0].id, true);
    const i = questions.indexOf(screen), pebbles = one(".pebbles", screen);
    if (pebbles) {
      [...pebbles.children].forEach((pebble, n) => { pebble.hidden = n >= questions.length; pebble.className = n < i ? "done" : ""; n === i ? pebble.setAttribute("aria-current", "step") : pebble.removeAttribute("aria-current"); });
      const said = pebbles.dataset.count.replace("{i}", i + 1).replace("{n}", questions.length);
      pebbles.setAttribute("aria-label", said);
      document.title = said + " – " + title;
    } else document.title = title;
    all("details[open]").forEach(panel => panel.open = false);
    one("#souci").hidden = true;
    one(".listen").hidden = !(canSpeak() || screen.dataset.audio) || !one("[data-say]", screen);
    if (screen.id === "tok") checkTicket();
    if (screen.id === "tmots") all(".ticket :checked").forEach(input => input.checked = false);
    scrollTo(0, 0);
    one("h2", screen).focus({ preventScroll: true });
  }
  addEventListener("hashchange", () => location.hash === arrived || arrive());

  function move(from, by) {
    const list = steps(), here = list.indexOf(from);
    go((list[Math.min(Math.max(here + by, 0), list.length - 1)] || list[0]).id);
  }

  document.addEventListener("click", event => {
    const at = event.target.closest("a, button");
    if (!at) return;
    const screen = at.closest(".screen");
    if (at.dataset.move) { event.preventDefault(); move(screen, +at.dataset.move); }
    else if (at.dataset.to) { event.preventDefault(); go(at.dataset.to); }
    else if ("again" in at.dataset) again();
    else if ("clear" in at.dataset) { clear(screen); one("h2", screen).focus(); }
    else if (at.classList.contains("listen")) speaking ? hush() : read(shown());
    else if (at.classList.contains("pick") || at.dataset.rank) rank(at);
  });
  // A finger on a ticket's drawing goes on by itself; the keyboard, which walks through them, does not.
  form.addEventListener("click", event => {
    const card = event.target.closest(".ticket .choice");
    if (!card || !event.detail || event.target.matches("input") && event.clientX === 0) return;
    const screen = card.closest(".screen");
    one("#tw").value = "";
    setTimeout(() => { if (shown() === screen && one(":checked", screen)) move(screen, 1); }, 250);
  });
  // Enter in a field goes on; it never sends what is not finished.
  form.addEventListener("keydown", event => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    const screen = event.target.closest(".screen"), on = screen && one("[data-to]", screen);
    if (on) on.click(); else if (screen && screen.dataset.step !== undefined) move(screen, 1);
  });
  form.addEventListener("input", event => {
    const screen = event.target.closest(".screen");
    if (screen) { limit(screen); count(screen); keepDraft(); }
  });
  form.addEventListener("toggle", event => { if (event.target.open) all("details[open]").forEach(panel => { if (panel !== event.target) panel.open = false; }); }, true);
  addEventListener("keydown", event => { if (event.key === "Escape") { hush(); all("details[open]").forEach(panel => { panel.open = false; one("summary", panel).focus(); }); } });

  function clear(screen) {
    all(":checked", screen).forEach(input => { if (input.matches("input")) input.checked = false; });
    all("select, textarea", screen).forEach(field => field.value = "");
    if (one(".rank", screen)) drawRank(screen);
    limit(screen); count(screen); keepDraft();
  }
  function limit(screen) {
    const most = +screen.dataset.most, boxes = all("[type=checkbox]", screen);
    if (most) boxes.forEach(box => box.disabled = !box.checked && boxes.filter(other => other.checked).length >= most);
  }
  function count(screen) {
    const text = one("textarea", screen), left = one(".count", screen);
    if (text && left) left.textContent = left.dataset.left.replace("{n}", text.maxLength - text.value.length);
  }

  /* ---- Ranking: the selects hold the answer, the list shows it ---- */
  const ranked = screen => all("li[data-choice]", screen).filter(li => one("select", li).value).sort((a, b) => one("select", a).value - one("select", b).value);
  function setRank(screen, order) {
    all("li[data-choice] select", screen).forEach(select => select.value = "");
    order.forEach((li, n) => one("select", li).value = n + 1);
    drawRank(screen); keepDraft();
  }
  function drawRank(screen) {
    const list = one(".rank", screen), order = ranked(screen), focus = document.activeElement;
    order.concat(all("li[data-choice]", list).filter(li => !order.includes(li))).forEach(li => list.append(li));
    all("li[data-choice]", list).forEach(li => {
      const n = order.indexOf(li), label = one("[data-say]", li).textContent;
      li.classList.toggle("placed", n >= 0);
      one(".rank-place", li).textContent = n >= 0 ? n + 1 : "";
      one(".pick", li).setAttribute("aria-label", n >= 0 ? `${n + 1}. ${label}` : label);
      one(".pick", li).disabled = n < 0 && !!+screen.dataset.most && order.length >= +screen.dataset.most;
    });
    if (focus && list.contains(focus)) (focus.closest("li").classList.contains("placed") || focus.matches(".pick") ? focus : one(".pick", focus.closest("li"))).focus();
  }
  function rank(button) {
    const li = button.closest("li"), screen = li.closest(".screen"), order = ranked(screen), n = order.indexOf(li), by = +button.dataset.rank;
    if (!button.dataset.rank) { if (n >= 0) return; order.push(li); }
    else { order.splice(n, 1); if (by) order.splice(Math.max(0, n + by), 0, li); }
    setRank(screen, order);
    const told = one("[data-placed]", screen);
    if (order.includes(li)) told.textContent = told.dataset.placed.replace("{label}", one("[data-say]", li).textContent).replace("{n}", order.indexOf(li) + 1);
  }
  form.addEventListener("pointerdown", event => {
    const pick = event.target.closest(".placed .pick");
    if (!pick) return;
    const li = pick.closest("li"), screen = li.closest(".screen");
    const drag = moved => {
      li.classList.add("dragged");
      const others = ranked(screen).filter(other => other !== li);
      const before = others.filter(other => { const box = other.getBoundingClientRect(); return box.top + box.height / 2 < moved.clientY; }).length;
      others.splice(before, 0, li);
      if (others.some((other, n) => +one("select", other).value !== n + 1)) setRank(screen, others);
    };
    const drop = () => { // On the document: the card itself moves in the list while it is dragged.
      li.classList.remove("dragged");
      document.removeEventListener("pointermove", drag);
      for (const end of ["pointerup", "pointercancel"]) document.removeEventListener(end, drop);
    };
    document.addEventListener("pointermove", drag);
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, drop);
  });
  function makeRank(screen) {
    all("li[data-choice]", screen).forEach(li => {
      const parts = one("template", screen).content.cloneNode(true), label = one("[data-say]", li).textContent;
      all("[data-rank]", parts).forEach(button => button.setAttribute("aria-label", button.getAttribute("aria-label").replace("{label}", label)));
      const [place, pick, moves] = parts.children;
      li.prepend(place); li.append(pick, moves);
    });
    drawRank(screen);
  }

  /* ---- Reading aloud ---- */
  let speaking = 0, player = null;
  const canSpeak = () => "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;
  function hush() {
    speaking = 0;
    if (canSpeak()) speechSynthesis.cancel();
    if (player) player.pause();
    all(".said").forEach(element => element.classList.remove("said"));
  }
  const say = (element, turn) => new Promise(resolve => {
    const words = element.textContent.trim();
    if (turn !== speaking || !words || !canSpeak()) return resolve();
    const place = element.closest(".choice, li") || element, voice = new SpeechSynthesisUtterance(words);
    voice.lang = ({ fr: "fr-FR" })[element.lang || root.lang] || element.lang || root.lang;
    voice.rate = .9;
    voice.onend = voice.onerror = () => { place.classList.remove("said"); resolve(); };
    place.classList.add("said");
    place.scrollIntoView({ block: "nearest" });
    speechSynthesis.speak(voice);
  });
  async function read(screen) {
    hush();
    const turn = speaking = Date.now();
    if (screen.dataset.audio) {
      player = new Audio(screen.dataset.audio);
      const heard = await new Promise(resolve => { player.onended = () => resolve(true); player.onerror = () => resolve(false); player.play().catch(() => resolve(false)); });
      for (const element of all("[data-say]", screen)) if (!heard || element.closest(".choice, li")) await say(element, turn);
    } else for (const element of all("[data-say]", screen)) if (element.offsetParent) await say(element, turn);
    if (turn === speaking) speaking = 0;
  }

  /* ---- The ticket, checked before ten questions are answered for nothing ---- */
  async function checkTicket() {
    const screen = one("#tok"), words = one("#tw").value.trim(), drawn = [0, 1, 2].map(n => one(`[name=t${n}]:checked`));
    const told = one(".verdict", screen), on = one(".go", screen), show = (kind, text) => { told.className = "verdict " + kind; told.textContent = text || told.dataset[kind]; on.hidden = kind === "bad" || kind === "missing"; };
    const place = one(".drawn", screen);
    place.replaceChildren(...(words ? [words] : drawn.filter(Boolean).map(input => { const card = input.closest(".choice").cloneNode(true); one("input", card).remove(); return card; })));
    if (!words && drawn.includes(null)) return show("missing");
    show("checking");
    try {
      const reply = await ask(form.dataset.ticket, new URLSearchParams({ ticket: words || drawn.map(input => input.value).join("-") }), 5000);
      const found = await reply.json();
      show(found.ok ? "good" : "bad", found.say);
    } catch { show("checking", " "); } // No network: the ticket is looked at when the answers arrive.
  }

  /* ---- Sending: once, however often it is sent ---- */
  function ask(url, body, patience) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), patience);
    return fetch(url, { method: "POST", body: String(body), signal: stop.signal, credentials: "omit", keepalive: true,
      headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" } }).finally(() => clearTimeout(timer));
  }
  async function attempt(item, patience) { // "later": no network, or a server that asks to come again
    try {
      const reply = await ask(item.url, item.body, patience);
      if (reply.status >= 500 || reply.status === 408) return { later: true };
      const told = await reply.json();
      return told.why === "crowded" ? { later: true } : told;
    } catch { return { later: true }; }
  }
  const memory = new Map();
  const waiting = () => { const keys = new Set(memory.keys()); try { for (const key of Object.keys(localStorage)) if (key.startsWith(store)) keys.add(key); } catch { /* memory only */ } return [...keys]; };
  const itemOf = key => memory.get(key) || JSON.parse(kept.get("localStorage", key) || "null");
  const forget = key => { memory.delete(key); kept.set("localStorage", key, null); };
  let lost = 0, wait = 2000, timer = 0, sending = null, done = false;
  function tell() {
    const line = one(".waiting"), n = waiting().filter(key => key !== sending).length;
    line.textContent = [n && (n > 1 ? line.dataset.many.replace("{n}", n) : line.dataset.one), lost && line.dataset.lost.replace("{n}", lost)].filter(Boolean).join(" ");
  }
  async function flush() {
    clearTimeout(timer);
    let again = false;
    for (const key of waiting()) {
      if (key === sending) continue;
      const item = itemOf(key);
      if (!item) { forget(key); continue; }
      const told = await attempt(item, 15000);
      if (told.later) { again = true; break; }
      if (told.why === "full" || told.why === "tries") { again = true; continue; } // until the adult makes room, or unlocks
      if (!told.ok) lost += 1;
      forget(key);
    }
    tell();
    wait = again ? Math.min(wait * 2, 60000) : 2000;
    if (again) timer = setTimeout(flush, wait * (.7 + Math.random() * .6));
  }
  addEventListener("online", () => { wait = 2000; clearTimeout(timer); timer = setTimeout(flush, Math.random() * 1500); });

  form.addEventListener("submit", async event => {
    event.preventDefault();
    const button = one("[type=submit]"), words = button.textContent, key = store + form.sending.value;
    if (sending === key) return;
    const item = { url: location.pathname, body: new URLSearchParams(new FormData(form)).toString() };
    sending = key;
    button.textContent = button.dataset.busy; button.setAttribute("aria-disabled", "true");
    memory.set(key, item); // Kept before it leaves: a tablet that dies now still has it.
    if (kept.set("localStorage", key, JSON.stringify(item))) memory.delete(key);
    const told = await attempt(item, 8000);
    if (!told.later) forget(key);
    sending = null;
    button.textContent = words; button.removeAttribute("aria-disabled");
    if (!told.later && !told.ok) return trouble(told);
    thank(told);
    if (told.later) { wait = 2000; timer = setTimeout(flush, wait); }
    tell();
  });
  function trouble(told) {
    const box = one("#souci"), way = one("a", box);
    one("b", box).textContent = told.say;
    one(".warm", box).hidden = !told.help;
    way.href = "#" + (told.screen || "envoyer");
    main().prepend(box);
    box.hidden = false;
    box.focus();
  }
  function thank(told) {
    done = true;
    kept.set("sessionStorage", draft, null);
    const screen = one("#merci"), heading = one("h2", screen);
    heading.textContent = heading.dataset[told.later ? "waits" : "arrived"];
    one(".later", screen).hidden = !told.later;
    one(".warm", screen).hidden = !told.help;
    all(".screen").forEach(other => { if (other !== screen) other.remove(); }); // nothing of what was answered stays
    screen.dataset.step = "";
    go("merci", true);
  }

  /* ---- A draft that survives a tablet falling asleep, never another child ---- */
  const keepDraft = () => done || kept.set("sessionStorage", draft, new URLSearchParams(new FormData(form)).toString());
  function restore() {
    for (const [field, value] of new URLSearchParams(kept.get("sessionStorage", draft) || "")) {
      if (field === "sending" || field === "l") continue;
      for (const input of all("input, select, textarea").filter(other => other.name === field)) {
        if (input.matches("[type=radio], [type=checkbox]")) { if (input.value === value) input.checked = true; } else input.value = value;
      }
    }
  }

  /* ---- A fresh page for a fresh child ---- */
  function again() {
    main().replaceWith(pristine.cloneNode(true));
    kept.set("sessionStorage", draft, null);
    all("#big, #wide").forEach(box => box.checked = false);
    done = false;
    begin();
    go(one("[data-step]").id, true);
  }
  function begin() {
    form.sending.value = name();
    all("[data-shuffle] .choices, [data-shuffle] .rank").forEach(list => {
      const cards = [...list.children];
      for (let n = cards.length; n;) list.append(cards.splice(Math.floor(Math.random() * n--), 1)[0]);
    });
    restore();
    all(".question").forEach(screen => { if (one(".rank", screen)) makeRank(screen); limit(screen); count(screen); });
  }
  addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
  const stopped = one("main > .problem:not(#souci)");
  begin();
  if (stopped) stopped.focus(); else if (location.hash && location.hash !== "#main") arrive(); else { one(".listen").hidden = !canSpeak(); }
  tell();
  flush();

  if (origin !== "null" && navigator.serviceWorker && isSecureContext) addEventListener("load", async () => {
    try {
      await navigator.serviceWorker.register(form.dataset.worker, { scope: "/s/" });
      const ready = await navigator.serviceWorker.ready;
      const needed = new Set(performance.getEntriesByType("resource").map(entry => entry.name.split("#")[0]).filter(url => url.startsWith(location.origin + "/static/")));
      all("img").forEach(image => needed.add(image.src.split("#")[0]));
      ready.active.postMessage({ keep: [location.origin + location.pathname + location.search, ...needed] });
    } catch { /* the page works without */ }
  });
})();
