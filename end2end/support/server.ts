// A server of its own for one test: a copy of the demo county in a temporary folder, behind a gate.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { Gate } from './gate.ts';
import { BIN, SITE, TEMPLATE, freePort } from './machine.ts';

export interface Account {
  login: string;
  password: string;
}

const run = promisify(execFile);

export class Server {
  private child: ChildProcess | undefined;
  private log = '';
  /** The accounts that the server printed at its start, by login. */
  readonly accounts = new Map<string, Account>();

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly gate: Gate,
    private readonly demo: boolean,
  ) {}

  /** `demo`: a copy of the demo county. `empty`: no account at all. */
  static async start(kind: 'demo' | 'empty' = 'demo'): Promise<Server> {
    const folder = await mkdtemp(path.join(tmpdir(), 'huiyin-e2e-'));
    if (kind === 'demo') await cp(TEMPLATE, folder, { recursive: true });
    const server = await Server.in(folder, kind === 'demo');
    await server.up();
    return server;
  }

  /** A server on a folder that stays: for the template. */
  static async in(folder: string, demo: boolean): Promise<Server> {
    const port = await freePort();
    return new Server(folder, port, await Gate.make(port), demo);
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
      HUIYIN_SITE: SITE,
      HUIYIN_OFFICE_NAME: '清溪县信访局',
      HUIYIN_OFFICE_PHONE: '0999-1110000',
      RUST_LOG: 'warn',
      NO_COLOR: '1',
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
