{# Keeps the last stories somebody read for reading without a network; pages add their pictures. Comments and indentation stay here: no reader's browser needs them. #}
{# offline: what is shown instead of a page that was not kept, the one at the root first #}
{% load static %}
const OFFLINE = [{% for path in offline %}"{{ path }}", {% endfor %}];
const FRAME = [...OFFLINE, "{% static 'newsroom/css/site.css' %}", "{% static 'newsroom/js/theme.js' %}", "{% static 'newsroom/js/reader.js' %}"];
const found = (url) => caches.match(url, { ignoreVary: true });
{# the pictures of a story are in a cache named as the story's address #}
const drop = (cache, url) => Promise.all([cache.delete(url), caches.delete(url)]);

{# The newest stay; what is put again is the newest. #}
async function keep(url, answer) {
  const cache = await caches.open("stories");
  if (!answer.ok) return drop(cache, url);
  await cache.delete(url);
  await cache.put(url, answer);
  for (const { url } of (await cache.keys()).slice(0, -20)) await drop(cache, url);
}

{# What was kept under a short address (/a/1/), or else the nearest page (before "offline/" in its address) that says that there is no network and lists what was kept, the newest first, by the titles of the pages, which are HTML already. #}
async function kept(path, url) {
  const offline = await found(OFFLINE.findLast((at) => path.startsWith(at.slice(0, -8))));
  let list = "";
  for (const { url: at } of await (await caches.open("stories")).keys()) {
    if (/\d\/$/.test(path) && at.startsWith(url.replace("/a/", "/articles/")))
      return Response.redirect(at);
    const title = /<title>(.*) – /.exec(await (await found(at)).text());
    list = `<li><a href="${at}">${title?.[1] ?? at}</a>${list}`;
  }
  return new Response((await offline.text()).replace('kept">', (tag) => tag + list), offline);
}

async function page(event, path, url) {
  try {
    const answer = await fetch(event.request);
    if (/\/articles\/\d/.test(path) && [200, 404, 410].includes(answer.status))
      event.waitUntil(keep(url, answer.clone()));
    return answer;
  } catch {
    caches.delete("looked");
    return (await found(url)) ?? kept(path, url);
  }
}

{# Nothing stays with readers that was withdrawn: asked after 2e7 ms, some five hours, and after every time without a network: pages and the worker then forget when it was, and a look that fails is none. #}
async function look() {
  const last = await (await found("/looked"))?.text();
  if (Date.now() - last < 2e7) return;
  const cache = await caches.open("stories");
  for (const { url } of await cache.keys()) {
    const { status } = await fetch(url, { method: "HEAD" });
    if ([404, 410].includes(status)) await drop(cache, url);
  }
  await (await caches.open("looked")).put("/looked", new Response(Date.now()));
}

const on = (type, act) => addEventListener(type, (event) => event.waitUntil(act()));
on("install", async () => (await caches.open("frame")).addAll(FRAME, skipWaiting()));
on("activate", () => clients.claim());
on("message", () => look().catch(() => {}));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { method, mode, url } = request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (/^\/(static|media)\//.test(pathname)) 
    event.respondWith(fetch(request).catch(() => found(request)));
  else if (mode === "navigate" && !/^\/(admin|preview|calendar)\//.test(pathname))
    event.respondWith(page(event, pathname, origin + pathname));
});
