// The scene of scene.ts in Firefox and in WebKit. (In Chromium the journeys tell it, and more.)

import { Firefox } from './firefox.ts';
import { officialComesHome } from './scene.ts';
import { test } from './test.ts';
import { WebKit } from './webkit.ts';

test.use({ way: 'line' });
// Each starts a browser, some three times.
test.describe.configure({ timeout: 180_000 });

test('Firefox: visits recorded without a network after the browser was killed arrive exactly once', async ({ server, start }) => {
  await officialComesHome(await start(Firefox.start()), server);
});

test.describe('over https', () => {
  test.use({ way: 'tls' });
  test('WebKit: visits recorded without a network after the browser was killed arrive exactly once', async ({ server, start }) => {
    await officialComesHome(await start(WebKit.start()), server);
  });
});
