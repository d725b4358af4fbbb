{% load static %}// Keeps the last stories somebody read, for reading without a network.
const KEPT = 20;
const FRAME = [
  "{% url 'offline' %}",
  "{% static 'newsroom/css/site.css' %}",
  "{% static 'newsroom/js/theme.js' %}",
  "{% static 'newsroom/js/reader.js' %}",
];
const STORY = /^(\/zh-han[st])?\/articles\/\d/;
const NOT_OURS = /^\/(admin|preview|i18n|calendar)\//;
const isGone = (answer) => answer?.status === 404 || answer?.status === 410;

// The newest stay; what is put again is the newest.
async function keep(name, key, answer) {
  const cache = await caches.open(name);
  await cache.delete(key);
  if (answer.status === 200) await cache.put(key, answer);
  for (const old of (await cache.keys()).slice(0, -KEPT)) await cache.delete(old);
}

async function page(event) {
  const { url } = event.request;
  try {
    const answer = await fetch(event.request);
    const settles = answer.status === 200 || isGone(answer);
    if (settles && STORY.test(new URL(url).pathname)) {
      event.waitUntil(keep("stories", url, answer.clone()));
    }
    return answer;
  } catch {
    return (await caches.match(url, { ignoreVary: true })) ?? caches.match(FRAME[0]);
  }
}

const file = (request) =>
  fetch(request).catch(() => caches.match(request).then((kept) => kept ?? Response.error()));

// Nothing stays with readers that was withdrawn.
async function look() {
  const cache = await caches.open("stories");
  for (const { url } of await cache.keys()) {
    const answer = await fetch(url, { method: "HEAD" }).catch(() => null);
    if (isGone(answer)) await cache.delete(url);
  }
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(
    Promise.all(FRAME.map(async (path) => keep("frame", path, await fetch(path)))),
  );
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(look()));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin || NOT_OURS.test(pathname)) return;
  if (mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith("/static/")) event.respondWith(file(event.request));
});
