// Service worker of the served form: answers from the files listed at build time, so that the app opens without its
// server. A new build has a new version and takes over when every open page of the old one is closed; pages of two
// builds never run side by side on one database. Must not cache anything that is not on the list.
const VERSION = "__VERSION__";
const FILES = __FILES__;
const CACHE = `shouwen-${VERSION}`;

self.addEventListener("install", (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldCaches());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  const scope = new URL(self.registration.scope);
  if (!url.pathname.startsWith(scope.pathname)) return;
  const file = url.pathname.slice(scope.pathname.length) || "index.html";
  if (FILES.includes(file)) event.respondWith(fromCache(file, event.request));
});

async function dropOldCaches() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("shouwen-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function fromCache(file, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(file)) ?? fetch(request);
}
