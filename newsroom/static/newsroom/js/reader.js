// Conveniences of readers' pages; every page is whole without them.

const all = (selector) => [...document.querySelectorAll(selector)];
const address = () => location.origin + location.pathname;

// Buttons are hidden till they can work.
function offer(selector, act) {
  for (const button of all(selector)) {
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    told.className = "share__told";
    button.after(told);
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

if (navigator.clipboard) {
  offer("[data-copy-link]", ({ dataset }) =>
    navigator.clipboard.writeText(address()).then(() => dataset.copied),
  );
}
if (navigator.share) {
  offer("[data-share]", () => navigator.share({ title: document.title, url: address() }));
}

// From a headline j and k lead to its neighbours (WCAG 2.2, 2.1.4).
document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const headlines = all("main :is(h2, h3) a[href]");
  const at = headlines.indexOf(document.activeElement);
  if (at >= 0) headlines[at + step]?.focus();
});

const ago = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
for (const time of all("time[datetime*=T]")) {
  const minutes = Math.round((new Date(time.dateTime) - Date.now()) / 60_000);
  if (minutes > 0 || minutes < -24 * 60) continue;
  const [count, unit] = minutes > -60 ? [minutes, "minute"] : [Math.round(minutes / 60), "hour"];
  time.title = ago.format(count, unit);
}

// The worker keeps what was read; pictures are added here.
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
