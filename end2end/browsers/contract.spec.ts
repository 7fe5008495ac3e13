// What the engine asks of a store, asked of each browser's own IndexedDB.

import { type Engine, engineOn, openHarness } from '../support/harness.ts';
import { caller } from './driver.ts';
import { Firefox } from './firefox.ts';
import { expect, test } from './test.ts';
import { WebKit } from './webkit.ts';

test.use({ way: 'line' });
// PINs are slow on purpose, and a busy machine makes them slower.
test.describe.configure({ timeout: 600_000 });

async function keepsTheContract(engine: Engine): Promise<void> {
  const { passed, failed } = await engine.contract();
  expect(failed).toBeNull();
  expect(passed.length).toBeGreaterThanOrEqual(28);
}

test('IndexedDB of Chromium is a store for the engine', async ({ line, page }) => {
  await keepsTheContract(await openHarness(page, line.origin));
});

test('IndexedDB of Firefox is a store for the engine', async ({ line, start }) => {
  await keepsTheContract(await engineOn(caller(await start(Firefox.start())), line.origin));
});

test('IndexedDB of WebKit is a store for the engine', async ({ line, start }) => {
  await keepsTheContract(await engineOn(caller(await start(WebKit.start())), line.origin));
});
