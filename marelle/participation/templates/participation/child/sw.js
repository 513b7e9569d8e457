/* Keeps a session's page once opened, so that a cut does not stop a class. It holds no answer: those wait in the page. */
"use strict";
const SHELF = "marelle-enfants-1", FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}], MOST_PAGES = 6;

self.addEventListener("install", event => event.waitUntil(caches.open(SHELF).then(shelf => shelf.addAll(FILES)).then(() => self.skipWaiting())));
self.addEventListener("activate", event => event.waitUntil(caches.keys().then(names => Promise.all(names.filter(name => name.startsWith("marelle-enfants-") && name !== SHELF).map(name => caches.delete(name)))).then(() => self.clients.claim())));

const isPage = url => /^\/s\/[0-9a-z]+\/$/.test(url.pathname) && url.pathname !== "/s/aide/";

async function put(request, reply) {
  const shelf = await caches.open(SHELF);
  await shelf.put(request, reply);
  const pages = (await shelf.keys()).filter(kept => isPage(new URL(kept.url)));
  for (const old of pages.slice(0, Math.max(0, pages.length - MOST_PAGES))) await shelf.delete(old);
}

self.addEventListener("message", event => event.waitUntil((async () => {
  const shelf = await caches.open(SHELF);
  for (const address of (event.data && event.data.keep) || []) {
    const url = new URL(address);
    if (url.origin !== location.origin || !(isPage(url) || url.pathname.startsWith("/static/"))) continue;
    if (!isPage(url) && await shelf.match(address)) continue;
    try { const reply = await fetch(address, { credentials: "omit" }); if (reply.ok) await put(address, reply); } catch { /* another time */ }
  }
  if (event.source) event.source.postMessage({ kept: true });
})()));

async function fromNetwork(request) {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), 5000);
  try {
    const reply = await fetch(request, { signal: stop.signal });
    if (reply.ok) await put(request.url, reply.clone());
    else if (reply.status < 500) await (await caches.open(SHELF)).delete(request.url); // closed, or never was
    return reply;
  } finally { clearTimeout(timer); }
}

self.addEventListener("fetch", event => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(event.request).then(kept => kept || fetch(event.request)));
  } else if (isPage(url) && event.request.mode === "navigate") {
    event.respondWith(fromNetwork(event.request).catch(() => caches.match(event.request.url).then(kept => kept || Response.error())));
  }
});
