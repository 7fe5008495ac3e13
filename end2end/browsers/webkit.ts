// WebKit as Debian ships it (WebKitGTK), over plain WebDriver: the nearest thing to Safari that runs
// on Linux. It needs a screen, so it gets one in memory (Xvfb).
//
// Two things are other than on a phone. The session's cookie is Secure, and WebKit keeps such a cookie
// only over https: tests use the line with `way: 'tls'`. And a browser under automation keeps nothing
// after its end, so that `restart` can only close the page with all of its scripts and open a new one.

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { freePort } from '../support/machine.ts';
import { type Driver, type Input, Program } from './driver.ts';

export const WEBKIT_DRIVER = process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';

/** The browser lies in the library's own folder, below that of the machine's kind. */
function miniBrowser(): string {
  for (const machine of readdirSync('/usr/lib')) {
    const found = path.join('/usr/lib', machine, 'webkit2gtk-4.1', 'MiniBrowser');
    if (existsSync(found)) return found;
  }
  throw new Error('no MiniBrowser of WebKitGTK; .make/setup.sh browsers installs it');
}

export class WebKit implements Driver {
  name = 'WebKit';
  private session = '';

  private constructor(
    private readonly screen: Program,
    private readonly driver: Program,
    private readonly base: string,
  ) {}

  static async start(): Promise<WebKit> {
    const screen = await Program.start('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {}, /^\d+\n/m);
    const display = /^\d+$/m.exec(screen.output)?.[0];
    const port = await freePort();
    const driver = await Program.start(WEBKIT_DRIVER, [`--port=${port}`], {
      DISPLAY: `:${display}`,
      GDK_BACKEND: 'x11',
      TZ: 'Asia/Shanghai',
      LANG: 'zh_CN.UTF-8',
      // Its sandbox needs rights that root in a container has not; the pages are our own.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      // No graphics card here.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    });
    const webkit = new WebKit(screen, driver, `http://127.0.0.1:${port}`);
    try {
      await webkit.begin();
    } catch (error) {
      await webkit.close();
      throw error;
    }
    return webkit;
  }

  private async begin(): Promise<void> {
    const end = Date.now() + 20_000;
    while (!(await fetch(`${this.base}/status`).catch(() => undefined))?.ok) {
      if (Date.now() > end) throw new Error(`WebKitWebDriver does not answer:\n${this.driver.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const session = await this.send<{ sessionId: string; capabilities: { browserVersion: string } }>('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          acceptInsecureCerts: true,
          'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
        },
      },
    });
    this.session = `/session/${session.sessionId}`;
    this.name = `WebKit ${session.capabilities.browserVersion}`;
    await this.send('POST', `${this.session}/timeouts`, { script: 120_000, pageLoad: 30_000, implicit: 0 });
  }

  private async send<A>(method: string, where: string, body?: unknown): Promise<A> {
    const answer = await fetch(this.base + where, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    const { value } = (await answer.json()) as { value: A & { error?: string; message?: string } };
    if (!answer.ok) throw new Error(`${this.name}: ${value.error}: ${value.message}`);
    return value;
  }

  async open(address: string): Promise<void> {
    await this.send('POST', `${this.session}/url`, { url: address });
  }

  async run(source: string, args: unknown[]): Promise<unknown> {
    const script = `
      const done = arguments[1];
      Promise.resolve()
        .then(() => (${source})(...JSON.parse(arguments[0])))
        .then((it) => done(JSON.stringify({ it: it ?? null })), (error) => done(JSON.stringify({ error: String(error) })));`;
    const answer = await this.send<string>('POST', `${this.session}/execute/async`, { script, args: [JSON.stringify(args)] });
    const { it, error } = JSON.parse(answer) as { it: unknown; error?: string };
    if (error !== undefined) throw new Error(`${this.name}: ${error}`);
    return it;
  }

  async act(input: Input[]): Promise<void> {
    await this.send('POST', `${this.session}/actions`, { actions: input });
  }

  async restart(): Promise<void> {
    const old = await this.send<string>('GET', `${this.session}/window`);
    const fresh = await this.send<{ handle: string }>('POST', `${this.session}/window/new`, { type: 'window' });
    await this.send('POST', `${this.session}/window`, { handle: old });
    await this.send('DELETE', `${this.session}/window`);
    await this.send('POST', `${this.session}/window`, { handle: fresh.handle });
  }

  async close(): Promise<void> {
    if (this.session) await this.send('DELETE', this.session).catch(() => undefined);
    await this.driver.kill();
    await this.screen.kill();
  }
}
