// Starts the workbench in the shell page /w/. A template: the bundle tool fills in the names of the
// app's files and gives the result a name with a hash. The app comes in two bundles: the first one has
// what an official needs from the first minute (the lists, a plain 走访) and is small enough for a slow
// line; the full one has every screen. It is fetched where one of its screens is opened, and for
// officials in the field it is also stored when the first one runs, for work without a network. Where
// it is stored, it is the one that starts.
//
// What it leaves behind for the page and for tests, on <html>:
//   data-app="running" | "failed"
//   data-desk="loaded"           the full bundle runs
//            | "failed"          it was wanted and did not come; the first one runs
//   data-full="stored"           the full bundle is on this device
//   data-offline="ready"        the whole app is stored on this phone
//              | "installing"   not yet, or the last try failed (data-offline-reason says why)
//              | "unsupported"  this browser cannot store it: the app works with a network only
//   data-clean="yes" | "no"     set by the app: no form is open and nothing is being sent, so that a
//                               newer build may take over

const root = document.documentElement;

// The words of the case that no screen can be drawn; every other word is in the app.
const TOO_OLD = '这个浏览器太旧，打不开工作台。请更新浏览器，或换用手机自带的浏览器。';
const NOT_OPENED = '工作台没有打开。请检查网络，再点“重新打开”。手机里已存的记录都在，没有丢。';
const FELL_BACK = '新版本在这台手机上打不开，已自动换回原来的版本。记录和草稿都在，可以照常用；有了更新的版本会自动换上。';
const UNDERSTOOD = '知道了';

function fail(words, error) {
  root.dataset.app = 'failed';
  console.error(error);
  let message = document.getElementById('boot-message');
  if (!message) {
    message = document.createElement('p');
    message.id = 'boot-message';
    message.setAttribute('role', 'alert');
    document.body.prepend(message);
  }
  message.textContent = words;
  const again = document.createElement('a');
  again.href = location.href;
  again.textContent = '重新打开';
  again.className = 'btn';
  message.after(again);
}

const FULL = ['__DESK_JS__', '__DESK_WASM__'];
const DESK_ADDRESS = /^\/w\/(matters|register|review|import|devices|holidays|accounts|audit|flagged|calls|publish|reports|receptions|talk-points|sealed|waiting)(\/|$)/;
const MORE_ADDRESS = /^\/w\/(return|reception|appointment|intake|note|evidence|correct|record|code|roster|clash|phone)(\/|$)/;
const FIELD_ROLES = ['village_officer', 'village_head', 'town_clerk', 'town_leader'];

// Whether one of the officials in the field was the last to sign in here; undefined: nobody was.
function inTheField() {
  try {
    return FIELD_ROLES.includes(JSON.parse(localStorage.getItem('huiyin.session')).actor.role);
  } catch {
    return undefined;
  }
}

// Is this a page that only the full bundle has? The home page is one for those who work at a desk.
function needsFull() {
  if (location.search === '?full') return true;
  if (DESK_ADDRESS.test(location.pathname) || MORE_ADDRESS.test(location.pathname)) return true;
  // Where nobody has signed in yet, the first bundle can ask who it is.
  return /^\/w\/?$/.test(location.pathname) && inTheField() === false;
}

async function isStored() {
  const found = await Promise.all(FULL.map((address) => caches.match(address, { ignoreVary: true })));
  return found.every(Boolean);
}

async function load(scriptAddress, wasmAddress) {
  // Both at once: on a slow line one round trip is felt.
  const wasm = fetch(wasmAddress, { credentials: 'same-origin' });
  const [app, response] = await Promise.all([import(scriptAddress), wasm]);
  if (!response.ok) throw new Error(`the app's wasm: ${response.status}`);
  await app.default({ module_or_path: response });
  return app;
}

async function loadBundle() {
  const stored = 'caches' in self && (await isStored().catch(() => false));
  if (stored) root.dataset.full = 'stored';
  if (stored || needsFull()) {
    try {
      const desk = await load(...FULL);
      root.dataset.desk = 'loaded';
      return desk;
    } catch (error) {
      root.dataset.desk = 'failed';
      console.warn('the full app could not be fetched; the first one starts instead', error);
    }
  }
  return load('__APP_JS__', '__APP_WASM__');
}

// This script's own name, by which the worker tells its build from others.
const BOOT = new URL(import.meta.url).pathname;

// Starts the app. True when it does not start and the page is about to be loaded again: with a new
// build once more, then with the one from before.
async function startApp() {
  if (typeof WebAssembly !== 'object') {
    fail(TOO_OLD, new Error('no WebAssembly'));
    return false;
  }
  try {
    const app = await loadBundle();
    app.start();
  } catch (error) {
    const worker = navigator.serviceWorker?.controller;
    if (worker && (await ask(worker, { type: 'failed', boot: BOOT }, 3000))) {
      console.warn('this build does not start', error);
      location.reload();
      return true;
    }
    const tooOld = error instanceof WebAssembly.CompileError || error instanceof SyntaxError;
    fail(tooOld ? TOO_OLD : NOT_OPENED, error);
    return false;
  }
  document.getElementById('boot-message')?.remove();
  root.dataset.app = 'running';
  return false;
}

// The app has started well when it has opened its store and says so by its first data-clean; where a
// browser has no store, when a screen still stands after a while.
const STANDS = 10 * 1000;

async function startedWell() {
  if (root.dataset.app !== 'running') return false;
  if (root.dataset.clean) return true;
  await new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      observer.disconnect();
      resolve();
    }).observe(root, { attributes: true, attributeFilter: ['data-clean'] });
    setTimeout(resolve, STANDS);
  });
  return Boolean(root.dataset.clean || document.querySelector('h1'));
}

// Says once that a new build did not start and the one from before is open again.
const KNOWN_FALL = 'huiyin.fell';

async function sayFellBack() {
  const worker = navigator.serviceWorker.controller;
  const fell = worker && root.dataset.app === 'running' && (await ask(worker, { type: 'fell' }));
  if (!fell || localStorage.getItem(KNOWN_FALL) === String(fell)) return;
  const notice = document.createElement('div');
  notice.id = 'boot-fell';
  notice.className = 'notice notice--warn';
  notice.setAttribute('role', 'status');
  const words = document.createElement('p');
  words.className = 'notice__body';
  words.textContent = FELL_BACK;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn btn--text';
  button.textContent = UNDERSTOOD;
  button.addEventListener('click', () => {
    localStorage.setItem(KNOWN_FALL, String(fell));
    notice.remove();
  });
  notice.append(words, button);
  document.body.prepend(notice);
}

// Asks a worker and waits a moment for its answer.
function ask(worker, message, patience = 500) {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => resolve(event.data);
    worker.postMessage(message, [channel.port2]);
    // A worker that does not answer must not keep anybody from working.
    setTimeout(() => resolve(null), patience);
  });
}

// A newer build that has been fetched takes over. The key of the official's part of the store goes
// along, from the old build's worker to the new one's, so that nobody types the PIN for an update.
// True when the page is about to be loaded again.
async function takeOver() {
  const registration = await navigator.serviceWorker.getRegistration('/');
  const old = navigator.serviceWorker.controller;
  if (!registration?.waiting || !old) return false;
  const keys = await ask(old, { type: 'give-keys' });
  const changed = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(true), { once: true });
    setTimeout(() => resolve(false), 3000);
  });
  registration.waiting?.postMessage({ type: 'activate' });
  if (!(await changed)) return false;
  if (keys?.length) navigator.serviceWorker.controller?.postMessage({ type: 'keep-keys', keys });
  location.reload();
  return true;
}

// While the app stays open a newer build waits for a clean moment: no form open, nothing being sent,
// and nobody touching the screen just now.
const QUIET = 5 * 1000;
let touched = Date.now();

function waitForCleanMoment() {
  for (const kind of ['pointerdown', 'keydown', 'input']) {
    addEventListener(kind, () => (touched = Date.now()), { capture: true, passive: true });
  }
  let looking = false;
  const look = async () => {
    if (looking || root.dataset.clean !== 'yes' || Date.now() - touched < QUIET) return;
    looking = true;
    await takeOver().catch(() => false);
    looking = false;
  };
  new MutationObserver(look).observe(root, { attributes: true, attributeFilter: ['data-clean'] });
  document.addEventListener('visibilitychange', look);
  setInterval(look, QUIET);
}

// The rest of the app, for officials in the field, once the first bundle is stored and has had the line
// to itself for a while. Breaking off costs nothing: it is tried again at the next start.
const AFTER_THE_FIRST = 3 * 1000;

function storeFull() {
  if (root.dataset.full) return;
  setTimeout(async () => {
    const worker = navigator.serviceWorker.controller || (await navigator.serviceWorker.ready).active;
    // A desk has its network; and before somebody has signed in, nobody knows.
    if (inTheField() === false) return;
    if (!inTheField() || !worker) return void setTimeout(storeFull, MINUTE);
    const done = await ask(worker, { type: 'store', addresses: FULL }, 10 * MINUTE);
    if (done) root.dataset.full = 'stored';
  }, AFTER_THE_FIRST);
}

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

// The first copy for later can break off on a bad line; then it is tried again.
function tryAgainWhenBrokenOff(registration) {
  const worker = registration.installing;
  worker?.addEventListener('statechange', () => {
    if (worker.state !== 'redundant' || registration.active) return;
    root.dataset.offlineReason = 'broken off';
    setTimeout(storeApp, MINUTE);
  });
}

async function storeApp() {
  root.dataset.offline = 'installing';
  try {
    const registration = await navigator.serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' });
    tryAgainWhenBrokenOff(registration);
    navigator.serviceWorker.ready.then(({ active }) => {
      startedWell().then((well) => well && active.postMessage({ type: 'started', boot: BOOT }));
      root.dataset.offline = 'ready';
      delete root.dataset.offlineReason;
      storeFull();
    });
    // An app that stays open for days looks for a newer build when it is taken up again.
    let looked = Date.now();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible' || Date.now() - looked < HOUR) return;
      looked = Date.now();
      registration.update().catch(() => {});
    });
  } catch (error) {
    // Without a network this is the normal case: the worker that is there goes on working.
    if (navigator.serviceWorker.controller) root.dataset.offline = 'ready';
    else root.dataset.offlineReason = String(error);
    console.warn('the app could not be stored on this phone', error);
  }
}

async function boot() {
  const canStore = 'serviceWorker' in navigator;
  if (!canStore) root.dataset.offline = 'unsupported';
  // Nothing has been typed yet: this is a clean moment too.
  if (canStore && (await takeOver().catch(() => false))) return;
  // Stored after the start: the first screen does not share its line with the copy for later. And
  // also when the start failed: a newer build may be what mends it.
  if ((await startApp()) || !canStore) return;
  sayFellBack().catch(() => {});
  await storeApp();
  waitForCleanMoment();
}

boot();
