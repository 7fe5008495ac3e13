// A line on which single requests go wrong: a proxy that understands HTTP, between a browser and the
// real server. Where the gate (gate.ts) cuts everything, the line can cut the third push after its
// first byte, lose an answer that the server has already given, send a request fifty times, or answer
// like a hotel's hotspot. It also serves the engine's test page under /harness/, so that the page has
// the origin of the server.
//
//   test.use({ way: 'line' });
//   test('…', async ({ line, server }) => {
//     const lost = line.fault('POST /api/v1/sync/push', { do: 'cut answer', at: 'nothing' }, { times: 3 });
//     …
//     await lost.done;                       // all three have happened
//     expect(line.count('cut answer')).toBe(3);
//   });
//
// A request is read whole before anything happens to it, and so is an answer: what a fault does then
// does not depend on how the bytes happened to arrive. The first rule that fits a request and has
// something left to do takes it; requests that no rule takes pass untouched.

import { type IncomingMessage, type ServerResponse, createServer, request as send } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type Socket, connect } from 'node:net';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { certificate } from './certificate.ts';
import type { Way } from './gate.ts';
import { HARNESS, HERE } from './machine.ts';

/** The places in a message where a cut means something different to whoever reads it. */
export const PLACES = [
  'nothing', // not one byte
  'in the first line',
  'in the head',
  'after the head', // no byte of the body
  'first byte', // one byte of the body
  'half', // half of the body
  'all but one', // the last byte is missing
  'all', // everything, and then the line breaks
] as const;

/** Where to cut: a place, or so many bytes (negative: so many before the end). */
export type At = (typeof PLACES)[number] | number;

/** What can happen to a request. */
export type Fault =
  /** The server gets the first bytes of the request, then the line breaks on both sides. */
  | { do: 'cut request'; at: At }
  /** The server has answered; the browser gets the first bytes. `nothing`: the answer is lost. */
  | { do: 'cut answer'; at: At }
  /** Milliseconds before the server gets it, and before the browser gets the answer. */
  | { do: 'delay'; before?: number; after?: number }
  /** The server gets it so often, one after the other or `together`; the browser gets one answer. */
  | { do: 'repeat'; times: number; together?: boolean; give?: number }
  /** The server never sees it; the browser gets this. */
  | { do: 'say'; status: number; headers?: Record<string, string>; body?: string }
  /** It waits until the next request that fits the rule has been answered, or so many milliseconds. */
  | { do: 'swap'; within: number }
  /** It stops before the server gets it, or the answer does, until `release()`. */
  | { do: 'hold'; what: 'request' | 'answer' };

export type Doing = Fault['do'];

/** 429, 503 and the like, with or without how long to wait. */
export function busy(status: number, retryAfter?: number): Fault {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return { do: 'say', status, headers, body: '' };
}

/** What a hotel's network says instead of our server. */
export function hotspot(status: 200 | 302 = 200): Fault {
  if (status === 302) return { do: 'say', status, headers: { location: '/hotspot' } };
  return { do: 'say', status, headers: { 'content-type': 'text/html' }, body: '<html><title>Wi-Fi</title>请先登录</html>' };
}

/** A request as it came, and what became of it. */
export interface Exchange {
  /** Counts the requests of this line from 1. */
  n: number;
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  /** The bytes of its body. */
  bytes: number;
  body: Buffer;
  /** What was done to it. */
  fault?: Fault;
  /** How often the server got all of it. */
  reached: number;
  /** What the server answered (the last time); not what the browser got. */
  status?: number;
}

/** Which of the fitting requests a rule takes. */
export interface Which {
  /** The first to be taken, counted from 1. */
  nth?: number;
  /** How many; `Infinity` for all. 1 when not said. */
  times?: number;
  /** Called the moment before the fault happens (for cuts: before the line breaks). */
  then?: () => void;
}

/** A fault, or a choice made for each request; `undefined` lets it pass. */
export type Choice = Fault | ((exchange: Exchange) => Fault | undefined);

export class Rule {
  /** How often it has happened. */
  hits = 0;
  /** Resolves when it has happened as often as it was to. */
  readonly done: Promise<void>;
  private seen = 0;
  private taken = 0;
  private over = false;
  private finish: () => void = () => undefined;
  private waiting: (() => void)[] = [];
  private released = false;

  constructor(
    private readonly match: string | RegExp,
    private readonly choice: Choice,
    private readonly which: Which,
  ) {
    this.done = new Promise((resolve) => (this.finish = resolve));
  }

  /** No more requests are taken; what is held goes on. */
  remove(): void {
    this.over = true;
    this.release();
  }

  /** What is held goes on, and what would be held later too. */
  release(): void {
    this.released = true;
    for (const go of this.waiting.splice(0)) go();
  }

  /** How many are held now. */
  get held(): number {
    return this.waiting.length;
  }

  /** @internal */
  wait(): Promise<void> {
    return this.released ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  /** @internal */
  fits(exchange: Exchange): boolean {
    const line = `${exchange.method} ${exchange.path}`;
    return typeof this.match === 'string' ? line.startsWith(this.match) : this.match.test(line);
  }

  /** @internal */
  take(exchange: Exchange): Fault | undefined {
    const { nth = 1, times = 1 } = this.which;
    if (this.over || this.taken >= times || !this.fits(exchange)) return undefined;
    this.seen += 1;
    if (this.seen < nth) return undefined;
    const fault = typeof this.choice === 'function' ? this.choice(exchange) : this.choice;
    if (fault) this.taken += 1;
    return fault;
  }

  /** @internal */
  happened(): void {
    this.hits += 1;
    this.which.then?.();
    if (this.hits >= (this.which.times ?? 1)) this.finish();
  }
}

interface Answer {
  status: number;
  message: string;
  headers: string[];
  body: Buffer;
}

/** The end of the line for this request: the browser's connection breaks. */
class Broken extends Error {}

/** Headers that belong to one connection and not to the message. */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'proxy-connection', 'upgrade', 'te', 'trailer']);

/** The length that a request states: none where it has no body, as browsers do it. */
function asked(exchange: Exchange): number | undefined {
  return exchange.bytes === 0 && (exchange.method === 'GET' || exchange.method === 'HEAD') ? undefined : exchange.bytes;
}

function bodiless(exchange: Exchange, response: IncomingMessage): boolean {
  return exchange.method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304;
}

function passable(raw: string[], length: number | undefined): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const lower = name.toLowerCase();
    if (!OF_THE_CONNECTION.has(lower) && lower !== 'content-length') kept.push(name, raw[at + 1] ?? '');
  }
  if (length !== undefined) kept.push('content-length', String(length));
  return kept;
}

function bytesOf(first: string, headers: string[], body: Buffer): { head: number; line: number; all: Buffer } {
  let text = `${first}\r\n`;
  for (let at = 0; at + 1 < headers.length; at += 2) text += `${headers[at]}: ${headers[at + 1]}\r\n`;
  const head = Buffer.from(`${text}\r\n`, 'latin1');
  return { head: head.length, line: first.length, all: Buffer.concat([head, body]) };
}

/** How many bytes of a message pass. */
export function passes(at: At, message: { head: number; line: number; all: Buffer }): number {
  const { head, line, all } = message;
  const body = all.length - head;
  switch (at) {
    case 'nothing':
      return 0;
    case 'in the first line':
      return Math.floor(line / 2);
    case 'in the head':
      return line + 2 + Math.floor((head - line) / 2);
    case 'after the head':
      return head;
    case 'first byte':
      return head + Math.min(1, body);
    case 'half':
      return head + Math.floor(body / 2);
    case 'all but one':
      return all.length - 1;
    case 'all':
      return all.length;
    default:
      return Math.max(0, Math.min(all.length, at < 0 ? all.length + at : at));
  }
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

export interface LineOptions {
  /** https with a certificate that is made now and that nobody trusts. */
  tls?: boolean;
}

export class Line implements Way {
  /** Every request that was read whole, in order. Bodies are kept: read them, don't collect for hours. */
  readonly log: Exchange[] = [];
  /** For a soak: forget the requests, keep the counts. */
  keepLog = true;
  private open: 'all' | 'harness' | 'none' = 'all';
  private rules: Rule[] = [];
  private readonly counts = new Map<Doing, number>();
  private requests = 0;
  private swapping = new Map<Rule, () => void>();
  private readonly sockets = new Set<Socket>();
  private server!: ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>;
  private port = 0;

  private constructor(
    private readonly backend: number,
    private readonly tls: boolean,
  ) {}

  static async make(backend: number, options: LineOptions = {}): Promise<Line> {
    const line = new Line(backend, Boolean(options.tls));
    const hear = (request: IncomingMessage, response: ServerResponse) => void line.hear(request, response);
    line.server = options.tls ? createTlsServer(await certificate(), hear) : createServer(hear);
    // A browser that holds its line open, and a fault that holds a request, are no reason to hang up.
    line.server.keepAliveTimeout = 0;
    line.server.requestTimeout = 0;
    line.server.on('connection', (socket: Socket) => {
      if (line.open === 'none') {
        socket.destroy();
        return;
      }
      line.sockets.add(socket);
      socket.on('close', () => line.sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    });
    // What is no HTTP (a browser that gives up in the middle of a head) ends its own connection only.
    line.server.on('clientError', (_error, socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      line.server.once('error', reject);
      line.server.listen(0, '127.0.0.1', resolve);
    });
    const address = line.server.address();
    if (typeof address !== 'object' || !address) throw new Error('the line has no port');
    line.port = address.port;
    return line;
  }

  get origin(): string {
    return `${this.tls ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  /** No network from now on; what is open breaks. */
  shut(): void {
    this.open = 'none';
    this.breakAll();
  }

  /** The server cannot be reached; the files of the test page can (it has no service worker). */
  unplug(): void {
    this.open = 'harness';
    this.breakAll();
  }

  /** The network is back. */
  reopen(): void {
    this.open = 'all';
  }

  /** Something is to happen to requests that begin with these words, as "POST /api/v1/sync/push". */
  fault(match: string | RegExp, choice: Choice, which: Which = {}): Rule {
    const rule = new Rule(match, choice, which);
    this.rules.push(rule);
    return rule;
  }

  /** No more faults; what is held goes on. Counts stay. */
  calm(): void {
    for (const rule of this.rules.splice(0)) rule.remove();
    for (const go of this.swapping.values()) go();
  }

  /** How often this was done; without a word: how many requests came. */
  count(what?: Doing): number {
    return what === undefined ? this.requests : (this.counts.get(what) ?? 0);
  }

  /** All counts, for a report. */
  get counted(): Record<string, number> {
    return { requests: this.requests, ...Object.fromEntries(this.counts) };
  }

  /** As the gate does it: the next such request breaks every connection. */
  async accident(begins: string, lose: 'request' | 'answer', then: () => void): Promise<void> {
    const fault: Fault = lose === 'request' ? { do: 'cut request', at: 'half' } : { do: 'cut answer', at: 'nothing' };
    await this.fault(begins, fault, { then }).done;
    this.breakAll();
  }

  async close(): Promise<void> {
    this.shut();
    this.calm();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private breakAll(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  private async hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const phone = request.socket;
    try {
      const address = request.url ?? '/';
      if (address.startsWith('/harness/')) {
        await this.tell(response, await this.ownFile(address));
        return;
      }
      if (this.open !== 'all') throw new Broken();
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const body = Buffer.concat(parts);
      this.requests += 1;
      const exchange: Exchange = {
        n: this.requests,
        method: request.method ?? 'GET',
        path: address,
        headers: request.headers,
        bytes: body.length,
        body,
        reached: 0,
      };
      if (this.keepLog) this.log.push(exchange);
      await this.treat(exchange, request, response);
    } catch {
      // A fault, the browser that gave up, or the server that is down: nothing more on this line.
      phone.destroy();
    }
  }

  private async treat(exchange: Exchange, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [rule, fault] = this.choose(exchange);
    const pass = () => this.pass(exchange, request.rawHeaders);
    const happened = () => {
      if (!fault) return;
      this.counts.set(fault.do, (this.counts.get(fault.do) ?? 0) + 1);
      rule?.happened();
    };
    let answer: Answer;
    switch (fault?.do) {
      case undefined:
        answer = await pass();
        break;
      case 'cut request': {
        await this.passSome(exchange, request.rawHeaders, fault.at);
        happened();
        throw new Broken();
      }
      case 'cut answer': {
        const whole = await pass();
        const message = bytesOf(`HTTP/1.1 ${whole.status} ${whole.message}`, whole.headers, whole.body);
        const some = message.all.subarray(0, passes(fault.at, message));
        // Past Node's own answer, which would mend the cut.
        if (some.length > 0) await new Promise<void>((resolve) => request.socket.write(some, () => resolve()));
        happened();
        throw new Broken();
      }
      case 'delay':
        await wait(fault.before ?? 0);
        answer = await pass();
        await wait(fault.after ?? 0);
        happened();
        break;
      case 'repeat': {
        const answers: Answer[] = [];
        if (fault.together) answers.push(...(await Promise.all(Array.from({ length: fault.times }, pass))));
        else for (let at = 0; at < fault.times; at += 1) answers.push(await pass());
        const given = answers.at(fault.give ?? -1);
        if (!given) throw new Error(`no answer ${fault.give} of ${fault.times}`);
        answer = given;
        happened();
        break;
      }
      case 'say':
        answer = {
          status: fault.status,
          message: '-',
          headers: passable(Object.entries(fault.headers ?? {}).flat(), Buffer.byteLength(fault.body ?? '')),
          body: Buffer.from(fault.body ?? ''),
        };
        happened();
        break;
      case 'swap': {
        let go: () => void = () => undefined;
        const passedBy = new Promise<void>((resolve) => (go = resolve));
        if (rule) this.swapping.set(rule, go);
        await Promise.race([passedBy, wait(fault.within)]);
        if (rule) this.swapping.delete(rule);
        answer = await pass();
        happened();
        break;
      }
      case 'hold':
        if (fault.what === 'request') {
          await rule?.wait();
          answer = await pass();
        } else {
          answer = await pass();
          await rule?.wait();
        }
        happened();
        break;
    }
    await this.tell(response, answer);
    // Somebody was waiting to be overtaken by this one.
    for (const [waiting, go] of this.swapping) if (waiting.fits(exchange)) go();
  }

  private choose(exchange: Exchange): [Rule, Fault] | [undefined, undefined] {
    for (const rule of this.rules) {
      // While one waits to be overtaken, the others pass.
      if (this.swapping.has(rule)) continue;
      const fault = rule.take(exchange);
      if (fault) {
        exchange.fault = fault;
        return [rule, fault];
      }
    }
    return [undefined, undefined];
  }

  /** The whole request to the server; its whole answer. */
  private pass(exchange: Exchange, raw: string[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const out = send({
        host: '127.0.0.1',
        port: this.backend,
        method: exchange.method,
        path: exchange.path,
        headers: passable(raw, asked(exchange)),
        // A connection of its own: one that the server has closed meanwhile would be one more fault.
        agent: false,
      });
      out.on('error', reject);
      out.on('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(parts);
          exchange.reached += 1;
          exchange.status = response.statusCode;
          const headers = passable(response.rawHeaders, bodiless(exchange, response) ? undefined : body.length);
          resolve({ status: response.statusCode ?? 502, message: response.statusMessage ?? '', headers, body });
        });
      });
      out.end(exchange.body);
    });
  }

  /** The first bytes of the request to the server, and nothing more. */
  private passSome(exchange: Exchange, raw: string[], at: At): Promise<void> {
    const message = bytesOf(`${exchange.method} ${exchange.path} HTTP/1.1`, passable(raw, asked(exchange)), exchange.body);
    const some = message.all.subarray(0, passes(at, message));
    if (some.length === message.all.length) exchange.reached += 1;
    if (some.length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const server = connect({ host: '127.0.0.1', port: this.backend });
      server.on('error', () => resolve());
      // An end and not a reset: the server gets to see the bytes that it was sent.
      server.end(some, () => resolve());
      server.resume();
    });
  }

  private async tell(response: ServerResponse, answer: Answer): Promise<void> {
    if (this.open === 'none' || response.socket?.destroyed) throw new Broken();
    await new Promise<void>((resolve) => {
      response.on('close', resolve);
      response.writeHead(answer.status, answer.message, answer.headers);
      response.end(answer.body, () => resolve());
    });
  }

  private async ownFile(address: string): Promise<Answer> {
    const name = path.posix.normalize((address.split('?')[0] ?? '').slice('/harness/'.length));
    const built = name.startsWith('build/');
    const file = built ? path.join(HARNESS, name.slice('build/'.length)) : path.join(HERE, 'harness', name);
    const body = name.startsWith('..') ? undefined : await readFile(file).catch(() => undefined);
    if (!body) {
      const text = Buffer.from(built ? `no ${file}; .make/harness.sh builds it` : 'nothing here');
      return { status: 404, message: 'Not Found', headers: passable(['cache-control', 'no-store'], text.length), body: text };
    }
    const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
    return { status: 200, message: 'OK', headers: passable(['content-type', type, 'cache-control', 'no-store'], body.length), body };
  }
}

function wait(ms: number): Promise<void> {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve();
}

/** Numbers in 0..1, the same for the same seed: for a storm that can be repeated. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Bad weather for a soak: that share of the requests meets one of all the faults, by dice. */
export function storm(seed: number, share: number): (exchange: Exchange) => Fault | undefined {
  const roll = dice(seed);
  const place = (): At => PLACES[Math.floor(roll() * PLACES.length)] ?? 'half';
  const kinds: (() => Fault)[] = [
    () => ({ do: 'cut request', at: place() }),
    () => ({ do: 'cut answer', at: place() }),
    () => ({ do: 'cut answer', at: 'nothing' }),
    () => ({ do: 'delay', before: roll() * 300, after: roll() * 300 }),
    () => ({ do: 'repeat', times: 2 + Math.floor(roll() * 3), together: roll() < 0.5 }),
    () => ({ do: 'swap', within: 300 }),
    () => busy(roll() < 0.5 ? 503 : 500),
    () => hotspot(),
  ];
  return () => (roll() < share ? kinds[Math.floor(roll() * kinds.length)]?.() : undefined);
}
