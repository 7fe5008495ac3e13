// The service worker of the workbench: it keeps one whole build of the app on the phone, so that the
// app opens without a network. No record passes through it, there is no queue in it: what is written
// and sent is the page's business and lies in the page's own store. Beside that it holds, in its memory
// only, the key of the official's part of that store over a reload of the page.
//
// This file is a template. The server fills in two placeholders when it starts, VERSION and PRECACHE
// between double underscores: a text that changes whenever any stored file or the shell page changes,
// and a JSON list of addresses with the shell page first.
//
// A new build is fetched while the old one stays in use, all of it or nothing. It takes over when the
// page says so ({ type: 'activate' }), or when no page of the old build is open any more. The old build
// stays on the phone until the new one has started well once ({ type: 'started' }). A build that does
// not start says so ({ type: 'failed' }) and is opened once more; then, or when it was opened twice and
// never said anything, the old one is served again, and the new one gets another try a day later, or
// never, when a newer one comes before. Only what a build's own page says of itself counts: the message
// names the page's boot script, which no other build has.
'use strict';

const PREFIX = 'huiyin-app-';
const CACHE = PREFIX + '__VERSION__';
const PRECACHE = __PRECACHE__;
const SHELL = PRECACHE[0];
const STORED = new Set(PRECACHE);
// Which build is served: { serving, previous, proven, tries, fell }.
const BUILDS = 'huiyin-builds';
const TRIES = 2;
const DAY = 24 * 60 * 60 * 1000;

// Names below /pkg/ carry a hash: what the page has just loaded is the right thing and is not loaded
// twice. Everything else comes fresh. A redirect (a sign-in page, an airport's network) is a failure.
function request(address) {
  const cache = address.startsWith('/pkg/') ? 'default' : 'reload';
  return new Request(address, { cache, redirect: 'error' });
}

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(PRECACHE.map(request))));
});

async function builds() {
  const kept = await (await caches.open(BUILDS)).match('/builds');
  return kept ? kept.json() : { serving: CACHE, previous: null, proven: false, tries: 0, fell: 0 };
}

async function keepBuilds(state) {
  await (await caches.open(BUILDS)).put('/builds', new Response(JSON.stringify(state)));
}

// Removes what no build needs that may still be served. Not while a newer one is being fetched or
// waits: its files are of no build that is known here.
async function tidy({ serving, previous }) {
  if (self.registration.installing || self.registration.waiting) return;
  const wanted = [CACHE, serving, previous];
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && !wanted.includes(name)) await caches.delete(name);
  }
}

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      let state = await builds();
      if (state.serving !== CACHE) {
        // A build that never started is nothing to fall back to.
        const previous = state.proven ? state.serving : state.previous;
        state = { serving: CACHE, previous, proven: false, tries: 0, fell: 0 };
      }
      await keepBuilds(state);
      await tidy(state);
      await self.clients.claim();
    })(),
  );
});

// The build that answers a page that is being opened.
async function opened() {
  const state = await builds();
  if (state.serving !== CACHE && state.fell && Date.now() - state.fell > DAY) {
    // Perhaps it was the day, not the build.
    Object.assign(state, { serving: CACHE, previous: state.serving, proven: false, tries: 0, fell: 0 });
  }
  if (!state.proven) {
    if (state.tries >= TRIES && (await canFallBack(state))) fallBack(state);
    else state.tries += 1;
    await keepBuilds(state);
  }
  return state.serving;
}

async function canFallBack({ previous }) {
  return Boolean(previous) && (await caches.has(previous));
}

function fallBack(state) {
  Object.assign(state, { serving: state.previous, previous: null, proven: true, tries: 0, fell: Date.now() });
}

// Whether a page speaks of the build that is served and still has to show that it starts.
function isOnTrial(state, boot) {
  return !state.proven && state.serving === CACHE && STORED.has(boot);
}

async function started(boot) {
  const state = await builds();
  if (!isOnTrial(state, boot)) return;
  const proven = { ...state, previous: null, proven: true, tries: 0 };
  await keepBuilds(proven);
  await tidy(proven);
}

// A page of the build could not start it. 'again': it is to be opened once more; 'back': the build from
// before is served now; null: there is nothing else to open.
async function failed(boot) {
  const state = await builds();
  if (!isOnTrial(state, boot) || !(await canFallBack(state))) return null;
  if (state.tries < TRIES) return 'again';
  fallBack(state);
  await keepBuilds(state);
  return 'back';
}

// Keys of open parts of the store by account: CryptoKey objects that nobody can read. They are gone
// when the browser ends this worker, half a minute after its last page.
const keys = new Map();

self.addEventListener('message', (event) => {
  const message = event.data || {};
  const port = event.ports[0];
  switch (message.type) {
    case 'activate':
      self.skipWaiting();
      break;
    case 'started':
      event.waitUntil(started(message.boot));
      break;
    case 'failed':
      event.waitUntil(
        failed(message.boot)
          .catch(() => null)
          .then((word) => port?.postMessage(word)),
      );
      break;
    // When the build of this worker did not start and an older one took its place; 0: it did not.
    case 'fell':
      event.waitUntil(builds().then((state) => port?.postMessage(state.serving === CACHE ? 0 : state.fell)));
      break;
    case 'keep-key':
      if (message.key) keys.set(message.account, message.key);
      else keys.delete(message.account);
      break;
    case 'give-key':
      port?.postMessage(keys.get(message.account) || null);
      break;
    // From the worker of one build to that of the next, by way of the page.
    case 'give-keys':
      port?.postMessage([...keys]);
      break;
    // More of the build that is served, beside what every start needs.
    case 'store':
      event.waitUntil(
        (async () => {
          const cache = await caches.open((await builds()).serving);
          await cache.addAll(message.addresses.map(request));
          port?.postMessage(true);
        })().catch(() => port?.postMessage(false)),
      );
      break;
    case 'keep-keys':
      for (const [account, key] of message.keys) keys.set(account, key);
      break;
  }
});

// The address a request is answered with from the phone, or nothing when it is none of our business.
function storedAddress(request) {
  if (request.method !== 'GET') return undefined;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return undefined;
  if (request.mode === 'navigate') {
    return url.pathname === '/w' || url.pathname.startsWith('/w/') ? SHELL : undefined;
  }
  // Below /pkg/ also what only an older build has, for when that one is served.
  const stored = STORED.has(url.pathname) || url.pathname.startsWith('/pkg/');
  return stored && url.pathname !== SHELL ? url.pathname : undefined;
}

async function fromPhone(address, request) {
  const name = request.mode === 'navigate' ? await opened() : (await builds()).serving;
  const cache = await caches.open(name);
  const stored = await cache.match(address, { ignoreVary: true });
  // Not of this build (the desk's bundle), or the browser has cleared the cache but not the worker.
  return stored || fetch(request);
}

self.addEventListener('fetch', (event) => {
  const address = storedAddress(event.request);
  if (address) event.respondWith(fromPhone(address, event.request));
});
