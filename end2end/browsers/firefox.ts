// Firefox as Debian ships it, over WebDriver BiDi. (Playwright drives only a Firefox of its own.)
//
// The profile is a folder that outlives the process: `restart('killed')` ends every process of the
// browser at once and starts it on the same data, as on a phone whose battery fell out. Firefox writes
// cookies to its disk some time after they came; `restart('closed')` makes it do so at once.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { WebSocket } from 'ws';

import { type Driver, type Input, Program } from './driver.ts';

export const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

const PREFERENCES = `
user_pref('browser.shell.checkDefaultBrowser', false);
user_pref('browser.startup.homepage_override.mstone', 'ignore');
user_pref('datareporting.policy.dataSubmissionEnabled', false);
user_pref('app.update.enabled', false);
user_pref('network.captive-portal-service.enabled', false);
user_pref('network.connectivity-service.enabled', false);
user_pref('services.settings.server', 'data:,');
user_pref('intl.accept_languages', 'zh-CN,zh');
`;

interface Reply {
  id?: number;
  type: string;
  error?: string;
  message?: string;
  result?: unknown;
}

/** One BiDi connection. */
class Bidi {
  private next = 1;
  private readonly waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => this.hear(JSON.parse(String(data)) as Reply));
    socket.on('close', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('Firefox is gone'));
      this.waiting.clear();
    });
  }

  static async connect(address: string): Promise<Bidi> {
    const socket = new WebSocket(address, { perMessageDeflate: false });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    // The browser is killed on purpose; whoever waits hears of it through `close`.
    socket.on('error', () => undefined);
    return new Bidi(socket);
  }

  send<A>(method: string, params: unknown): Promise<A> {
    const id = this.next;
    this.next += 1;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close(): void {
    this.socket.close();
  }

  private hear(reply: Reply): void {
    const asked = this.waiting.get(reply.id ?? -1);
    if (!asked) return;
    this.waiting.delete(reply.id ?? -1);
    if (reply.type === 'error') asked.reject(new Error(`${reply.error}: ${reply.message}`));
    else asked.resolve(reply.result);
  }
}

interface Evaluated {
  type: 'success' | 'exception';
  result?: { type: string; value?: unknown };
  exceptionDetails?: { text: string };
}

export class Firefox implements Driver {
  name = 'Firefox';
  private program!: Program;
  private bidi!: Bidi;
  private context = '';

  private constructor(private readonly profile: string) {}

  static async start(): Promise<Firefox> {
    const profile = await mkdtemp(path.join(tmpdir(), 'huiyin-firefox-'));
    await writeFile(path.join(profile, 'user.js'), PREFERENCES);
    const firefox = new Firefox(profile);
    await firefox.begin();
    return firefox;
  }

  private async begin(): Promise<void> {
    // Its home is the profile too: nothing is left in, and nothing read from, that of whoever runs the tests.
    const env = { HOME: this.profile, XDG_RUNTIME_DIR: this.profile, TZ: 'Asia/Shanghai', MOZ_HEADLESS_WIDTH: '412', MOZ_HEADLESS_HEIGHT: '915' };
    const args = ['--headless', '--no-remote', '--profile', this.profile, '--remote-debugging-port', '0'];
    this.program = await Program.start(FIREFOX, args, env, /WebDriver BiDi listening on (ws:\/\/\S+)/);
    const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(this.program.output)?.[1];
    this.bidi = await Bidi.connect(`${address}/session`);
    const session = await this.bidi.send<{ capabilities: { browserVersion: string } }>('session.new', {
      capabilities: { alwaysMatch: { acceptInsecureCerts: true } },
    });
    this.name = `Firefox ${session.capabilities.browserVersion}`;
    const tree = await this.bidi.send<{ contexts: { context: string }[] }>('browsingContext.getTree', {});
    this.context = tree.contexts[0]?.context ?? '';
  }

  async open(address: string): Promise<void> {
    await this.bidi.send('browsingContext.navigate', { context: this.context, url: address, wait: 'complete' });
  }

  async run(source: string, args: unknown[]): Promise<unknown> {
    const answer = await this.bidi.send<Evaluated>('script.callFunction', {
      // JSON both ways: BiDi's own way of writing values is another one.
      functionDeclaration: `async (args) => JSON.stringify((await (${source})(...JSON.parse(args))) ?? null)`,
      arguments: [{ type: 'string', value: JSON.stringify(args) }],
      target: { context: this.context },
      awaitPromise: true,
    });
    if (answer.type === 'exception') throw new Error(`${this.name}: ${answer.exceptionDetails?.text}`);
    return JSON.parse(String(answer.result?.value));
  }

  async act(input: Input[]): Promise<void> {
    await this.bidi.send('input.performActions', { context: this.context, actions: input });
  }

  async restart(how: 'closed' | 'killed'): Promise<void> {
    if (how === 'closed') {
      // Its answer may be lost with the connection.
      await this.bidi.send('browser.close', {}).catch(() => undefined);
      await this.program.gone();
    } else {
      await this.program.kill();
    }
    await this.begin();
  }

  async close(): Promise<void> {
    this.bidi.close();
    await this.program.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
