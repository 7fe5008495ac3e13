// The line itself, without a browser: a proxy whose faults are not what they say proves nothing.

import { type Server as HttpServer, createServer } from 'node:http';
import { connect } from 'node:net';

import { expect, test as base } from '@playwright/test';

import { Line, PLACES, busy, hotspot, passes } from './line.ts';

const test = base.extend<{ got: string[]; line: Line }>({
  got: async ({}, use) => {
    await use([]);
  },
  line: async ({ got }, use) => {
    const backend: HttpServer = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        got.push(body);
        response.end(`answer ${got.length}`);
      });
    });
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
    const address = backend.address();
    const line = await Line.make(typeof address === 'object' && address ? address.port : 0);
    await use(line);
    await line.close();
    backend.closeAllConnections();
    backend.close();
  },
});

const post = async (line: Line, body: string, where = '/push') =>
  (await fetch(line.origin + where, { method: 'POST', body })).text();

/** Every byte that comes back for a request. */
function bytesFor(line: Line, body: string): Promise<string> {
  return new Promise((resolve) => {
    const port = Number(new URL(line.origin).port);
    const socket = connect(port, '127.0.0.1');
    let all = '';
    socket.on('data', (part) => (all += part));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(all));
    socket.write(`POST /push HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  });
}

test('without a fault the line changes nothing, also not a redirect or an empty answer', async ({ line, got }) => {
  expect(await post(line, 'one')).toBe('answer 1');
  expect((await fetch(line.origin, { method: 'HEAD' })).status).toBe(200);
  expect(got).toEqual(['one', '']);
  expect(line.log.map(({ method, path, bytes, reached, status }) => [method, path, bytes, reached, status])).toEqual([
    ['POST', '/push', 3, 1, 200],
    ['HEAD', '/', 0, 1, 200],
  ]);
});

test('an answer is cut at every place, and the server has the request each time', async ({ line, got }) => {
  const whole = await bytesFor(line, 'x');
  const head = whole.indexOf('\r\n\r\n') + 4;
  for (const at of PLACES) {
    line.fault('POST /push', { do: 'cut answer', at });
    const bytes = await bytesFor(line, 'x');
    if (at === 'nothing') expect(bytes).toBe('');
    else expect(bytes.startsWith('HTTP/')).toBe(true);
    if (['in the first line', 'in the head', 'after the head'].includes(at)) expect(bytes).not.toContain('answer');
    if (at === 'first byte') expect(bytes.endsWith('\r\n\r\na')).toBe(true);
    if (at === 'half') expect(bytes).toMatch(/\r\n\r\nansw$/);
    if (at === 'all but one') expect(bytes).toMatch(/\r\n\r\nanswer $/);
    if (at === 'all') expect(bytes).toMatch(/\r\n\r\nanswer \d$/);
  }
  expect(head).toBeGreaterThan(20);
  expect(got).toHaveLength(1 + PLACES.length);
  expect(line.count('cut answer')).toBe(PLACES.length);
});

test('a request is cut at every place; only the whole one reaches the server', async ({ line, got }) => {
  for (const at of PLACES) {
    const rule = line.fault('POST /push', { do: 'cut request', at });
    await expect(post(line, 'words')).rejects.toThrow();
    await rule.done;
  }
  await expect.poll(() => got).toEqual(['words']);
  expect(line.log.map(({ reached }) => reached)).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
});

test('the places of a message stand in order and include both ends', () => {
  const message = { line: 10, head: 40, all: Buffer.alloc(100) };
  const cuts = PLACES.map((at) => passes(at, message));
  expect(cuts).toEqual([...cuts].sort((a, b) => a - b));
  expect([cuts[0], cuts.at(-1), passes(-1, message), passes(7, message)]).toEqual([0, 100, 99, 7]);
});

test('a rule takes the nth and so many, and the rest passes', async ({ line }) => {
  const rule = line.fault('POST /push', busy(503, 7), { nth: 2, times: 2 });
  const status = async () => {
    const answer = await fetch(`${line.origin}/push`, { method: 'POST' });
    return [answer.status, answer.headers.get('retry-after')];
  };
  expect([await status(), await status(), await status(), await status()]).toEqual([
    [200, null],
    [503, '7'],
    [503, '7'],
    [200, null],
  ]);
  await rule.done;
  line.fault('POST /push', hotspot());
  expect(await post(line, 'x')).toContain('Wi-Fi');
  expect(line.count()).toBe(5);
});

test('a request goes to the server fifty times, and one answer comes back', async ({ line, got }) => {
  line.fault('POST /push', { do: 'repeat', times: 50, give: 0 });
  expect(await post(line, 'again')).toBe('answer 1');
  expect(got).toEqual(Array.from({ length: 50 }, () => 'again'));
  expect(line.log[0]?.reached).toBe(50);
});

test('of two requests the second overtakes the first', async ({ line, got }) => {
  line.fault('POST /push', { do: 'swap', within: 10_000 });
  const first = post(line, 'first');
  await expect.poll(() => line.count()).toBe(1);
  const second = await post(line, 'second');
  expect([await first, second]).toEqual(['answer 2', 'answer 1']);
  expect(got).toEqual(['second', 'first']);
});

test('a held request waits for its release', async ({ line, got }) => {
  const rule = line.fault('POST /push', { do: 'hold', what: 'request' });
  const answer = post(line, 'held');
  await expect.poll(() => rule.held).toBe(1);
  expect(got).toEqual([]);
  rule.release();
  expect(await answer).toBe('answer 1');
});

test('a line that is shut refuses, one without the server has its own pages still', async ({ line, got }) => {
  line.shut();
  await expect(post(line, 'x')).rejects.toThrow();
  line.unplug();
  await expect(post(line, 'x')).rejects.toThrow();
  expect((await fetch(`${line.origin}/harness/page.html`)).status).toBe(200);
  line.reopen();
  expect(await post(line, 'x')).toBe('answer 1');
  expect(got).toEqual(['x']);
});
