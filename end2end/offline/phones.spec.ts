// What happens to a phone: shared, lost, shut out, full, cleared, without its office for a week.

import type { CDPSession } from '@playwright/test';

import { Api } from '../support/api.ts';
import { rows } from '../support/database.ts';
import { PIN } from '../support/browser.ts';
import { openHarness, until } from '../support/harness.ts';
import { ownClock, shift } from './clock.ts';
import { Pocket, arrivedOnce, expect, stored, test, withNote } from './test.ts';

const DAY = 86_400_000;

test('survives a double tap on save: one record', async ({ pocket, server }) => {
  const phone = await pocket();
  const household = await phone.household();
  await phone.engine.draft_open('tap');
  await phone.engine.draft_type('tap', 'tapped twice');
  const ids = await Promise.all([
    phone.engine.draft_commit('tap', household),
    phone.engine.draft_commit('tap', household),
    phone.engine.draft_commit('tap', household),
  ]);
  expect(new Set(ids).size).toBe(1);
  await phone.drained();
  await arrivedOnce(phone, ids.slice(0, 1));
  expect(await withNote(server, 'tapped twice')).toHaveLength(1);
});

test('survives two tabs on one draft: both go on with the same, and it becomes one record', async ({ pocket, server, line }) => {
  const phone = await pocket();
  const other = await open(phone);
  const household = await phone.household();
  line.unplug();
  const id = await phone.engine.draft_open('tabs');
  await phone.engine.draft_type('tabs', 'from the first tab');
  // The second tab finds what the first has typed.
  expect(await other.engine.draft_open('tabs')).toBe(id);
  expect(await other.engine.draft_text('tabs')).toBe('from the first tab');
  await other.engine.draft_type('tabs', 'from the second tab');
  const both = await Promise.all([phone.engine.draft_commit('tabs', household), other.engine.draft_commit('tabs', household)]);
  expect(both).toEqual([id, id]);
  // A late keystroke in the other tab makes no second draft of it.
  await other.engine.draft_type('tabs', 'too late');
  expect(await phone.engine.drafts()).toBe(0);
  expect((await phone.engine.outbox()).map((entry) => entry.id)).toEqual([id]);
  line.reopen();
  // One of the tabs leads; both know.
  await until(() => phone.engine.status(), ({ saved }) => saved === 0);
  await until(() => other.engine.status(), ({ saved }) => saved === 0);
  await arrivedOnce(phone, [id]);
  expect((await withNote(server, 'from the first tab')).length + (await withNote(server, 'from the second tab')).length).toBe(1);
});

/** Another tab of the same browser. */
async function open(phone: Pocket): Promise<Pocket> {
  const tab = new Pocket(phone.server, phone.context, await phone.context.newPage());
  await tab.restart();
  return tab;
}

test('survives the next user of a shared phone: they see nothing of the first, whose records go out under the first one\'s name', async ({
  pocket,
  server,
  line,
}) => {
  const phone = await pocket();
  const first = (await phone.engine.status()).owner;
  await phone.engine.draft_open('half');
  await phone.engine.draft_type('half', 'half a form');
  line.unplug();
  const ids = await phone.engine.commit_many(4, 'shared phone');
  await phone.engine.sign_out();
  line.reopen();

  const held = line.fault('POST /api/v1/sync/sealed', { do: 'hold', what: 'request' });
  await phone.engine.sign_in('zhuangan', server.account('zhuangan').password);
  expect((await phone.engine.lock()).lock).toBe('choose_pin');
  await phone.engine.choose_pin('314159');
  await until(async () => held.held, (count) => count === 1);
  const status = await phone.engine.status();
  expect(status.owner).not.toBe(first);
  expect([status.saved, status.others_unsent]).toEqual([0, 4]);
  expect(await phone.engine.outbox()).toEqual([]);
  expect(await phone.engine.history()).toEqual([]);
  expect(await phone.engine.drafts()).toBe(0);
  // The first one's PIN opens nothing here.
  await phone.engine.lock_now();
  await until(() => phone.engine.lock(), ({ lock }) => lock === 'locked');
  await expect(phone.engine.unlock(PIN)).rejects.toThrow('wrong PIN');
  await phone.engine.unlock('314159');

  held.release();
  await until(() => phone.engine.status(), ({ others_unsent }) => others_unsent === 0);
  const kept = await rows(server, `select account from record where id in (${ids.map((id) => `'${id}'`).join(',')})`);
  expect(kept).toEqual(ids.map(() => [first]));
  // Nothing of them went as the second one's.
  expect(line.log.filter((one) => one.path === '/api/v1/sync/push' && one.headers['huiyin-account'] === status.owner)).toEqual([]);

  // The first comes back: all confirmed, and the half form is there.
  await phone.engine.sign_out();
  await phone.engine.sign_in('cunguan', server.account('cunguan').password);
  if ((await phone.engine.lock()).lock === 'locked') await phone.engine.unlock(PIN);
  await arrivedOnce(phone, ids);
  await phone.engine.draft_open('half');
  expect(await phone.engine.draft_text('half')).toBe('half a form');
});

test('survives wrong PINs: each is counted, they slow down, the tenth locks, and a sign-in at the office opens all of it again', async ({
  pocket,
  server,
  line,
}) => {
  const phone = await pocket('cunguan', ownClock);
  line.unplug();
  const ids = await phone.engine.commit_many(2, 'behind the PIN');
  await phone.engine.lock_now();
  await until(() => phone.engine.lock(), ({ lock }) => lock === 'locked');
  const waits: number[] = [];
  for (let n = 1; n <= 10; n += 1) {
    await expect(phone.engine.unlock(`77777${n % 10}`.replace('777777', '777778'))).rejects.toThrow('wrong PIN');
    const { wait_ms = 0, tries_left } = await phone.engine.lock();
    expect(tries_left).toBe(10 - n);
    waits.push(Math.round(wait_ms / 1_000));
    if (wait_ms > 0) {
      // While it waits not even the right one is looked at, and closing the app does not help.
      if (n === 4) await phone.restart().catch(() => undefined);
      await expect(phone.engine.unlock(PIN)).rejects.toThrow('wrong PIN');
      expect((await phone.engine.lock()).tries_left).toBe(10 - n);
      await shift(phone.page, wait_ms + 1_000);
    }
  }
  expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
  for (let n = 4; n < 9; n += 1) expect(waits[n]).toBeGreaterThanOrEqual(waits[n - 1] ?? 0);
  expect(waits[8]).toBeGreaterThan(3_000);
  await expect(phone.engine.unlock(PIN)).rejects.toThrow();
  line.reopen();
  await phone.engine.sign_in('cunguan', server.account('cunguan').password);
  expect((await phone.engine.lock()).lock).toBe('choose_pin');
  await phone.engine.choose_pin('161803');
  await phone.drained();
  await arrivedOnce(phone, ids);
});

test('survives that the office shuts the phone out: what is unsent is delivered sealed, then everything is wiped', async ({
  pocket,
  server,
  line,
}) => {
  const phone = await pocket();
  const { device, owner } = await phone.engine.status();
  line.unplug();
  const ids = await phone.engine.commit_many(3, 'shut out');
  ids.push(await phone.photo('shut out with a photo', 150_000));
  const office = await Api.signIn(server, 'guanli');
  await office.post(`/api/v1/devices/${owner}/${device}/revoke`, {});
  line.reopen();
  await phone.engine.sync_now();
  await until(() => phone.engine.lock(), ({ lock }) => lock === 'nobody_signed_in');
  expect((await stored(server, ids)).sort()).toEqual([...ids].sort());
  const kept = await rows(server, `select distinct account from record where id in (${ids.map((id) => `'${id}'`).join(',')})`);
  expect(kept).toEqual([[owner]]);
  expect(await rows(server, `select state from attachment where record = '${ids.at(-1)}'`)).toEqual([['complete']]);
  // Nothing of the official is left in the database of the browser but the mark that it is shut out, and the number
  // behind which the next query codes begin.
  expect(await left(phone, owner ?? '?')).toEqual([`meta "issued ${owner}"`, `meta "vault ${owner}"`]);
  await expect(phone.engine.sign_in('cunguan', server.account('cunguan').password)).rejects.toThrow();
  await office.post(`/api/v1/devices/${owner}/${device}/restore`, {});
});

/** The keys of the browser's own database that name this account. */
function left(phone: Pocket, account: string): Promise<string[]> {
  return phone.page.evaluate(async (account) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open('huiyin');
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const found: string[] = [];
    for (const name of db.objectStoreNames) {
      const keys = await new Promise<IDBValidKey[]>((resolve, reject) => {
        const asked = db.transaction(name).objectStore(name).getAllKeys();
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
      found.push(...keys.map((key) => `${name} ${JSON.stringify(key)}`).filter((key) => key.includes(account)));
    }
    db.close();
    return found;
  }, account);
}

test('survives seven days without contact: the work area goes, what is unsent stays locked, and contact opens it', async ({
  pocket,
  server,
  line,
}) => {
  const phone = await pocket('cunguan', ownClock);
  line.unplug();
  const ids = await phone.engine.commit_many(3, 'seven days');
  await shift(phone.page, 6.9 * DAY);
  await phone.restart();
  expect((await phone.engine.lock()).lock).toBe('open');
  await shift(phone.page, 0.2 * DAY);
  await phone.restart();
  expect(await phone.engine.lock()).toMatchObject({ lock: 'expired', unsent: 3 });
  expect(await phone.engine.work_len()).toBe(0);
  await expect(phone.engine.unlock(PIN)).rejects.toThrow();
  // Setting the clock back gives no days back.
  await shift(phone.page, -5 * DAY);
  await phone.restart();
  expect((await phone.engine.lock()).lock).toBe('expired');
  await shift(phone.page, 5 * DAY);
  line.reopen();
  await phone.restart();
  await phone.engine.sync_now();
  await until(() => phone.engine.lock(), ({ lock }) => lock !== 'expired');
  if ((await phone.engine.lock()).lock === 'locked') await phone.engine.unlock(PIN);
  await phone.drained();
  await arrivedOnce(phone, ids);
  await until(() => phone.engine.work_len(), (length) => length > 0);

  // With nothing unsent the area is removed, not only locked.
  const { owner } = await phone.engine.status();
  line.unplug();
  const before = await left(phone, owner ?? '?');
  await shift(phone.page, 8 * DAY);
  await phone.restart();
  expect(await phone.engine.lock()).toMatchObject({ lock: 'expired', unsent: 0 });
  expect((await left(phone, owner ?? '?')).length).toBeLessThan(before.length);
});

test('survives a full disk: saving says so, the form stays, and when there is room again it is saved once', async ({ pocket, server }) => {
  const { origin } = server;
  let cdp: CDPSession | undefined;
  // From the start: the browser asks what room there is only now and then.
  const phone = await pocket('cunguan', async (page) => {
    cdp = await page.context().newCDPSession(page);
    await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 });
  });
  const household = await phone.household();
  await phone.engine.draft_open('full');
  await phone.engine.draft_type('full', 'written before the disk was full');
  const saved: string[] = [];
  for (const bytes of [400_000, 100_000, 40_000]) {
    for (let left = 40; ; left -= 1) {
      const id = await phone.photo('photo', bytes).catch((error: unknown) => String(error));
      if (/no space left/.test(id)) break;
      saved.push(id);
      expect(left, 'the disk is never full').toBeGreaterThan(0);
    }
  }
  await expect(phone.engine.draft_type('full', `written while the disk was full ${'满'.repeat(20_000)}`)).rejects.toThrow(/no space left/);
  expect(await phone.engine.draft_text('full')).toContain('written while the disk was full');
  // Somebody makes room (deletes videos): all goes on by itself, and what has arrived can be freed here, too.
  await cdp?.send('Storage.overrideQuotaForOrigin', { origin });
  await phone.drained();
  await arrivedOnce(phone, saved);
  expect(await phone.engine.free_space()).toBeGreaterThan(400_000);
  expect(await phone.engine.drafts()).toBe(1);
  await phone.engine.draft_type('full', 'written when there was room again');
  const id = await phone.engine.draft_commit('full', household);
  await phone.drained();
  await arrivedOnce(phone, [id]);
  expect(await withNote(server, 'written when there was room again')).toEqual([id]);
});

test('survives that the browser clears its store: the phone says so and begins anew, and the server has all that was confirmed', async ({
  pocket,
  server,
}) => {
  const phone = await pocket();
  const household = await phone.household();
  const confirmed = await phone.engine.commit_many(3, 'cleared');
  await phone.drained();
  const { device } = await phone.engine.status();
  const cdp = await phone.context.newCDPSession(phone.page);
  await cdp.send('Storage.clearDataForOrigin', { origin: server.origin, storageTypes: 'all' });
  // The open page claims nothing that is not so: it cannot save, and says so.
  await expect(phone.engine.commit_visit(household, 'into nothing')).rejects.toThrow('has cleared');
  phone.engine = await openHarness(phone.page, server.origin);
  expect(await phone.engine.start()).toBe(false);
  expect((await phone.engine.lock()).lock).toBe('nobody_signed_in');
  await phone.engine.sign_in('cunguan', server.account('cunguan').password);
  await phone.engine.choose_pin(PIN);
  await until(() => phone.engine.status(), ({ first_download }) => first_download.download === 'complete');
  expect((await phone.engine.status()).device).not.toBe(device);
  expect((await stored(server, confirmed)).length).toBe(3);
  // The phone learns that the server has more of this official than it holds itself.
  await phone.engine.compare_now();
  await until(() => phone.engine.status(), ({ yours }) => (yours ?? 0) >= 3);
  const id = await phone.visit('after the clearing');
  await phone.drained();
  await arrivedOnce(phone, [id]);
});

test('survives a photo that is deleted while it is being sent: the server is told, the record and the others stand', async ({
  pocket,
  server,
  line,
}) => {
  const phone = await pocket();
  const pieces = /^POST \/api\/v1\/attachments\/.*\?at=/;
  const held = line.fault(pieces, { do: 'cut request', at: 'nothing' }, { nth: 2, times: Infinity });
  const id = await phone.photo('deleted while sending', 700_000);
  await until(
    async () => {
      await phone.engine.sync_now();
      return held.hits;
    },
    (hits) => hits > 0,
  );
  // The browser takes the bytes away; the mark of the file stays.
  await phone.page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open('huiyin');
      asked.onsuccess = () => resolve(asked.result);
    });
    await new Promise<void>((resolve, reject) => {
      const tx = db.transaction('files', 'readwrite');
      tx.objectStore('files').clear();
      tx.oncomplete = () => resolve();
      tx.onerror = () => reject(tx.error);
    });
    db.close();
  });
  held.remove();
  const other = await phone.photo('the next photo', 90_000);
  await phone.drained();
  await arrivedOnce(phone, [id, other]);
  const files = new Map((await phone.engine.history()).map((entry) => [entry.id, entry.files]));
  expect(files.get(id)).toEqual({ total: 1, arrived: 0, lost: 1 });
  expect(files.get(other)).toEqual({ total: 1, arrived: 1, lost: 0 });
  expect(await rows(server, `select state from attachment where record = '${id}'`)).toEqual([['lost']]);
  expect(JSON.stringify(await (await Api.signIn(server, 'shenhe')).get('/api/v1/flagged'))).toContain(id);
});

test('survives a restart offline without its session: the PIN opens what is there, and nothing else is asked', async ({ pocket, line }) => {
  const phone = await pocket();
  await phone.context.clearCookies();
  line.unplug();
  await phone.restart();
  const id = await phone.visit('offline, without a session');
  expect(await phone.engine.work_len()).toBeGreaterThan(10);
  expect((await phone.engine.outbox()).map((entry) => entry.id)).toEqual([id]);
  line.reopen();
  await phone.engine.sync_now();
  await until(() => phone.engine.status(), ({ connection }) => connection.connection === 'needs_sign_in');
  await phone.engine.sign_in('cunguan', phone.server.account('cunguan').password);
  await phone.drained();
  await arrivedOnce(phone, [id]);
});
