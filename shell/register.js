// Registers the service worker where the page comes from a server. Only in index.html, never in the single file.
// Must not keep the app from starting: a refused registration only means that the page needs its server.
if ("serviceWorker" in navigator && /^https?:$/.test(location.protocol)) {
  navigator.serviceWorker.register("sw.js").catch((reason) => console.info("no service worker:", String(reason)));
}
