// Conveniences; every page is whole without them.

const all = (selector) => [...document.querySelectorAll(selector)];
const address = () => location.origin + location.pathname;

function offer(selector, act) {
  for (const button of all(selector)) {
    button.insertAdjacentHTML("afterend", '<span class="share__told" role="status"></span>');
    const told = button.nextSibling;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        told.textContent = await act(button);
      } catch (error) {
        if (error.name !== "AbortError") told.textContent = button.dataset.failed;
      }
      setTimeout(() => (told.textContent = ""), 4000);
    });
  }
}

if (navigator.clipboard)
  offer("[data-copy-link]", ({ dataset }) =>
    navigator.clipboard.writeText(address()).then(() => dataset.copied),
  );
if (navigator.share)
  offer("[data-share]", () => navigator.share({ title: document.title, url: address() }));

// From a headline j and k lead on (WCAG 2.1.4).
document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  const headlines = all("main :is(h2, h3) a[href]");
  const at = headlines.indexOf(document.activeElement);
  if (at >= 0) headlines[at + step]?.focus();
});

const ago = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
for (const time of all("time[datetime*=T]")) {
  const minutes = Math.round((new Date(time.dateTime) - Date.now()) / 6e4);
  if (minutes > 0 || minutes < -1440) continue;
  time.title =
    minutes > -60 ? ago.format(minutes, "minute") : ago.format(Math.round(minutes / 60), "hour");
}

// The worker keeps stories; pictures are added here.
const worker = document.querySelector("link[rel=manifest]") && navigator.serviceWorker;
if (worker) {
  const look = async () => (await worker.ready).active.postMessage(0);
  worker.register("/sw.js").then(look, () => {});
  addEventListener("online", look);
  addEventListener("offline", () => caches.delete("looked"));
}
if (worker?.controller && address().includes("/articles/"))
  for (const img of all(":is(.story__picture, .prose) img[src^='/']")) {
    img.loading = "eager";
    const keep = async () => (await caches.open(address())).add(img.currentSrc);
    img.decode().then(keep).catch(() => {});
  }
