// Browsers that are someone's: a phone that keeps its data, can be killed and taken up again.

import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type BrowserContext, type Page, chromium, expect } from '@playwright/test';

import { CHROMIUM, CHROMIUM_FLAGS, PHONE } from './machine.ts';
import type { Server } from './server.ts';

export interface DeviceOptions {
  viewport?: { width: number; height: number };
  touch?: boolean;
  dark?: boolean;
}

export class Device {
  private context: BrowserContext | undefined;
  page!: Page;
  /** What went wrong inside the pages, in their own words. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly server: Server,
    /** Where its data lies. */
    readonly profile: string,
    private readonly options: DeviceOptions,
  ) {}

  static async make(server: Server, options: DeviceOptions = {}): Promise<Device> {
    const profile = await mkdtemp(path.join(tmpdir(), 'huiyin-phone-'));
    const device = new Device(server, profile, options);
    await device.turnOn();
    return device;
  }

  /** Starts the browser on the data that it left. */
  async turnOn(offline = false): Promise<void> {
    const { viewport = PHONE, touch = true, dark = false } = this.options;
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: CHROMIUM,
      args: CHROMIUM_FLAGS,
      viewport,
      hasTouch: touch,
      isMobile: touch,
      offline,
      colorScheme: dark ? 'dark' : 'light',
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    });
    this.context.setDefaultTimeout(15_000);
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    this.page.on('pageerror', (error) => this.complaints.push(String(error)));
    this.page.on('console', (message) => {
      // A request that fails without a network is the network's doing and no fault.
      if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(message.text())) {
        this.complaints.push(message.text());
      }
    });
  }

  /** No network: for the browser's own idea of it, and on the line. */
  async offline(): Promise<void> {
    this.server.gate.shut();
    await this.context?.setOffline(true);
  }

  async online(): Promise<void> {
    this.server.gate.reopen();
    await this.context?.setOffline(false);
  }

  /** The battery falls out: every process of this browser ends at once. */
  async kill(): Promise<void> {
    const closed = this.context && new Promise<void>((resolve) => this.context?.once('close', () => resolve()));
    for (const pid of processesOf(this.profile)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It went with its parent.
      }
    }
    await closed;
    await expect.poll(() => processesOf(this.profile).length).toBe(0);
    this.context = undefined;
  }

  async close(): Promise<void> {
    await this.context?.close().catch(() => undefined);
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * The browser is closed and taken up again in peace. Chromium writes cookies to its disk half a
   * minute late; somebody who signed in yesterday has that behind them.
   */
  async sleepOver(): Promise<void> {
    await this.context?.close();
    await expect.poll(() => processesOf(this.profile).length).toBe(0);
    await this.turnOn();
    await this.open('/w/');
  }

  /** Opens an address; where the phone's lock stands before it, with the PIN. */
  async open(address: string): Promise<Page> {
    await this.page.goto(this.server.origin + address);
    if (address.startsWith('/w')) await passLock(this.page);
    return this.page;
  }

  /** Signs in on the screen, as a person does. */
  async signIn(login: string, password = this.server.account(login).password): Promise<Page> {
    const page = await this.open('/w/');
    await signInOn(page, login, password);
    return page;
  }

  /** Waits until the whole app is stored on the phone: what starts first, and then the rest. */
  async stored(): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-offline', 'ready', { timeout: 60_000 });
    await expect(this.page.locator('html')).toHaveAttribute('data-full', 'stored', { timeout: 60_000 });
  }
}

export async function signInOn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByLabel('密码', { exact: true })).toHaveCount(0, { timeout: 30_000 });
  await passLock(page);
}

/** The PIN of every phone in the tests. */
export const PIN = '258036';

/** Chooses the PIN at the first sign-in, opens with it later; does nothing where no lock is. */
export async function passLock(page: Page): Promise<void> {
  // The name of the app stands there from the start; a heading only once it is known what to show.
  await page.locator('h1').first().waitFor({ timeout: 60_000 });
  const heading = await page.locator('h1').first().innerText();
  if (heading === '设一个手机密码') {
    await page.getByLabel('手机密码', { exact: true }).fill(PIN);
    await page.getByLabel('再输一遍').fill(PIN);
    await page.getByRole('button', { name: '设好了' }).click();
    await expect(page.getByRole('heading', { name: heading })).toHaveCount(0, { timeout: 30_000 });
  } else if (heading === '请输手机密码') {
    await page.getByLabel('手机密码', { exact: true }).fill(PIN);
    await page.getByRole('button', { name: '打开', exact: true }).click();
    await expect(page.getByRole('heading', { name: heading })).toHaveCount(0, { timeout: 30_000 });
  }
}

/** The processes that were started with this profile. */
function processesOf(profile: string): number[] {
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const state = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.[0];
      if (line.includes(profile) && state !== 'Z') found.push(Number(name));
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}
