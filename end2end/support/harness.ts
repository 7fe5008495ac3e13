// The engine's test page (app/offline/harness) from a test, in any browser. The page is served by the
// line (`test.use({ way: 'line' })`) under /harness/, so it has the origin of the real server.
//
//   const engine = await openHarness(page, line.origin);      // Playwright
//   await engine.start();
//   await engine.sign_in('cunguan', password);
//   const id = await engine.commit_visit(household, 'words');
//
// Reloading the page is a restart of the phone: call `openHarness` again.

import type { Page } from '@playwright/test';

import { PIN } from './browser.ts';

/** How the official's part of the phone is locked. */
export interface EngineLock {
  lock: 'nobody_signed_in' | 'choose_pin' | 'locked' | 'open' | 'expired' | 'revoked';
  wait_ms?: number;
  tries_left?: number;
  unsent?: number;
}

export interface EngineStatus {
  owner: string | null;
  device: string;
  saved: number;
  sending: number;
  set_aside: number;
  last_confirmed: number | null;
  connection: { connection: string; since?: number };
  first_download: { download: 'not_begun' | 'partly' | 'complete'; items?: number };
  next_try: number | null;
  clock_ahead_ms: number | null;
  store_failure: string | null;
  lock: EngineLock;
  last_pull: number | null;
  others_unsent: number;
  files_waiting: number;
  codes_left: number;
  last_compared: number | null;
  mended: number;
  yours: number | null;
}

export interface EngineEntry {
  id: string;
  sequence: number;
  digest: string;
  state: { state: 'waiting' | 'confirmed' | 'set_aside'; [more: string]: unknown };
  files: { total: number; arrived: number; lost: number };
}

export interface EngineItem {
  item: 'household' | 'matter';
  id: string;
  due: string | null;
  name: string;
}

/** The functions of the page; see app/offline/harness/src. What goes wrong is thrown. */
export interface Engine {
  /** The store's contract suite on this browser's IndexedDB. */
  contract(): Promise<{ passed: string[]; failed: string | null }>;
  /** Once per page; answers whether somebody is signed in. */
  start(): Promise<boolean>;
  sign_in(login: string, password: string): Promise<void>;
  sign_out(): Promise<void>;
  status(): Promise<EngineStatus>;
  lock(): Promise<EngineLock>;
  choose_pin(pin: string): Promise<void>;
  unlock(pin: string): Promise<void>;
  change_pin(old: string, fresh: string): Promise<void>;
  lock_now(): Promise<void>;
  sync_now(): Promise<void>;
  compare_now(): Promise<void>;
  retry(record: string): Promise<boolean>;
  /** A plain visit; it is on disk when the id comes. */
  commit_visit(household: string, note: string): Promise<string>;
  /** So many plain visits, over the households of the work area in turn; their ids. Notes: `words` 1, 2, … */
  commit_many(n: number, words?: string): Promise<string[]>;
  /** Any record, its payload as JSON; its id. */
  commit_payload(payload: string): Promise<string>;
  /** A plain visit with a file: "photo", "image_jpeg"; the bytes go as numbers. */
  commit_with_file(household: string, note: string, bytes: number[], kind: string, media: string): Promise<string>;
  /** The form of this name, begun earlier or new; the id of its record to be. */
  draft_open(name: string): Promise<string>;
  /** On disk when it comes back; throws when it is not. */
  draft_type(name: string, text: string): Promise<void>;
  draft_text(name: string): Promise<string | undefined>;
  /** Saves it as a plain visit; the form stays open. */
  draft_commit(name: string, household: string): Promise<string>;
  draft_close(name: string): Promise<void>;
  drafts(): Promise<number>;
  take_code(): Promise<string | null>;
  storage(): Promise<{ persistent: boolean | null; used: number | null; quota: number | null; history: number; files: number; file_bytes: number }>;
  free_space(): Promise<number>;
  outbox(): Promise<EngineEntry[]>;
  history(): Promise<EngineEntry[]>;
  work_len(): Promise<number>;
  search(typed: string): Promise<number>;
  items_sorted_first(n: number): Promise<EngineItem[]>;
}

/** Whatever can open an address and run a function of the page. */
export interface Caller {
  open(address: string): Promise<void>;
  /** Calls `window.harness[name](...args)` and waits for it. */
  call(name: string, args: unknown[]): Promise<unknown>;
  /** A text of <html>'s data-harness, when it is set. */
  ready(): Promise<string | undefined>;
}

/** Opens the page (again) and waits until its functions are there. */
export async function engineOn(caller: Caller, origin: string): Promise<Engine> {
  await caller.open(`${origin}/harness/page.html`);
  const until = Date.now() + 30_000;
  for (;;) {
    const state = await caller.ready();
    if (state === 'ready') break;
    if (state?.startsWith('failed') || Date.now() > until) throw new Error(`the engine's page did not start (${state}); .make/harness.sh builds it`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return new Proxy({} as Engine, {
    // A promise would be asked for `then`; the engine is none.
    get: (_, name) => (name === 'then' ? undefined : (...args: unknown[]) => caller.call(String(name), args)),
  });
}

/** The same on a page of Playwright's. */
export async function openHarness(page: Page, origin: string): Promise<Engine> {
  return engineOn(
    {
      open: async (address) => {
        await page.goto(address);
      },
      call: (name, args) =>
        page.evaluate(
          ([name, args]) => (window as unknown as { harness: Record<string, (...a: unknown[]) => unknown> }).harness[name]?.(...args),
          [name, args] as const,
        ),
      ready: () => page.evaluate(() => document.documentElement.dataset.harness),
    },
    origin,
  );
}

/** A new phone: signed in, a PIN chosen, the whole work area there. */
export async function settleIn(engine: Engine, login: string, password: string): Promise<void> {
  await engine.start();
  await engine.sign_in(login, password);
  if ((await engine.lock()).lock === 'choose_pin') await engine.choose_pin(PIN);
  await until(() => engine.status(), (status) => status.first_download.download === 'complete');
}

/** The phone after a restart: opened with the PIN, with or without network. */
export async function takeUp(engine: Engine): Promise<void> {
  await engine.start();
  if ((await engine.lock()).lock === 'locked') await engine.unlock(PIN);
}

/** Asks again and again until `good`; for browsers that Playwright's `expect.poll` is not needed for too. */
export async function until<A>(ask: () => Promise<A>, good: (answer: A) => boolean, ms = 60_000): Promise<A> {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (Date.now() > end) throw new Error(`not in ${ms} ms; the last answer was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
