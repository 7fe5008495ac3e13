// Saving a visit offline: the real engine on the phone's disk, beside IndexedDB alone writing the same
// bytes as durably.

import { type Engine, openHarness, settleIn } from '../support/harness.ts';
import { Device } from '../support/browser.ts';
import { expect, test } from '../support/test.ts';
import { bigCounty } from './county.ts';
import { ROUNDS, median, p95, report } from './figures.ts';

const SAVES = 100;
const NOTE = '见到本人。房前排水沟已经清过，老人说下雨不再进水。低保补贴这个月到了，没有别的事。';

/** In the page: one save of each kind in turn, so that both meet the same machine. */
async function round({ saves, household, note, prefix }: { saves: number; household: string; note: string; prefix: string }) {
  const engine = (window as unknown as { harness: Record<string, (...a: unknown[]) => Promise<unknown>> }).harness;
  const open = (name: string, upgrade?: (db: IDBDatabase) => void): Promise<IDBDatabase> =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(name);
      if (upgrade) request.onupgradeneeded = () => upgrade(request.result);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const floor = await open('floor', (db) => db.createObjectStore('plain'));
  const phone = await open('huiyin');
  const bytesOfLast = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const request = phone.transaction('waiting').objectStore('waiting').openCursor(null, 'prev');
      request.onsuccess = () => resolve((request.result?.value as Uint8Array).byteLength);
      request.onerror = () => reject(request.error);
    });
  const put = (value: Uint8Array, key: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const tx = floor.transaction('plain', 'readwrite', { durability: 'strict' });
      tx.objectStore('plain').put(value, key);
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error);
    });
  const ours: number[] = [];
  const bare: number[] = [];
  let bytes = 0;
  for (let n = 0; n < saves; n += 1) {
    const name = `${prefix}-${n}`;
    await engine.draft_open?.(name);
    await engine.draft_type?.(name, `${note}${n}`);
    // What the first tap wakes (the try to send, the screens' counts) is over before the next begins.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const began = performance.now();
    await engine.draft_commit?.(name, household);
    ours.push(performance.now() - began);
    engine.draft_close?.(name);
    bytes ||= await bytesOfLast();
    const value = crypto.getRandomValues(new Uint8Array(bytes));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const alone = performance.now();
    await put(value, name);
    bare.push(performance.now() - alone);
  }
  floor.close();
  phone.close();
  return { ours, bare, bytes };
}

test('saving a visit offline', async () => {
  const server = await bigCounty();
  const device = await Device.make(server);
  try {
    const engine: Engine = await openHarness(device.page, server.origin);
    const account = server.account('cunguan');
    await settleIn(engine, account.login, account.password);
    const household = (await engine.items_sorted_first(20_000)).find((item) => item.item === 'household');
    server.line.unplug();
    const rounds: { ours: number[]; bare: number[]; bytes: number }[] = [];
    for (let n = 0; n < ROUNDS; n += 1) {
      rounds.push(await device.page.evaluate(round, { saves: SAVES, household: household?.id ?? '', note: NOTE, prefix: `save ${n}` }));
    }
    expect((await engine.status()).saved).toBe(ROUNDS * SAVES);
    const bytes = rounds[0]?.bytes ?? 0;
    report({
      what: 'saving a visit offline, p95 (encrypted, sealed, on disk)',
      value: median(rounds.map((one) => p95(one.ours))),
      unit: 'ms',
      floor: median(rounds.map((one) => p95(one.bare))),
      bar: 2,
      note: `${bytes} bytes; medians ${median(rounds.map((one) => median(one.ours))).toFixed(1)} and ${median(rounds.map((one) => median(one.bare))).toFixed(1)} ms`,
    });
  } finally {
    await device.close();
    await server.remove();
  }
});
