// The server dies, is away, forgets or changes its mind; what was saved arrives exactly once.

import { rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { Api, visit } from '../support/api.ts';
import { change, rows } from '../support/database.ts';
import { until } from '../support/harness.ts';
import { ownClock, pass, shift } from './clock.ts';
import { arrivedOnce, expect, matters, raising, stored, test, withNote } from './test.ts';

const PUSH = 'POST /api/v1/sync/push';
const HOUR = 3_600_000;

test('survives a server that is down for an hour: the tries become rare, and when it is back all arrives by itself', async ({
  pocket,
  line,
  server,
}) => {
  const phone = await pocket('cunguan', ownClock);
  server.kill();
  await server.gone();
  const seen = line.count();
  const ids = await phone.engine.commit_many(3, 'an hour');
  // The hour passes on the phone's clock; each timer of its rings at its time.
  await pass(phone.page, HOUR);
  const tries = line.count() - seen;
  expect((await phone.engine.status()).connection.connection).toBe('offline');
  expect(tries).toBeGreaterThan(12);
  // 1 s doubling to 5 min: 9 tries in the first 8 minutes, then one in at least 3:45.
  expect(tries).toBeLessThan(40);
  await server.up();
  // Nobody touches anything; the longest wait is five minutes.
  await pass(phone.page, 6 * 60_000);
  await until(() => phone.engine.status(), ({ saved }) => saved === 0, 20_000);
  await arrivedOnce(phone, ids);
});

test('survives kill -9 of the server in the middle of taking records in, again and again', async ({ pocket, line, server }) => {
  const phone = await pocket();
  line.unplug();
  const household = await phone.household();
  const titles = Array.from({ length: 5 }, (_, at) => `村道积水停电${at}`);
  const ids: string[] = [];
  for (const title of titles) ids.push(await phone.engine.commit_payload(raising(household, title, await phone.engine.take_code())));
  ids.push(...(await phone.engine.commit_many(60, 'kill')));
  for (const ms of [5, 40, 120]) {
    // The request is on its way to the server: so long it may live. Watched for before there is anything new to
    // send: a phone that finds its server again sends by itself.
    const killed = new Promise<void>((resolve) => {
      line.fault(PUSH, () => {
        setTimeout(() => {
          server.kill();
          resolve();
        }, ms);
        return { do: 'delay' };
      });
    });
    ids.push(...(await phone.engine.commit_many(5, `kill after ${ms}`)));
    line.reopen();
    void phone.engine.sync_now();
    await killed;
    await server.gone();
    await server.up();
  }
  await phone.drained();
  await arrivedOnce(phone, ids);
  for (const title of titles) expect(await matters(server, title)).toBe(1);
  expect(await withNote(server, 'kill 60')).toHaveLength(1);
});

test('survives a session that ends in the middle of sending: it waits for the sign-in, asks nothing twice', async ({
  pocket,
  line,
  server,
}) => {
  const phone = await pocket();
  const held = line.fault(PUSH, { do: 'hold', what: 'request' });
  const ids = await phone.engine.commit_many(5, 'session');
  await until(async () => held.held, (count) => count === 1);
  const { device } = await phone.engine.status();
  await change(server, `delete from session where device = '${device}'`);
  held.release();
  await until(() => phone.engine.status(), ({ connection }) => connection.connection === 'needs_sign_in');
  expect(await stored(server, ids)).toEqual([]);
  // The phone stays open and goes on saving.
  ids.push(await phone.visit('after the session'));
  expect((await phone.engine.lock()).lock).toBe('open');
  // The visit has opened the way for one try, which finds the session ended; after that nothing is asked.
  let quiet = -1;
  while (quiet !== line.count()) {
    quiet = line.count();
    await phone.page.waitForTimeout(500);
  }
  await phone.engine.commit_many(0);
  expect(line.count()).toBe(quiet);
  await phone.engine.sign_in('cunguan', server.account('cunguan').password);
  await until(() => phone.engine.status(), ({ saved }) => saved === 0);
  await arrivedOnce(phone, ids);
});

test('survives being reassigned while offline: the visit is taken in, attributed and flagged, and the village leaves the phone', async ({
  pocket,
  line,
  server,
}) => {
  const phone = await pocket();
  const { owner } = await phone.engine.status();
  const area = (code: string) => change(server, `update account_area set code = '${code}' where account = '${owner}'`);
  line.unplug();
  const ids = await phone.engine.commit_many(3, 'reassigned');
  await area('990101101202');
  try {
    line.reopen();
    await phone.drained();
    await arrivedOnce(phone, ids);
    const kept = await rows(
      server,
      `select r.account, q.flags, q.flagged from record r join receipt q on q.record = r.id where r.id in (${ids.map((id) => `'${id}'`).join(',')})`,
    );
    for (const [account, flags, flagged] of kept) {
      expect(account).toBe(owner);
      expect(JSON.parse(String(flags))).toContain('out_of_area');
      expect(flagged).toBe(1);
    }
    // Before the supervisor.
    const shown = JSON.stringify(await (await Api.signIn(server, 'shenhe')).get('/api/v1/flagged'));
    for (const id of ids) expect(shown).toContain(id);
    // And the old village is gone from the phone.
    await until(async () => phone.engine.search('王建国'), (found) => found === 0);
  } finally {
    await area('990101101201');
  }
});

test('survives that the matter was closed while the phone was away: the visit is stored, flagged and stands before the supervisor', async ({
  pocket,
  desk,
  line,
  server,
}) => {
  const phone = await pocket();
  const supervisor = await Api.signIn(server, 'shenhe');
  const bridge = await supervisor.find('危桥');
  expect(bridge.stage).toBe('awaiting_return_visit');
  const { owner } = await phone.engine.status();
  line.unplug();
  const note = '又去看了一次桥';
  const payload = visit(await phone.household(), { matter: bridge.id, note });
  const id = await phone.engine.commit_payload(JSON.stringify(payload));

  // Somebody else asks afterwards, and the supervisor closes it.
  const outcome = { outcome: 'refused', note: '他说不用问了' };
  const asked = { kind: 'return_visit', matter: bridge.id, round: 1, demands: 1, at: Date.now(), mode: 'at_home', outcome };
  await (await Api.signIn(server, 'zhuangan')).push([asked]);
  await supervisor.command(bridge.id, { command: 'close' });
  expect((await supervisor.file(bridge.id)).flagged).toEqual([]);

  line.reopen();
  await phone.drained();
  await arrivedOnce(phone, [id]);
  expect(await rows(server, `select account, matter from record where id = '${id}'`)).toEqual([[owner, bridge.id]]);
  const file = await supervisor.file(bridge.id);
  expect(file.matter.stage).toBe('closed');
  expect(file.flagged).toMatchObject([{ record: id, flags: ['matter_closed'] }]);

  const { page } = await desk('shenhe');
  await page.goto(`${server.origin}/w/flagged`);
  const row = page.getByRole('link', { name: /这件事已经办结.*危桥/ });
  await expect(row).toBeVisible({ timeout: 60_000 });
  await row.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('危桥');
  await expect(page.getByText('记录送到时，这件事已经办结')).toBeVisible();
  await expect(page.getByText(note)).toBeVisible();
  // And the one who would not be asked is not counted as content.
  await expect(page.getByText('拒绝接受回访').first()).toBeVisible();
  await expect(page.getByText(outcome.note)).toBeVisible();
});

test('survives the restore of yesterday\'s backup of the server: the phone finds what is missing and sends it again', async ({
  pocket,
  server,
}) => {
  test.setTimeout(150_000);
  const phone = await pocket();
  const household = await phone.household();
  const old = await phone.engine.commit_many(2, 'before the backup');
  await phone.drained();
  const backup = path.join(server.folder, 'yesterday.db');
  expect((await server.command(['backup', backup])).code).toBe(0);
  const fresh = await phone.engine.commit_many(3, 'after the backup');
  fresh.push(await phone.engine.commit_payload(raising(household, '备份之后的事', await phone.engine.take_code())));
  fresh.push(await phone.photo('a photo after the backup', 200_000));
  await phone.drained();
  await arrivedOnce(phone, [...old, ...fresh]);

  // The disk breaks; the copy of yesterday comes back, as the handbook says.
  await server.down();
  for (const end of ['', '-wal', '-shm']) await rm(path.join(server.folder, `huiyin.db${end}`), { force: true });
  await rename(backup, path.join(server.folder, 'huiyin.db'));
  expect((await server.command(['restored'])).code).toBe(0);
  await server.up();
  expect(await stored(server, fresh)).toEqual([]);

  // Who was signed in after the backup signs in again; nobody asks for a comparison.
  await phone.engine.sync_now();
  const found = await until(
    async () => {
      const status = await phone.engine.status();
      if (status.connection.connection === 'needs_sign_in') await phone.engine.sign_in('cunguan', server.account('cunguan').password);
      await phone.engine.sync_now();
      return stored(server, fresh);
    },
    (ids) => ids.length === fresh.length,
  );
  expect(found).toHaveLength(5);
  await phone.drained();
  await arrivedOnce(phone, [...old, ...fresh]);
  expect(await matters(server, '备份之后的事')).toBe(1);
  const [photo] = await rows(server, `select state from attachment where record = '${fresh.at(-1)}'`);
  expect(photo).toEqual(['complete']);
});

for (const [words, ahead] of [['a year ahead', 365 * 24 * HOUR], ['a year behind', -365 * 24 * HOUR]] as const) {
  test(`survives a phone whose clock is ${words}, and its correction`, async ({ pocket, line, server }) => {
    const phone = await pocket('cunguan', (page) => ownClock(page, ahead));
    line.unplug();
    const ids = [await phone.visit(`clock ${words}`)];
    line.reopen();
    const status = await phone.drained();
    expect(Math.abs((status.clock_ahead_ms ?? 0) - ahead)).toBeLessThan(60_000);
    const kept = await rows(server, `select r.made_at, q.received_at, q.flags from record r join receipt q on q.record = r.id where r.id = '${ids[0]}'`);
    const [made, received, flags] = kept[0] ?? [];
    // Both times are kept apart; the server's decides.
    expect(Math.abs(Number(made) - (Date.now() + ahead))).toBeLessThan(10 * 60_000);
    expect(Math.abs(Number(received) - Date.now())).toBeLessThan(10 * 60_000);
    expect(JSON.parse(String(flags)).includes('clock_ahead')).toBe(ahead > 0);
    // No day of the household's is decided by the phone.
    const wrong = new Date(Date.now() + ahead + 8 * HOUR).toISOString().slice(0, 10);
    const cards = await (await Api.signIn(server, 'cunguan')).households();
    expect(JSON.stringify(cards)).not.toContain(`"last_visit":"${wrong}"`);
    // Somebody corrects the clock while records wait; they go out all the same.
    line.unplug();
    ids.push(await phone.visit(`clock put right ${words}`));
    await pass(phone.page, 2_000);
    await shift(phone.page, -ahead);
    line.reopen();
    // By the new time there may have been no contact for a year: then contact and the PIN open it. That may be noticed
    // only after the records have gone.
    await expect(async () => {
      await phone.drained();
      await phone.opened();
      await arrivedOnce(phone, ids);
    }).toPass({ timeout: 60_000 });
    expect(Math.abs((await phone.engine.status()).clock_ahead_ms ?? Infinity)).toBeLessThan(60_000);
  });
}
