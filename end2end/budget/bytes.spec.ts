// What a phone on a slow line has to fetch, as it goes over the wire.

import type { BrowserContext, Page } from '@playwright/test';

import { PHONE } from '../support/machine.ts';
import { expect, test } from '../support/test.ts';

const KB = 1_024;

interface Meter {
  total: () => number;
  addresses: string[];
}

/** Counts the bytes of every answer, headers included. */
async function meter(context: BrowserContext, page: Page): Promise<Meter> {
  const session = await context.newCDPSession(page);
  const addresses: string[] = [];
  let bytes = 0;
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: false });
  session.on('Network.requestWillBeSent', ({ request }) => addresses.push(new URL(request.url).pathname));
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  return { total: () => bytes, addresses };
}

test.use({ viewport: PHONE });

test("the official's app comes in at most 450 KB, with all that it needs to start without a network", async ({
  page,
  context,
  server,
}) => {
  const wire = await meter(context, page);
  await page.goto(`${server.origin}/w/`);
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-offline', 'ready', { timeout: 60_000 });
  // The copy for later is made by the service worker, past the page: what is stored is counted too.
  const stored = await page.evaluate(async () => {
    const names: string[] = [];
    for (const cache of await caches.keys()) {
      for (const request of await (await caches.open(cache)).keys()) names.push(new URL(request.url).pathname);
    }
    return names;
  });
  let extra = 0;
  for (const address of stored.filter((one) => !wire.addresses.includes(one))) {
    const answer = await context.request.get(server.origin + address, { headers: { 'accept-encoding': 'br' } });
    // What the worker notes for itself among the files is no address of the server's.
    if (answer.status() === 404) continue;
    extra += Number(answer.headers()['content-length'] ?? (await answer.body()).length);
  }

  const total = wire.total() + extra;
  console.log(`bytes: the official's app, first load: ${(total / KB).toFixed(1)} KB of 450`);
  expect(stored.some((one) => one.endsWith('.wasm'))).toBe(true);
  expect(wire.addresses.some((one) => one.endsWith('.wasm'))).toBe(true);
  expect(total).toBeGreaterThan(100 * KB);
  expect(total).toBeLessThanOrEqual(450 * KB);
});

/** What the page has moved by itself, after it could be read: 0 is nothing. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const moved = Number(sessionStorage.getItem('moved') ?? 0) + (entry as unknown as { value: number }).value;
        sessionStorage.setItem('moved', String(moved));
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** Files that must be there before anything is painted. */
function blocking(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => (entry as unknown as { renderBlockingStatus?: string }).renderBlockingStatus === 'blocking')
      .map(({ name }) => name),
  );
}

test('the look-up page and its answer take at most 15 KB each, are readable after one round trip and do not move', async ({
  page,
  context,
  server,
  api,
}) => {
  const registrar = await api('dengji');
  const { query_code } = await registrar.receipt((await registrar.find('灌溉渠道')).id);
  const wire = await meter(context, page);
  await watchShifts(page);
  await page.goto(`${server.origin}/c`);
  await expect(page.getByRole('heading', { name: '查办理情况' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  const form = wire.total();
  expect(await blocking(page)).toEqual([]);
  await page.getByLabel('查询码').fill(query_code);
  await page.getByLabel('手机号后 4 位，或姓名').fill('0003');
  await page.getByRole('button', { name: '查看', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('县水利局');
  await page.waitForLoadState('networkidle');
  expect(await blocking(page)).toEqual([]);

  const all = wire.total();
  const moved = await page.evaluate(() => Number(sessionStorage.getItem('moved') ?? 0));
  console.log(
    `bytes: the look-up page ${(form / KB).toFixed(1)} KB of 15, its answer ${((all - form) / KB).toFixed(1)} KB of 15, ` +
      `moved ${moved}`,
  );
  expect(form).toBeGreaterThan(KB);
  expect(form).toBeLessThanOrEqual(15 * KB);
  expect(all - form).toBeLessThanOrEqual(15 * KB);
  expect(moved).toBe(0);
  expect(wire.addresses.filter((one) => one.endsWith('.wasm') || one.endsWith('.css'))).toEqual([]);
});
