// The engine's test page: the few calls that the fault suite and the soak are built from.

import { rows } from '../support/database.ts';
import { type Engine, engineOn, openHarness, settleIn, takeUp, until } from '../support/harness.ts';
import { storm } from '../support/line.ts';
import type { Server } from '../support/server.ts';
import { caller } from './driver.ts';
import { Firefox } from './firefox.ts';
import { expect, test } from './test.ts';
import { WebKit } from './webkit.ts';

test.use({ way: 'line' });
// Each starts a browser, some three times.
test.describe.configure({ timeout: 180_000 });

const HOUSEHOLDS = 12;

test('a record is one call, a restart is one reload, and what is confirmed is on the server', async ({ page, line, server }) => {
  const before = await rows(server, 'select id from record');
  let engine = await openHarness(page, line.origin);
  await expect(engine.status()).rejects.toThrow('not started');
  await settleIn(engine, 'cunguan', server.account('cunguan').password);
  expect(await engine.work_len()).toBeGreaterThan(HOUSEHOLDS);
  expect(await engine.search('王建国')).toBeGreaterThan(0);
  expect(await engine.search('没有这个人')).toBe(0);
  const first = await engine.items_sorted_first(5);
  expect(first.map(({ due }) => due)).toEqual(first.map(({ due }) => due).sort());
  const household = first.find(({ item }) => item === 'household') ?? (await engine.items_sorted_first(50)).find(({ item }) => item === 'household');

  line.unplug();
  const id = await engine.commit_visit(household?.id ?? '', '屋后有石头滚下来');
  engine = await openHarness(page, line.origin);
  await takeUp(engine);
  expect((await engine.outbox()).map((entry) => [entry.id, entry.state.state])).toEqual([[id, 'waiting']]);
  expect((await engine.status()).saved).toBe(1);

  line.reopen();
  await engine.sync_now();
  await until(() => engine.status(), ({ saved }) => saved === 0);
  expect((await engine.history())[0]).toMatchObject({ id, state: { state: 'confirmed' } });
  expect(await rows(server, 'select id from record')).toHaveLength(before.length + 1);
});

/** Two hundred records, while every other request meets with something. */
async function inAStorm(engine: Engine, server: Server): Promise<void> {
  const line = server.line;
  const before = await rows(server, 'select id from record');
  await settleIn(engine, 'cunguan', server.account('cunguan').password);
  line.fault(/./, storm(20_260_503, 0.6), { times: Infinity });
  const ids: string[] = [];
  for (let round = 0; round < 20; round += 1) {
    ids.push(...(await engine.commit_many(10)));
    const seen = line.count();
    await engine.sync_now();
    await until(async () => line.count(), (count) => count > seen);
  }
  line.calm();
  await until(
    async () => {
      await engine.sync_now();
      return engine.status();
    },
    ({ saved, set_aside }) => saved === 0 && set_aside === 0,
  );
  const after = await rows(server, 'select id from record');
  expect(after).toHaveLength(before.length + ids.length);
  expect((await engine.history()).map(({ id }) => id).sort()).toEqual([...ids].sort());
  // It was a storm indeed.
  expect(Object.keys(line.counted).length).toBeGreaterThan(4);
}

test('in a storm on the line two hundred records arrive exactly once, from Chromium', async ({ page, server }) => {
  await inAStorm(await openHarness(page, server.origin), server);
});

test('in a storm on the line two hundred records arrive exactly once, from Firefox', async ({ server, start }) => {
  const firefox = await start(Firefox.start());
  await inAStorm(await engineOn(caller(firefox), server.origin), server);
});

test.describe('over https', () => {
  test.use({ way: 'tls' });
  test('in a storm on the line two hundred records arrive exactly once, from WebKit', async ({ server, start }) => {
    const webkit = await start(WebKit.start());
    await inAStorm(await engineOn(caller(webkit), server.origin), server);
  });
});
