// The phone's power fails, and somebody reads its disk.

import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { type Device, PIN } from '../support/browser.ts';
import { openHarness, settleIn } from '../support/harness.ts';
import type { Server } from '../support/server.ts';
import { Pocket, arrivedOnce, expect, test } from './test.ts';

const KILLS = Number(process.env.KILLS ?? 6);

async function onDevice(device: Device, server: Server): Promise<Pocket> {
  const phone = new Pocket(server, device.page.context(), device.page);
  phone.engine = await openHarness(device.page, server.origin);
  return phone;
}

test('survives that the browser is killed at every step of saving: what was reported saved is there, nothing half', async ({
  device,
  server,
  line,
}) => {
  test.setTimeout(60_000 + KILLS * 15_000);
  const mine = await device();
  let phone = await onDevice(mine, server);
  await settleIn(phone.engine, 'cunguan', server.account('cunguan').password);
  const household = await phone.household();
  line.unplug();
  const reported: string[] = [];
  for (let n = 0; n < KILLS; n += 1) {
    const before = reported.length;
    // Each id is told in the moment in which its saving has ended.
    mine.page.on('console', (message) => {
      const id = /^saved (\S+)$/.exec(message.text())?.[1];
      if (id) reported.push(id);
    });
    const saving = mine.page.evaluate(async (household) => {
      const { harness } = window as unknown as { harness: Record<string, (...args: unknown[]) => Promise<string>> };
      for (let at = 1; ; at += 1) {
        console.log(`saved ${await harness.commit_visit?.(household, `killed while saving ${at}`)}`);
      }
    }, household);
    saving.catch(() => undefined);
    await expect.poll(() => reported.length).toBeGreaterThan(before);
    // Staggered over several times the length of one saving.
    await new Promise((resolve) => setTimeout(resolve, (n * 13) % 61));
    await mine.kill();
    await mine.turnOn();
    phone = await onDevice(mine, server);
    await phone.engine.start();
    await phone.opened();
    const outbox = await phone.engine.outbox();
    const kept = new Set(outbox.map(({ id }) => id));
    expect(reported.filter((id) => !kept.has(id))).toEqual([]);
    // At most the one that was being saved is there beyond them, whole.
    expect(kept.size - reported.length).toBeLessThanOrEqual(n + 1);
    expect(outbox.map(({ sequence }) => sequence)).toEqual(outbox.map((_, at) => at + 1));
  }
  line.reopen();
  const ids = (await phone.engine.outbox()).map(({ id }) => id);
  await phone.engine.sync_now();
  // A browser that is killed may lose its cookie; the sign-in is asked once.
  await phone.signedIn('cunguan');
  await phone.drained();
  await arrivedOnce(phone, ids);
});

/** Every file below, as one after the other. */
function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    const is = lstatSync(file);
    if (is.isDirectory()) return files(file);
    return is.isFile() ? [file] : [];
  });
}

/** The files of the profile that hold these words, in the ways in which a browser writes text. */
function holding(folder: string, words: string): string[] {
  const forms = [Buffer.from(words, 'utf8'), Buffer.from(words, 'utf16le')];
  return files(folder).filter((file) => {
    const bytes = readFileSync(file);
    return forms.some((form) => bytes.includes(form));
  });
}

test('survives somebody who reads the disk of the phone: no name, no note, no photo stands there in the clear', async ({
  device,
  server,
  line,
}) => {
  const mine = await device();
  const phone = await onDevice(mine, server);
  await settleIn(phone.engine, 'cunguan', server.account('cunguan').password);
  const [secret, typed, plain] = ['屋后那口井的水是黄的4711', '灶台边上的墙裂了4712', '这里是明文4713'];
  line.unplug();
  await phone.visit(secret);
  await phone.photo(secret, 100_000);
  await phone.engine.draft_open('half');
  await phone.engine.draft_type('half', typed);
  // The check itself is checked: what is written in the clear is found.
  await mine.page.evaluate(async (plain) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open('in the clear', 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore('s');
      asked.onsuccess = () => resolve(asked.result);
    });
    await new Promise<void>((resolve) => {
      const tx = db.transaction('s', 'readwrite', { durability: 'strict' });
      tx.objectStore('s').put({ note: plain }, 1);
      tx.oncomplete = () => resolve();
    });
  }, plain);
  expect((await phone.engine.outbox()).length).toBe(2);
  await mine.kill();
  const disk = mine.profile;
  expect(holding(disk, plain).length).toBeGreaterThan(0);
  for (const words of [secret, typed, '王建国', '李秀英', '村口路灯', PIN]) {
    expect(holding(disk, words).map((file) => path.relative(disk, file)), words).toEqual([]);
  }
  // The photo: a run of its bytes as they were before encryption.
  const run = Buffer.from(Array.from({ length: 64 }, (_, at) => ((at + 5_000) * 31 + ((at + 5_000) >> 8) * 7) % 251));
  expect(files(disk).filter((file) => readFileSync(file).includes(run))).toEqual([]);
});
