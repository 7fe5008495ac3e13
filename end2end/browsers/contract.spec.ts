// What the engine asks of a store, asked of each browser's own IndexedDB.

import { type Caller, engineOn, openHarness } from '../support/harness.ts';
import { expect, test } from '../support/test.ts';
import { type Driver, caller } from './driver.ts';
import { Firefox } from './firefox.ts';
import { WebKit } from './webkit.ts';

test.use({ way: 'line' });

async function keepsTheContract(page: Caller, origin: string): Promise<void> {
  const engine = await engineOn(page, origin);
  const { passed, failed } = await engine.contract();
  expect(failed).toBeNull();
  expect(passed.length).toBeGreaterThanOrEqual(16);
}

test('IndexedDB of Chromium is a store for the engine', async ({ line, page }) => {
  const engine = await openHarness(page, line.origin);
  const { passed, failed } = await engine.contract();
  expect(failed).toBeNull();
  expect(passed.length).toBeGreaterThanOrEqual(16);
});

for (const [name, start] of [
  ['Firefox', () => Firefox.start() as Promise<Driver>],
  ['WebKit', () => WebKit.start() as Promise<Driver>],
] as const) {
  test(`IndexedDB of ${name} is a store for the engine`, async ({ line }) => {
    const browser = await start();
    try {
      await keepsTheContract(caller(browser), line.origin);
    } finally {
      await browser.close();
    }
  });
}
