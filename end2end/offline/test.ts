// What the fault suite begins with: one county with a line for all tests of a worker, and phones on
// the engine's test page. A test's records are told from the others' by their ids, never by counts of
// everything; whatever a test did to the line is undone after it.

import { randomUUID } from 'node:crypto';

import type { BrowserContext, Page } from '@playwright/test';

import { PIN } from '../support/browser.ts';
import { rows } from '../support/database.ts';
import { type Engine, type EngineStatus, openHarness, settleIn, takeUp, until } from '../support/harness.ts';
import { Server } from '../support/server.ts';
import { expect, test as base } from '../support/test.ts';

/** A phone on the engine's test page; its data lasts as long as the test. */
export class Pocket {
  engine!: Engine;

  constructor(
    readonly server: Server,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  /** The page (again), as after a restart; somebody who is signed in opens with the PIN. */
  async restart(): Promise<Engine> {
    this.engine = await openHarness(this.page, this.server.origin);
    await takeUp(this.engine);
    return this.engine;
  }

  /** A household of the work area. */
  async household(): Promise<string> {
    const found = (await this.engine.items_sorted_first(100)).find(({ item }) => item === 'household');
    if (!found) throw new Error('no household on this phone');
    return found.id;
  }

  async visit(note = '没有反映事项'): Promise<string> {
    return this.engine.commit_visit(await this.household(), note);
  }

  /** A visit with a photo of so many bytes, which are made in the page; on the server it can be told by its place. */
  async photo(note: string, bytes: number): Promise<string> {
    return this.page.evaluate(
      async ([household, note, bytes]) => {
        const photo = Uint8Array.from({ length: bytes }, (_, at) => (at * 31 + (at >> 8) * 7) % 251);
        photo.set([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        photo.set([0xff, 0xd9], bytes - 2);
        const { harness } = window as unknown as { harness: { commit_with_file(...args: unknown[]): Promise<string> } };
        return harness.commit_with_file(household, note, photo, 'photo', 'jpeg');
      },
      [await this.household(), note, bytes] as const,
    );
  }

  /** Waits for the contact that ends an expiry, and opens with the PIN. */
  async opened(): Promise<void> {
    const { lock } = await until(() => this.engine.lock(), ({ lock }) => lock !== 'expired');
    if (lock === 'locked') await this.engine.unlock(PIN);
  }

  /** Waits until the server has said who this is; signs in where it asks for it. */
  async signedIn(login: string): Promise<void> {
    const { connection } = await until(() => this.engine.status(), ({ connection }) => ['online', 'needs_sign_in'].includes(connection.connection));
    if (connection.connection === 'needs_sign_in') await this.engine.sign_in(login, this.server.account(login).password);
  }

  /** Asks to send until nothing waits. */
  async drained(ms?: number): Promise<EngineStatus> {
    return drained(this.engine, ms);
  }

  /** The states by id of all records on the phone. */
  async states(): Promise<Map<string, string>> {
    const all = [...(await this.engine.outbox()), ...(await this.engine.history())];
    return new Map(all.map(({ id, state }) => [id, state.state]));
  }
}

/** Sends until nothing waits, files neither. */
export async function drained(engine: Engine, ms = 60_000): Promise<EngineStatus> {
  return until(
    async () => {
      await engine.sync_now();
      return engine.status();
    },
    ({ saved, files_waiting }) => saved === 0 && files_waiting === 0,
    ms,
  );
}

interface Suite {
  /** A new phone; somebody has signed in on it and has the work area, or (`null`) nobody. */
  pocket: (login?: string | null, clock?: (page: Page) => Promise<void>) => Promise<Pocket>;
}

export const test = base.extend<Suite, { county: Server }>({
  county: [
    async ({}, use) => {
      const county = await Server.start('demo', 'line');
      await use(county);
      await county.remove();
    },
    { scope: 'worker' },
  ],
  server: async ({ county }, use) => {
    await use(county);
    county.line.calm();
    county.line.reopen();
    await county.alive();
  },
  pocket: async ({ browser, server }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (login = 'cunguan', clock) => {
      const context = await browser.newContext();
      contexts.push(context);
      const pocket = new Pocket(server, context, await context.newPage());
      await clock?.(pocket.page);
      pocket.engine = await openHarness(pocket.page, server.origin);
      if (login === null) await pocket.engine.start();
      else await settleIn(pocket.engine, login, server.account(login).password);
      return pocket;
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };

/** Which of these records the server has, by its own table: the ids, as often as they stand there. */
export async function stored(server: Server, ids: string[]): Promise<string[]> {
  const list = ids.map((id) => `'${id}'`).join(',');
  const found = await rows(server, `select r.id from record r join receipt q on q.record = r.id where r.id in (${list})`);
  return found.map(([id]) => String(id));
}

/** All of them are on the server, each once, and the phone says so of each. */
export async function arrivedOnce(pocket: Pocket, ids: string[]): Promise<void> {
  expect((await stored(pocket.server, ids)).sort()).toEqual([...ids].sort());
  const states = await pocket.states();
  expect(ids.map((id) => states.get(id))).toEqual(ids.map(() => 'confirmed'));
}

/** The same content under two ids would be doubled, too. */
export async function withNote(server: Server, note: string): Promise<string[]> {
  const found = await rows(server, `select id from record where json_extract(body, '$.payload.note') = '${note}'`);
  return found.map(([id]) => String(id));
}

/** A visit at which somebody reports what becomes a matter: what a second taking-in would double for all to see. */
export function raising(household: string, title: string, code?: string | null): string {
  return JSON.stringify({
    kind: 'household_visit',
    household,
    started: Date.now(),
    result: 'met_person',
    notice_given: true,
    items: [
      {
        kind: 'demand',
        summary: `${title}。下雨时过不去。`,
        raise: {
          id: randomUUID(),
          title,
          demands: ['修好'],
          category: 'construction',
          petitioner: '赵大娘',
          phone: '13911112222',
          ...(code ? { code: code.replaceAll(' ', '') } : {}),
        },
      },
    ],
  });
}

/** How many matters have this title. */
export async function matters(server: Server, title: string): Promise<number> {
  const found = await rows(server, `select count(*) from matter where instr(body, '${title}') > 0 or instr(head, '${title}') > 0`);
  return Number(found[0]?.[0]);
}
