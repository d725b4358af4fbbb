// There is no web app any more: what it kept goes, and so does this.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const empty = async () => {
    for (const name of await caches.keys()) await caches.delete(name);
    await registration.unregister();
  };
  event.waitUntil(empty());
});
