// The line goes wrong; what was saved arrives exactly once.

import { gunzipSync } from 'node:zlib';

import { type Engine, until } from '../support/harness.ts';
import { type Exchange, PLACES, busy, hotspot } from '../support/line.ts';
import { Api, visit } from '../support/api.ts';
import { ownClock, pass } from './clock.ts';
import { arrivedOnce, expect, matters, raising, stored, test, withNote } from './test.ts';

const PUSH = 'POST /api/v1/sync/push';
const PIECE = /^POST \/api\/v1\/attachments\/.*\?at=/;

/** What the phone sent, unpacked. */
function sent(exchange: Exchange): string {
  return exchange.headers['content-encoding'] === 'gzip' ? gunzipSync(exchange.body).toString() : exchange.body.toString();
}

/** Asks to send until `done`; every asking opens the gates that failures have closed. */
async function asking(engine: Engine, done: () => boolean): Promise<void> {
  await until(
    async () => {
      if (!done()) await engine.sync_now();
      return done();
    },
    (yes) => yes,
  );
}

test('survives a lost reply after the server had stored, ten times one after the other', async ({ pocket, line, server }) => {
  const phone = await pocket();
  const title = '村道积水十次';
  const from = line.log.length;
  const lost = line.fault(PUSH, { do: 'cut answer', at: 'nothing' }, { times: 10 });
  // The eleventh try comes by itself when somebody has asked for it meanwhile; it waits until we have looked.
  const eleventh = line.fault(PUSH, { do: 'hold', what: 'request' });
  const code = await phone.engine.take_code();
  const id = await phone.engine.commit_payload(raising(await phone.household(), title, code));
  await asking(phone.engine, () => lost.hits === 10);
  // The server has it since the first time; the phone claims nothing.
  expect(await stored(server, [id])).toEqual([id]);
  expect((await phone.states()).get(id)).toBe('waiting');
  eleventh.release();
  await phone.drained();
  await arrivedOnce(phone, [id]);
  expect(await matters(server, title)).toBe(1);
  const tries = line.log.slice(from).filter((one) => one.path === '/api/v1/sync/push' && sent(one).includes(id));
  expect(tries.length).toBe(11);
  expect(new Set(tries.map(sent)).size).toBe(1);
  expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 200));
});

test('survives fifty identical requests at the same moment', async ({ pocket, line, server }) => {
  const phone = await pocket();
  const title = '村道积水五十次';
  line.unplug();
  const household = await phone.household();
  const ids = [await phone.engine.commit_payload(raising(household, title, await phone.engine.take_code()))];
  ids.push(...(await phone.engine.commit_many(9, 'fifty')));
  const all = line.fault(PUSH, { do: 'repeat', times: 50, together: true });
  line.reopen();
  await phone.drained();
  await all.done;
  await arrivedOnce(phone, ids);
  expect(await matters(server, title)).toBe(1);
  expect(await withNote(server, 'fifty 1')).toHaveLength(1);
});

test('survives an upload of records that is cut at every place, in the request and in the answer', async ({ pocket, line }) => {
  const phone = await pocket();
  const ids: string[] = [];
  for (const what of ['cut request', 'cut answer'] as const) {
    for (const at of PLACES) {
      // "all" of an answer has arrived whole: that is no cut.
      const cut = line.fault(PUSH, { do: what, at });
      ids.push(await phone.visit(`${what} ${at}`));
      await asking(phone.engine, () => cut.hits === 1);
    }
  }
  await phone.drained();
  await arrivedOnce(phone, ids);
  expect(ids).toHaveLength(16);
});

test('survives an upload of a file that is cut at every place, in the request and in the answer', async ({ pocket, line }) => {
  test.setTimeout(150_000);
  const phone = await pocket();
  const cuts = (['cut request', 'cut answer'] as const).flatMap((what) => PLACES.map((at) => ({ do: what, at })));
  // One piece after the other meets the next place.
  let next = 0;
  const rule = line.fault(PIECE, () => cuts[next++], { times: cuts.length });
  const id = await phone.photo('a photo in pieces', 1_400_000);
  await asking(phone.engine, () => rule.hits === cuts.length || next > cuts.length);
  await phone.drained(90_000);
  await arrivedOnce(phone, [id]);
  const entry = (await phone.engine.history()).find((one) => one.id === id);
  expect(entry?.files).toEqual({ total: 1, arrived: 1, lost: 0 });
  expect(rule.hits).toBe(cuts.length);
});

test('survives that half of several parts arrive and the phone is switched off: it goes on where it was, with no byte twice', async ({
  pocket,
  line,
}) => {
  const phone = await pocket();
  const from = line.log.length;
  const pieces = () => line.log.slice(from).filter((one) => PIECE.test(`${one.method} ${one.path}`) && one.reached > 0);
  // The record itself goes without waiting for its photo.
  const held = line.fault(PIECE, { do: 'cut request', at: 'nothing' }, { nth: 4, times: Infinity });
  const id = await phone.photo('half of a photo', 1_400_000);
  await asking(phone.engine, () => held.hits > 0);
  expect((await phone.states()).get(id)).toBe('confirmed');
  expect((await phone.engine.history()).find((one) => one.id === id)?.files).toEqual({ total: 1, arrived: 0, lost: 0 });
  const before = pieces();
  expect(before.length).toBe(3);
  await phone.restart();
  held.remove();
  await phone.drained();
  expect((await phone.engine.history()).find((one) => one.id === id)?.files).toEqual({ total: 1, arrived: 1, lost: 0 });
  const places = pieces().map((one) => [Number(new URL(one.path, 'http://x').searchParams.get('at')), one.bytes] as const);
  // Each begins where the last one ended.
  let end = 0;
  for (const [at, bytes] of places) {
    expect(at).toBe(end);
    end += bytes;
  }
  expect(end).toBeGreaterThan(1_400_000);
});

test('survives a poisoned record in front of good ones: it is set aside with its reason, the others arrive', async ({
  pocket,
  line,
  server,
}) => {
  const phone = await pocket();
  line.unplug();
  // The server comes to hold another record under the id of the second.
  const ids = await phone.engine.commit_many(6, 'poisoned');
  const api = await Api.signIn(server, 'cunguan');
  const taken = ids[1] ?? '';
  const { account } = await api.me();
  const other = { id: taken, device: taken, sequence: 1, by: account, made_at: Date.now(), payload: visit(await phone.household()) };
  await api.post('/api/v1/sync/push', { protocol: 2, device: taken, records: [other] });
  // And a front door that stumbles over the first, whatever is sent along with it.
  const stumbles = (one: Exchange) =>
    sent(one).includes(ids[0] ?? '?')
      ? ({ do: 'say', status: 400, headers: { 'content-type': 'application/json' }, body: '{"problem":"malformed","detail":"poison","message":"?"}' } as const)
      : undefined;
  line.fault(PUSH, stumbles, { times: Infinity });
  line.reopen();
  const status = await until(
    async () => {
      await phone.engine.sync_now();
      return phone.engine.status();
    },
    ({ saved }) => saved === 0,
  );
  expect(status.set_aside).toBe(2);
  await arrivedOnce(phone, ids.slice(2));
  const aside = (await phone.engine.outbox()).map(({ id, state }) => [id, state]);
  expect(aside).toMatchObject([
    [ids[0], { state: 'set_aside', reason: { why: 'malformed', detail: 'poison' } }],
    [taken, { state: 'set_aside', reason: { why: 'server', reason: { reason: 'id_taken' } } }],
  ]);
  // The door is mended: a person sends the first once more.
  line.calm();
  expect(await phone.engine.retry(ids[0] ?? '')).toBe(true);
  await until(() => phone.engine.status(), ({ saved, set_aside }) => saved === 0 && set_aside === 1);
  await arrivedOnce(phone, [ids[0] ?? '']);
});

test("survives an 'ok' that comes after the phone has given up waiting", async ({ pocket, line, server }) => {
  // The phone's timers are ours, so that its minute of patience passes at once.
  const phone = await pocket('cunguan', ownClock);
  // Each further try is held as well: the phone must not look as if it had got through meanwhile.
  const slow = line.fault(PUSH, { do: 'hold', what: 'answer' }, { times: Infinity });
  const id = await phone.visit('late ok');
  await until(async () => slow.held, (held) => held >= 1);
  expect(await stored(server, [id])).toEqual([id]);
  await pass(phone.page, 61_000);
  await until(() => phone.engine.status(), ({ connection }) => connection.connection === 'offline');
  expect((await phone.states()).get(id)).toBe('waiting');
  slow.remove();
  await phone.drained();
  await arrivedOnce(phone, [id]);
});

test('survives answers that are not our server\'s: a hotspot, a proxy, "try later", nothing at all', async ({ pocket, line, server }) => {
  const phone = await pocket();
  const rules = [
    hotspot(),
    hotspot(302),
    busy(500),
    busy(502),
    busy(503, 1),
    busy(429, 1),
    { do: 'say', status: 200, headers: { 'content-type': 'application/json' }, body: '{}' } as const,
    // What a stranger would answer: stored, signed by nobody.
    {
      do: 'say',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ server_time: Date.now(), outcomes: [{ outcome: 'stored', n: 1, at: Date.now() }], signature: 'A'.repeat(86) }),
    } as const,
  ].map((fault) => line.fault(PUSH, fault));
  // What the phone asks by itself behind these does not reach the server before it was looked at.
  const held = line.fault(PUSH, { do: 'hold', what: 'request' });
  const id = await phone.visit('no server');
  for (const rule of rules) {
    await asking(phone.engine, () => rule.hits === 1);
    expect((await phone.states()).get(id)).toBe('waiting');
  }
  expect(await stored(server, [id])).toEqual([]);
  held.release();
  await phone.drained();
  await arrivedOnce(phone, [id]);
});
