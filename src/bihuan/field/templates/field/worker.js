// Keeps the field page for hours without a network. Version {{ version }}: a new one is fetched whole before it is used.
const NAME = "field-{{ version }}", PAGE = "{{ page }}", PICTURES = "field-pictures";
const FILES = [PAGE, {% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(NAME);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("field-") && ![NAME, PICTURES].includes(name)) await caches.delete(name);
  await clients.claim();
})()));

// Only what was kept is answered from here; whatever is sent goes to the server untouched.
addEventListener("fetch", (event) => {
  const { request } = event, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  const page = request.mode === "navigate" && address.pathname === PAGE;
  if (page || FILES.includes(address.pathname)) event.respondWith(fromCache(NAME, page ? PAGE : request));
  else if (address.pathname.startsWith("/cases/documents/")) event.respondWith(fromCache(PICTURES, request));
});

async function fromCache(name, request) {
  const found = await (await caches.open(name)).match(request, { ignoreSearch: true, ignoreVary: true });
  return found ?? fetch(request);
}
