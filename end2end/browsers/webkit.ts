// WebKit as Debian ships it (WebKitGTK), over plain WebDriver: the nearest thing to Safari that runs
// on Linux. It needs a screen, so it gets one in memory (Xvfb).
//
// Two things are its own. The session's cookie is Secure, and WebKit keeps such a cookie only over
// https: tests use the line with `way: 'tls'`. And the library's MiniBrowser keeps nothing when it is
// automated; so the browser is the one of `webkit-phone.py`, whose data lie in a folder that outlives it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { HERE, freePort } from '../support/machine.ts';
import { type Driver, type Input, Program } from './driver.ts';

export const WEBKIT_DRIVER = process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';
const BROWSER = path.join(HERE, 'browsers', 'webkit-phone.py');

export class WebKit implements Driver {
  name = 'WebKit';
  private driver!: Program;
  private base = '';
  private session = '';

  private constructor(
    private readonly screen: Program,
    private readonly folder: string,
  ) {}

  static async start(): Promise<WebKit> {
    const screen = await Program.start('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {}, /^\d+\n/m);
    const webkit = new WebKit(screen, await mkdtemp(path.join(tmpdir(), 'huiyin-webkit-')));
    try {
      await webkit.begin();
    } catch (error) {
      await webkit.close();
      throw error;
    }
    return webkit;
  }

  private async begin(): Promise<void> {
    const port = await freePort();
    this.base = `http://127.0.0.1:${port}`;
    this.driver = await Program.start(WEBKIT_DRIVER, [`--port=${port}`], {
      DISPLAY: `:${/^\d+$/m.exec(this.screen.output)?.[0]}`,
      GDK_BACKEND: 'x11',
      HOME: this.folder,
      HUIYIN_PHONE: this.folder,
      TZ: 'Asia/Shanghai',
      LANGUAGE: 'zh_CN',
      // Its sandbox needs rights that root in a container has not; the pages are our own.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      // No graphics card here.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    });
    const end = Date.now() + 20_000;
    while (!(await fetch(`${this.base}/status`).catch(() => undefined))?.ok) {
      if (Date.now() > end) throw new Error(`WebKitWebDriver does not answer:\n${this.driver.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const session = await this.send<{ sessionId: string; capabilities: { browserVersion: string } }>('POST', '/session', {
      capabilities: { alwaysMatch: { acceptInsecureCerts: true, 'webkitgtk:browserOptions': { binary: BROWSER, args: [] } } },
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

  async restart(how: 'closed' | 'killed'): Promise<void> {
    // The driver ends a session by closing its window, and says of it afterwards that there is none.
    if (how === 'closed') await this.send('DELETE', this.session).catch(() => undefined);
    // The driver's process group holds the browser with all of its processes.
    await this.driver.kill();
    await this.begin();
  }

  async close(): Promise<void> {
    await this.driver?.kill();
    await this.screen.kill();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
