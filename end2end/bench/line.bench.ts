// What goes over the line: a thousand visits up, ten thousand matters down, twenty that changed. Bytes are
// counted on the line, heads of HTTP and all questions of the engine included; the floor is the same
// records as one gzip file, and its time over the same line.

import { gunzipSync, gzipSync } from 'node:zlib';

import { Api } from '../support/api.ts';
import { Device, PIN } from '../support/browser.ts';
import { type Engine, type EngineStatus, openHarness, settleIn, until } from '../support/harness.ts';
import type { Server } from '../support/server.ts';
import { rows } from '../support/database.ts';
import { expect, test } from '../support/test.ts';
import { MATTERS, OFFICIAL, bigCounty, writer } from './county.ts';
import { ROUNDS, median, report } from './figures.ts';
import { FAST, SLOW_3G, SlowLine, leastMs } from './slow-line.ts';

const VISITS = 1_000;
const CHANGED = 20;
const HOUR = 3_600_000;

interface Trip {
  bytes: number;
  up: number;
  down: number;
  ms: number;
  requests: number;
}

class Field {
  private constructor(
    readonly device: Device,
    readonly engine: Engine,
    readonly line: SlowLine,
    private readonly server: Server,
  ) {}

  /** A new phone behind a line of its own. */
  static async make(server: Server): Promise<Field> {
    const line = await SlowLine.before(server.origin);
    const device = await Device.make(server);
    return new Field(device, await openHarness(device.page, line.origin), line, server);
  }

  /** Measures what goes over the line, and how long, until something is so. */
  async trip(begin: () => Promise<void>, over: (engine: Engine) => Promise<boolean>): Promise<Trip> {
    const { up, down, bytes } = { up: this.line.up.bytes, down: this.line.down.bytes, bytes: this.line.bytes };
    const requests = this.server.line.count();
    const began = performance.now();
    await begin();
    await until(() => over(this.engine), Boolean, HOUR);
    return {
      ms: performance.now() - began,
      bytes: this.line.bytes - bytes,
      up: this.line.up.bytes - up,
      down: this.line.down.bytes - down,
      requests: this.server.line.count() - requests,
    };
  }

  /** Until nothing has gone over the line for a second. */
  async still(): Promise<void> {
    for (let before = -1; before !== this.line.bytes; ) {
      before = this.line.bytes;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }

  async close(): Promise<void> {
    this.line.speed = FAST;
    await this.device.close();
    await this.line.close();
  }
}

const KB = 1_024;

function told(what: string, trips: Trip[], file: number): void {
  const bytes = median(trips.map((trip) => trip.bytes));
  const one = trips[0];
  report({
    what: `${what}: bytes`,
    value: bytes / KB,
    unit: 'KB',
    floor: file / KB,
    bar: 1.3,
    note: one && `${(one.up / KB).toFixed(1)} up, ${(one.down / KB).toFixed(1)} down, ${one.requests} requests; floor: one gzip file`,
  });
  report({
    what: `${what}: time on Slow 3G`,
    value: median(trips.map((trip) => trip.ms)) / 1_000,
    unit: 's',
    floor: leastMs(file, SLOW_3G) / 1_000,
    bar: 1.3,
    note: `floor: that file on the same line; our own bytes alone would take ${(leastMs(bytes, SLOW_3G) / 1_000).toFixed(1)} s`,
  });
}

let server: Server;
test.beforeAll(async () => {
  server = await bigCounty();
  server.line.keepLog = false;
});
test.afterAll(async () => server.remove());

test('sending a thousand visits', async () => {
  const account = server.account('cunguan');
  const trips: Trip[] = [];
  const write = writer(5);
  for (let n = 0; n < ROUNDS; n += 1) {
    const field = await Field.make(server);
    try {
      await settleIn(field.engine, account.login, account.password);
      server.line.unplug();
      // Short notes, every one another, as people write them.
      await field.device.page.evaluate(
        async ([notes]) => {
          const engine = (window as unknown as { harness: Record<string, (...a: unknown[]) => Promise<unknown>> }).harness;
          const items = (await engine.items_sorted_first?.(20_000)) as { item: string; id: string }[];
          const households = items.filter((item) => item.item === 'household');
          for (const [at, note] of notes.entries()) await engine.commit_visit?.(households[at % households.length]?.id, note);
        },
        [Array.from({ length: VISITS }, (_, at) => write(10 + (at % 30)))] as const,
      );
      // The tries that the visits woke have all failed by now: their bytes are none of ours.
      const rests = ({ sending, next_try }: EngineStatus) => sending === 0 && (next_try ?? Infinity) > Date.now() + 2_000;
      expect((await until(() => field.engine.status(), rests)).saved).toBe(VISITS);
      await field.still();
      field.line.speed = SLOW_3G;
      const trip = await field.trip(
        async () => {
          server.line.reopen();
          await field.engine.sync_now();
        },
        async (engine) => (await engine.status()).saved === 0,
      );
      trips.push(trip);
    } finally {
      await field.close();
    }
  }
  const sent = await rows(server, `select body from record order by rowid desc limit ${VISITS}`);
  const file = gzipSync(Buffer.from(sent.map(([body]) => String(body)).join('\n')));
  expect(gunzipSync(file).length).toBeGreaterThan(VISITS * 200);
  told('sending 1,000 visits', trips, file.length);
});

test('first pull of ten thousand matters, and twenty that changed', async () => {
  const account = server.account(OFFICIAL);
  const clerk = await Api.signIn(server, OFFICIAL);
  const area = await clerk.workArea();
  const matters = area.filter((item) => item.item === 'matter').length;
  expect(matters).toBeGreaterThanOrEqual(MATTERS);
  const file = gzipSync(Buffer.from(area.map((item) => JSON.stringify(item)).join('\n')));
  const registrar = await Api.signIn(server, 'dengji');
  const unit = await registrar.unit('县住建局');
  const open = (await rows(server, "select matter from matter_index where stage = 'registered' order by number")).map(([id]) => String(id));
  const pulls: Trip[] = [];
  const changes: Trip[] = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    const field = await Field.make(server);
    try {
      await field.engine.start();
      await field.engine.sign_in(account.login, account.password);
      field.line.speed = SLOW_3G;
      pulls.push(
        await field.trip(
          () => field.engine.choose_pin(PIN),
          async (engine) => (await engine.status()).first_download.download === 'complete',
        ),
      );
      expect(await field.engine.work_len()).toBeGreaterThanOrEqual(matters);

      field.line.speed = FAST;
      await until(() => field.engine.status(), (status) => status.codes_left > 0 && status.last_compared !== null);
      for (const id of open.splice(0, CHANGED)) await registrar.command(id, { command: 'transfer', unit });
      field.line.speed = SLOW_3G;
      const before = await field.engine.status();
      changes.push(
        await field.trip(
          () => field.engine.sync_now(),
          async (engine) => (await engine.status()).last_pull !== before.last_pull,
        ),
      );
    } finally {
      await field.close();
    }
  }
  told('first pull of 10,000 matters', pulls, file.length);
  const one = changes[0];
  report({
    what: '20 changed matters among 10,000: bytes',
    value: median(changes.map((trip) => trip.bytes)) / KB,
    unit: 'KB',
    bar: 15,
    note: one && `${one.requests} request${one.requests === 1 ? '' : 's'}, ${(one.ms / 1_000).toFixed(1)} s on Slow 3G`,
  });
});
