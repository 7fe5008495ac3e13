// A new build of the app is deployed while somebody is in the middle of a form.

import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { downloaded, home, truth } from '../support/field.ts';
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

/** Another build: the same but for a boot script of its own. */
async function deploy(server: Server, name: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'huiyin-site-'));
  folders.push(folder);
  await cp(SITE, folder, { recursive: true });
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const replace = async (file: string, change: (text: string) => string) => {
    const old = manifest.files[file]?.url ?? '';
    const url = old.replace(/\.[0-9a-f]+\.js$/, `.${name}.js`);
    await writeFile(path.join(folder, url), change(await readFile(path.join(folder, old), 'utf8')));
    manifest.files[file] = { ...manifest.files[file], url };
    manifest.precache = manifest.precache.map((stored) => (stored === old ? url : stored));
  };
  await replace('boot.js', (text) => `${text}\n// ${name}\n`);
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
