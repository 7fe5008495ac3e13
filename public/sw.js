// The service worker of the workbench: it keeps one whole build of the app on the phone, so that the
// app opens without a network, and it does nothing else. No record passes through it, there is no
// queue in it: what is written and sent is the page's business and lies in the page's own store.
//
// This file is a template. The server fills in two placeholders when it starts, VERSION and PRECACHE
// between double underscores: a text that changes whenever any stored file or the shell page changes,
// and a JSON list of addresses with the shell page first.
//
// A new build is fetched while the old one stays in use, all of it or nothing. It takes over when the
// page says so ({ type: 'activate' }), or when no page of the old build is open any more.
'use strict';

const PREFIX = 'huiyin-app-';
const CACHE = PREFIX + '__VERSION__';
const PRECACHE = __PRECACHE__;
const SHELL = PRECACHE[0];
const STORED = new Set(PRECACHE);

// Names below /pkg/ carry a hash: what the page has just loaded is the right thing and is not loaded
// twice. Everything else comes fresh. A redirect (a sign-in page, an airport's network) is a failure.
function request(address) {
  const cache = address.startsWith('/pkg/') ? 'default' : 'reload';
  return new Request(address, { cache, redirect: 'error' });
}

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(PRECACHE.map(request))));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  if (event.data && event.data.type === 'activate') self.skipWaiting();
});

// The address a request is answered with from the phone, or nothing when it is none of our business.
function storedAddress(request) {
  if (request.method !== 'GET') return undefined;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return undefined;
  if (request.mode === 'navigate') {
    return url.pathname === '/w' || url.pathname.startsWith('/w/') ? SHELL : undefined;
  }
  return STORED.has(url.pathname) && url.pathname !== SHELL ? url.pathname : undefined;
}

async function fromPhone(address, request) {
  const cache = await caches.open(CACHE);
  const stored = await cache.match(address, { ignoreVary: true });
  // Only when the browser has cleared the cache but not the worker.
  return stored || fetch(request);
}

self.addEventListener('fetch', (event) => {
  const address = storedAddress(event.request);
  if (address) event.respondWith(fromPhone(address, event.request));
});
