{# Keeps the last stories somebody read for reading without a network; pages add their pictures. Comments stay here: no reader's browser needs them. #}
{# offline: what is shown instead of a page that was not kept, the one at the root first #}
{% load static %}{% spaceless %}const OFFLINE = [{% for path in offline %}"{{ path }}", {% endfor %}];
const FILES = ["{% static 'newsroom/css/site.css' %}", "{% static 'newsroom/js/theme.js' %}", "{% static 'newsroom/js/reader.js' %}"];
const found = (url) => caches.match(url, { ignoreVary: true });
{# the pictures of a story are in a cache named as the story's address #}const drop = (cache, url) => Promise.all([cache.delete(url), caches.delete(url)]);

{# The newest stay; what is put again is the newest. #}async function keep(url, answer) {
  const cache = await caches.open("stories");
  if (answer.status !== 200) return drop(cache, url);
  await cache.delete(url);
  await cache.put(url, answer);
  for (const { url } of (await cache.keys()).slice(0, -20)) await drop(cache, url);
}

{# Without a network: what was kept, or else the nearest page (before "offline/" in its address) that says so. #}async function page(event, path) {
  const url = location.origin + path;
  try {
    const answer = await fetch(event.request);
    if (/^(\/[a-z-]+)?\/articles\/\d/.test(path) && [200, 404, 410].includes(answer.status))
      event.waitUntil(keep(url, answer.clone()));
    return answer;
  } catch {
    caches.delete("looked");
    return (await found(url)) ?? found(OFFLINE.findLast((at) => path.startsWith(at.slice(0, -8))));
  }
}

const file = (request) => fetch(request).catch(() => found(request));

{# Nothing stays with readers that was withdrawn: asked after 2e7 ms, some five hours, and after every time without a network: pages and the worker then forget when it was, and a look that fails is none. #}async function look() {
  const last = await (await found("/looked"))?.text();
  if (Date.now() - last < 2e7) return;
  const cache = await caches.open("stories");
  for (const { url } of await cache.keys()) {
    const { status } = await fetch(url, { method: "HEAD" });
    if ([404, 410].includes(status)) await drop(cache, url);
  }
  await (await caches.open("looked")).put("/looked", new Response(Date.now()));
}

async function frame() {
  await (await caches.open("frame")).addAll([...OFFLINE, ...FILES]);
}

addEventListener("install", (event) => event.waitUntil(frame(skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(look().catch(() => {})));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (/^\/(static|media)\//.test(pathname)) event.respondWith(file(event.request));
  else if (mode === "navigate" && !/^\/(admin|preview|calendar)\//.test(pathname))
    event.respondWith(page(event, pathname));
});
{% endspaceless %}
