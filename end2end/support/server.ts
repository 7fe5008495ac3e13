// A server of its own for one test: a copy of the demo county in a temporary folder, behind a gate.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { Gate, type Way } from './gate.ts';
import { Line } from './line.ts';
import { BIN, SITE, TEMPLATE, freePort } from './machine.ts';

/** `gate`: bytes pass or do not. `line`: single requests can go wrong. `tls`: a line over https. */
export type WayKind = 'gate' | 'line' | 'tls';

async function makeWay(kind: WayKind, backend: number): Promise<Way> {
  return kind === 'gate' ? Gate.make(backend) : Line.make(backend, { tls: kind === 'tls' });
}

export interface Account {
  login: string;
  password: string;
}

const run = promisify(execFile);

export class Server {
  private child: ChildProcess | undefined;
  private log = '';
  /** The built pages that it serves from its next start on. */
  site = SITE;
  /** Settings beside the usual ones, from its next start on. */
  settings: NodeJS.ProcessEnv = {};
  /** The accounts that the server printed at its start, by login. */
  readonly accounts = new Map<string, Account>();

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly gate: Way,
    private readonly demo: boolean,
  ) {}

  /** `demo`: a copy of the demo county. `empty`: no account at all. */
  static async start(kind: 'demo' | 'empty' = 'demo', way: WayKind = 'gate'): Promise<Server> {
    const folder = await mkdtemp(path.join(tmpdir(), 'huiyin-e2e-'));
    if (kind === 'demo') await cp(TEMPLATE, folder, { recursive: true });
    const server = await Server.in(folder, kind === 'demo', way);
    await server.up();
    return server;
  }

  /** A server on a folder that stays: for the template. */
  static async in(folder: string, demo: boolean, way: WayKind = 'gate'): Promise<Server> {
    const port = await freePort();
    return new Server(folder, port, await makeWay(way, port), demo);
  }

  /** The line, where the test has asked for one instead of the gate. */
  get line(): Line {
    if (!(this.gate instanceof Line)) throw new Error("this test has a gate; say test.use({ way: 'line' })");
    return this.gate;
  }

  /** What people type: the gate's address. */
  get origin(): string {
    return this.gate.origin;
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HUIYIN_ADDR: `127.0.0.1:${this.port}`,
      HUIYIN_BASE_URL: this.origin,
      DATABASE_URL: `sqlite:${path.join(this.folder, 'huiyin.db')}`,
      HUIYIN_SECRET_FILE: path.join(this.folder, 'secret'),
      HUIYIN_SITE: this.site,
      HUIYIN_OFFICE_NAME: '清溪县信访局',
      HUIYIN_OFFICE_PHONE: '0999-1110000',
      RUST_LOG: 'warn',
      NO_COLOR: '1',
      ...this.settings,
    };
  }

  /** Starts it, also again on the same port and data. */
  async up(): Promise<void> {
    const args = this.demo ? ['serve', '--demo'] : ['serve'];
    const child = spawn(BIN, args, { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    let out = '';
    child.stderr?.on('data', (bytes) => (this.log += bytes));
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code} at its start:\n${this.log}`)));
      child.stdout?.on('data', (bytes) => {
        out += bytes;
        if (out.includes('officials ')) resolve();
      });
    });
    child.removeAllListeners('exit');
    for (const line of out.split('\n')) {
      const words = /^ {2}(\w+) +(\S+) +\S+$/.exec(line);
      if (words?.[1] && words[2] && !words[2].startsWith('http')) {
        this.accounts.set(words[1], { login: words[1], password: words[2] });
      }
    }
    await this.healthy();
  }

  private async healthy(): Promise<void> {
    const until = Date.now() + 20_000;
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/healthz`).catch(() => undefined);
      if (answer?.ok) return;
      if (Date.now() > until) throw new Error(`the server does not answer:\n${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  account(login: string): Account {
    const found = this.accounts.get(login);
    if (!found) throw new Error(`no account ${login} among ${[...this.accounts.keys()].join(', ')}`);
    return found;
  }

  /** A power cut: at once, before anything can be tidied up. */
  kill(): void {
    this.child?.kill('SIGKILL');
  }

  /** Waits until it is gone after [`kill`]. */
  async gone(): Promise<void> {
    const child = this.child;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  /** Starts it again where a test has left it dead. */
  async alive(): Promise<void> {
    if (this.child?.exitCode !== null || this.child.signalCode !== null) await this.up();
  }

  /** A clean end, as a service manager does it. */
  async down(): Promise<void> {
    this.child?.kill('SIGTERM');
    const forced = setTimeout(() => this.kill(), 5_000);
    await this.gone();
    clearTimeout(forced);
  }

  /** What the server wrote to its log. */
  get written(): string {
    return this.log;
  }

  /** Ends it and takes its folder away. */
  async remove(): Promise<void> {
    await this.gate.close();
    await this.down();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The same program as a command line on the same data. */
  async command(args: string[], more: NodeJS.ProcessEnv = {}): Promise<{ out: string; code: number }> {
    const env = { ...this.environment, ...more };
    try {
      const { stdout } = await run(BIN, args, { env, maxBuffer: 64 << 20, timeout: 300_000 });
      return { out: stdout, code: 0 };
    } catch (error) {
      const failed = error as { stdout?: string; stderr?: string; code?: number };
      return { out: `${failed.stdout ?? ''}${failed.stderr ?? ''}`, code: failed.code ?? 1 };
    }
  }
}
