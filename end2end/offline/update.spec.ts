// A new build of the app is deployed while somebody is in the middle of a form, and one that does not start.

import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Page } from '@playwright/test';

import type { Device } from '../support/browser.ts';
import { rows } from '../support/database.ts';
import { downloaded, home, plainVisit, truth } from '../support/field.ts';
import { SITE } from '../support/machine.ts';
import { choose } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { ownClock, pass } from './clock.ts';
import { expect, test } from './test.ts';

interface Manifest {
  version: string;
  precache: string[];
  files: Record<string, { url: string }>;
}

const folders: string[] = [];

test.afterEach(async ({ server }) => {
  if (server.site !== SITE) {
    server.site = SITE;
    await server.down();
    await server.up();
  }
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A module that is sound and ends in a trap as soon as it is made: what a bug at the start of the app does. */
// prettier-ignore
const TRAP = Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 4, 1, 0x60, 0, 0, // a type: takes nothing, gives nothing
  3, 2, 1, 0, // one function of it
  8, 1, 0, // which is called at the start
  0x0a, 5, 1, 3, 0, 0, 0x0b, // and is: unreachable
]);

interface Build {
  /** `app`: its app ends in a trap at its start. `boot`: its boot script does nothing. */
  broken?: 'app' | 'boot';
}

/** Another build: the same but for a boot script of its own, and perhaps an app that does not start. */
async function deploy(server: Server, name: string, { broken }: Build = {}): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'huiyin-site-'));
  folders.push(folder);
  await cp(SITE, folder, { recursive: true });
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const replace = async (file: string, change: (bytes: Buffer) => Uint8Array | string): Promise<[string, string]> => {
    const old = manifest.files[file]?.url ?? '';
    const url = old.replace(/\.[0-9a-f]+\.(\w+)$/, `.${name}.$1`);
    await writeFile(path.join(folder, url), change(await readFile(path.join(folder, old))));
    manifest.files[file] = { ...manifest.files[file], url };
    manifest.precache = manifest.precache.map((stored) => (stored === old ? url : stored));
    // The server has only what belongs to this build.
    for (const gone of [old, `${old}.br`]) await rm(path.join(folder, gone), { force: true });
    return [old, url];
  };
  const renamed = broken === 'app' ? [await replace('app.wasm', () => TRAP), await replace('desk.wasm', () => TRAP)] : [];
  await replace('boot.js', (bytes) => {
    if (broken === 'boot') return `// ${name}: nothing of it runs\n`;
    return renamed.reduce((text, [old, url]) => text.replaceAll(old, url), `${bytes.toString()}\n// ${name}\n`);
  });
  manifest.version = `${manifest.version.slice(0, 8)}${name}`;
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  expect(await readdir(path.join(folder, 'pkg'))).toContain(`boot.${name}.js`);
  server.site = folder;
  await server.down();
  await server.up();
}

/** The browser looks for a newer build, as it does by itself once a day and at each opening. */
async function fetched(page: Page): Promise<void> {
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration('/'))?.update()));
  await expect
    .poll(() => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration('/'))?.waiting)), { timeout: 30_000 })
    .toBe(true);
}

function serving(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const kept = await (await caches.open('huiyin-builds')).match('/builds');
    return kept ? ((await kept.json()) as { serving: string }).serving : '';
  });
}

function marked(page: Page): Promise<boolean> {
  return page.evaluate(() => Boolean((window as { mark?: boolean }).mark)).catch(() => false);
}

test('survives a new build that is deployed while a form is open: nothing reloads until it is saved, then the new one takes over', async ({
  device,
  server,
}) => {
  const mine = await device();
  await ownClock(mine.page);
  const page = await mine.signIn('cunguan');
  await home(page);
  await downloaded(page, 12);
  await mine.stored();
  await page.getByRole('navigation', { name: '开始走访' }).getByRole('link', { name: /登门遍访/ }).tap();
  await page.getByRole('link', { name: /王建国家/ }).tap();
  await choose(page, '见到谁了', '见到本人');
  await page.evaluate(() => ((window as { mark?: boolean }).mark = true));
  const before = await serving(page);

  await deploy(server, 'beef0001');
  await fetched(page);
  // An hour goes by on the phone; the form stays as it is, and so does the build.
  await expect(page.locator('html')).toHaveAttribute('data-clean', 'no');
  await pass(page, 60 * 60_000, 5);
  expect(await marked(page)).toBe(true);
  expect(await serving(page)).toBe(before);
  await expect(page.getByRole('group', { name: '见到谁了' }).getByLabel('见到本人')).toBeChecked();

  await page.getByRole('button', { name: '保存', exact: true }).tap();
  await expect(page.locator('html')).toHaveAttribute('data-clean', 'yes', { timeout: 30_000 });
  await pass(page, 30_000).catch(() => 0);
  // It has taken over: the page is another one, and nobody was asked for the PIN.
  await expect.poll(() => marked(page), { timeout: 20_000 }).toBe(false);
  await expect(page.locator('html')).toHaveAttribute('data-app', 'running', { timeout: 30_000 });
  await expect.poll(() => serving(page)).toContain('beef0001');
  await expect(page.getByRole('heading', { name: '请输手机密码' })).toHaveCount(0);
  await expect(truth(page)).toContainText('全部已确认', { timeout: 60_000 });
});

test('survives a new build that does not start: the phone comes back to the old one by itself, says so, has everything, and takes the next one', async ({
  device,
  server,
}) => {
  test.slow();
  const mine = await device();
  await ownClock(mine.page);
  const page = await mine.signIn('cunguan');
  await home(page);
  await downloaded(page, 12);
  await mine.stored();
  const [good, before] = [await serving(page), await visits(server)];
  // One record that waits, one form that is half written.
  await mine.offline();
  await plainVisit(page, page.getByRole('link', { name: /王建国家/ }));
  await page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '走访' }).tap();
  await page.getByRole('navigation', { name: '开始走访' }).getByRole('link', { name: /登门遍访/ }).tap();
  await page.getByRole('link', { name: /王建国家/ }).tap();
  await choose(page, '见到谁了', '见到家人');
  await page.goBack();
  await expect(page.locator('html')).toHaveAttribute('data-clean', 'yes', { timeout: 30_000 });
  await page.evaluate(() => ((window as { mark?: boolean }).mark = true));
  const opened: string[] = [];
  page.on('console', (message) => opened.push(message.text()));

  await deploy(server, 'beef0002', { broken: 'app' });
  await mine.online();
  await fetched(page);
  await pass(page, 30_000).catch(() => 0);
  await expect.poll(() => marked(page), { timeout: 20_000 }).toBe(false);

  // Nobody touched anything: it was opened, twice, and the old one is back and says so.
  const said = page.getByText('新版本在这台手机上打不开，已自动换回原来的版本');
  await expect(said).toBeVisible({ timeout: 60_000 });
  expect(opened.filter((text) => text.includes('this build does not start')).length).toBe(2);
  await back(page, good);
  await expect(truth(page)).toContainText('全部已确认', { timeout: 60_000 });
  expect(await visits(server)).toBe(before + 1);
  await half(mine);

  // It is said once, and stays said.
  await page.getByRole('button', { name: '知道了' }).tap();
  await expect(said).toHaveCount(0);
  await page.reload();
  await back(page, good);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(said).toHaveCount(0);

  // The next build starts: it is taken as any other.
  await deploy(server, 'beef0003');
  await fetched(page);
  await pass(page, 30_000).catch(() => 0);
  await expect.poll(() => serving(page).catch(() => ''), { timeout: 20_000 }).toContain('beef0003');
  await expect(page.locator('html')).toHaveAttribute('data-app', 'running', { timeout: 30_000 });
  await expect(page.locator('html')).toHaveAttribute('data-full', 'stored', { timeout: 60_000 });
  await half(mine);
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(expect.not.arrayContaining([good]));
});

test('survives a new build of which not one line runs: the third opening by hand brings the old one back', async ({ device, server }) => {
  const mine = await device();
  await ownClock(mine.page);
  const page = await mine.signIn('cunguan');
  await home(page);
  await mine.stored();
  const good = await serving(page);
  await page.evaluate(() => ((window as { mark?: boolean }).mark = true));
  await deploy(server, 'beef0004', { broken: 'boot' });
  await fetched(page);
  await pass(page, 30_000).catch(() => 0);
  await expect.poll(() => marked(page), { timeout: 20_000 }).toBe(false);
  await mine.offline();
  await page.goto(`${server.origin}/w/`);
  expect(await serving(page)).toContain('beef0004');
  expect(await page.locator('html').getAttribute('data-app')).toBe(null);
  await page.goto(`${server.origin}/w/`);
  await back(page, good);
  await expect(page.getByText('已自动换回原来的版本')).toBeVisible();
});

/** Visits that the server has. */
async function visits(server: Server): Promise<number> {
  return Number((await rows(server, "select count(*) from record where kind = 'household_visit'"))[0]?.[0]);
}

/** The old build is open, and nobody was asked for the PIN. */
async function back(page: Page, build: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-app', 'running');
  expect(await serving(page)).toBe(build);
  await expect(page.getByRole('heading', { name: '请输手机密码' })).toHaveCount(0);
}

/** The half form stands as it was left. */
async function half(phone: Device): Promise<void> {
  const page = await phone.open('/w/');
  await page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '走访' }).tap();
  await page.getByRole('navigation', { name: '开始走访' }).getByRole('link', { name: /登门遍访/ }).tap();
  await page.getByRole('link', { name: /王建国家/ }).tap();
  await expect(page.getByRole('group', { name: '见到谁了' }).getByLabel('见到家人')).toBeChecked();
  await page.goBack();
}
