// The soak: so many submissions from several phones, over a line in a storm, while phones and the
// server are killed, until all is drained. Then both sides are counted past our own code.
//
//   make soak                        100,000 submissions
//   SOAK=5000 SEED=7 make soak       fewer, with the dice of an earlier run
//   SOAK_MINUTES=30 make soak        as many as go out of hand in that time, and then drained
//
// Without SOAK it is the short form, which `make test` runs.
//
// *Submitted* is what a phone has reported as saved, each with a text of its own. *Lost* is one of these
// that is not on the server at the end; *doubled* is a text that stands there twice, under whatever id. A
// batch during which the phone was killed was not reported; of it the server must have the first so many
// and none after a gap, because the phone saves one after the other.

import { rows } from '../support/database.ts';
import { Device } from '../support/browser.ts';
import { type Engine, openHarness, settleIn, takeUp, until } from '../support/harness.ts';
import { dice, storm } from '../support/line.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from './test.ts';

const SHORT = 300;
const TOTAL = Number(process.env.SOAK ?? SHORT);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
const UNTIL = Date.now() + Number(process.env.SOAK_MINUTES ?? 1_000_000) * 60_000;
const LONG = TOTAL > 1_000;
const PHONES = LONG ? 4 : 2;
const BATCH = LONG ? 50 : 25;
/** A phone has no more than so many unsent: more than go in one batch, so that several are under way. */
const MOST_WAITING = 700;
/** A phone is handed in for a new one after so many records. */
const HANDED_IN = 2_000;
const PLANNED_KILLS = LONG ? TOTAL / 1_000 : 2;

/** What is still to be submitted, shared by all phones. */
class Work {
  claimed = 0;
  readonly reported = new Set<string>();
  /** Texts of batches that a kill cut off. */
  readonly cut: string[] = [];
  phoneKills = 0;
  serverKills = 0;
  handedIn = 0;
  signIns = 0;
  private batches = 0;

  claim(): { n: number; words: string } | undefined {
    const n = Math.min(BATCH, TOTAL - this.claimed);
    if (n <= 0 || Date.now() > UNTIL) return undefined;
    this.claimed += n;
    this.batches += 1;
    return { n, words: `soak ${this.batches}` };
  }

  /** What was not reported is still to be done. */
  giveBack(n: number, words: string): void {
    this.claimed -= n;
    this.cut.push(words);
  }
}

class SoakPhone {
  private engine!: Engine;
  private device!: Device;
  private made = 0;

  constructor(
    private readonly server: Server,
    private readonly work: Work,
    private readonly roll: () => number,
  ) {}

  async start(): Promise<void> {
    this.device = await Device.make(this.server);
    this.made = 0;
    await this.open();
    const { password } = this.server.account('cunguan');
    await this.trying(async () => {
      this.engine = await openHarness(this.device.page, this.server.origin);
      await settleIn(this.engine, 'cunguan', password);
    });
  }

  /** In a storm and with a server that dies, whatever needs an answer at once is tried again. */
  private async trying(what: () => Promise<void>): Promise<void> {
    for (let left = 200; ; left -= 1) {
      try {
        await what();
        return;
      } catch (error) {
        if (left === 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  private async open(): Promise<void> {
    await this.trying(async () => {
      this.engine = await openHarness(this.device.page, this.server.origin);
    });
  }

  async run(): Promise<void> {
    const kills = PLANNED_KILLS / (TOTAL / BATCH);
    for (let batch = this.work.claim(); batch; batch = this.work.claim()) {
      this.made += batch.n;
      const saving = this.engine.commit_many(batch.n, batch.words);
      if (this.roll() < kills) {
        saving.catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, this.roll() * 600));
        await this.device.kill();
        // It may have been done before the battery fell out; only what was reported counts.
        const ids = await saving.catch(() => undefined);
        if (ids) for (const id of ids) this.work.reported.add(id);
        else this.work.giveBack(batch.n, batch.words);
        this.work.phoneKills += 1;
        await this.device.turnOn();
        await this.open();
        await takeUp(this.engine);
      } else {
        for (const id of await saving) this.work.reported.add(id);
      }
      await this.below(MOST_WAITING);
      if (this.made >= HANDED_IN) {
        await this.handIn();
        await this.start();
      }
    }
  }

  /** Sends until fewer wait. */
  private async below(most: number): Promise<void> {
    await until(
      async () => {
        const status = await this.engine.status();
        if (status.connection.connection === 'needs_sign_in') {
          this.work.signIns += 1;
          await this.engine.sign_in('cunguan', this.server.account('cunguan').password).catch(() => undefined);
        }
        await this.engine.sync_now();
        return status;
      },
      ({ saved }) => saved <= most,
      600_000,
    );
  }

  /** All is out, by what lies on the disk of the phone, and it knows of nothing that went wrong. */
  async handIn(): Promise<void> {
    while ((await this.engine.outbox()).some(({ state }) => state.state === 'waiting')) await this.below(0);
    // The screen counts a moment after the disk; it must come to the same by itself.
    const status = await until(() => this.engine.status(), ({ saved }) => saved === 0, 60_000);
    expect([status.set_aside, status.store_failure]).toEqual([0, null]);
    await this.device.close();
    this.work.handedIn += 1;
  }
}

test(`the soak: ${TOTAL} submissions in a storm, phones and server killed: none lost, none doubled`, async ({ server, line }) => {
  test.setTimeout(LONG ? 6 * 3_600_000 : 180_000);
  console.log(`soak: ${TOTAL} submissions from ${PHONES} phones, SEED=${SEED}`);
  const began = Date.now();
  line.keepLog = false;
  const work = new Work();
  const phones = Array.from({ length: PHONES }, (_, at) => new SoakPhone(server, work, dice(SEED + 1 + at)));
  await Promise.all(phones.map((phone) => phone.start()));
  line.fault(/^(?!GET \/healthz)/, storm(SEED, LONG ? 0.2 : 0.5), { times: Infinity });

  let over = false;
  // The server's power fails now and then, by the count of what was submitted.
  const power = (async () => {
    const kills = LONG ? 40 : 2;
    for (let at = 1; at <= kills && !over; at += 1) {
      const next = (TOTAL * at) / (kills + 1);
      while (!over && work.reported.size < next) await new Promise((resolve) => setTimeout(resolve, 50));
      if (over) break;
      server.kill();
      await server.gone();
      await server.up();
      work.serverKills += 1;
    }
  })();
  const told = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1_000);
    console.log(`soak: ${work.reported.size} submitted after ${seconds} s, ${line.count()} requests, ${work.phoneKills} phones and ${work.serverKills} servers killed`);
  }, 30_000);
  try {
    await Promise.all(phones.map((phone) => phone.run()));
  } finally {
    over = true;
    clearInterval(told);
    await power;
  }
  line.calm();
  for (const phone of phones) await phone.handIn();
  const seconds = Math.round((Date.now() - began) / 1_000);

  // The last word has the server's own table.
  const kept = await rows(
    server,
    `select r.id, json_extract(r.body, '$.payload.note') from record r join receipt q on q.record = r.id
     where json_extract(r.body, '$.payload.note') like 'soak %'`,
  );
  const ids = new Set(kept.map(([id]) => String(id)));
  const texts = kept.map(([, note]) => String(note));
  const lost = [...work.reported].filter((id) => !ids.has(id));
  const doubled = texts.length - new Set(texts).size;
  const found = work.reported.size - lost.length;
  const more = ids.size - found;
  console.log(`${work.reported.size} submitted, ${found} on the server, lost ${lost.length}, doubled ${doubled}, ${seconds} s`);
  console.log(
    `soak: SEED=${SEED}, ${more} more were saved in the moment before a phone was killed; ` +
      `${work.phoneKills} phones and ${work.serverKills} servers killed, ${work.handedIn} phones handed in, ${work.signIns} sign-ins asked; ` +
      JSON.stringify(line.counted),
  );
  expect(lost).toEqual([]);
  expect(doubled).toBe(0);
  expect(work.reported.size).toBe(Date.now() > UNTIL ? work.claimed : TOTAL);
  for (const words of work.cut) {
    const numbers = texts.filter((text) => text.startsWith(`${words} `)).map((text) => Number(text.split(' ')[2]));
    expect(numbers.sort((a, b) => a - b), words).toEqual(numbers.map((_, at) => at + 1));
  }
  // More than the reported ones can only come from batches that were cut off.
  expect(texts.filter((text) => work.cut.some((words) => text.startsWith(`${words} `)))).toHaveLength(more);
});
