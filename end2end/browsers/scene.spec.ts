// The scene of scene.ts in Firefox and in WebKit. (In Chromium the journeys tell it, and more.)

import { test as base } from '../support/test.ts';
import type { Driver } from './driver.ts';
import { Firefox } from './firefox.ts';
import { officialComesHome } from './scene.ts';
import { WebKit } from './webkit.ts';

const test = base.extend<{ start: (browser: Promise<Driver>) => Promise<Driver> }>({
  start: async ({}, use) => {
    const started: Driver[] = [];
    await use(async (browser) => {
      started.push(await browser);
      return browser;
    });
    for (const browser of started) await browser.close();
  },
});

test.use({ way: 'line' });

test('Firefox: visits recorded without a network after the browser was killed arrive exactly once', async ({ server, start }) => {
  await officialComesHome(await start(Firefox.start()), server);
});

test.describe('over https', () => {
  test.use({ way: 'tls' });
  test('WebKit: visits recorded without a network on a page opened anew arrive exactly once', async ({ server, start }) => {
    await officialComesHome(await start(WebKit.start()), server);
  });
});
