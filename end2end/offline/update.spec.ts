// A new build of the app is deployed while somebody is in the middle of a form, and one that does not
// even start.

import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { passLock } from '../support/browser.ts';
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

/** Another build: the same but for a boot script of its own, and, if so wished, an app that does not start. */
async function deploy(server: Server, name: string, starts = true): Promise<void> {
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
    return [old, url] as const;
  };
  const broken: (readonly [string, string])[] = [];
  for (const file of starts ? [] : ['app.js', 'desk.js'].filter((file) => manifest.files[file])) {
    broken.push(await replace(file, () => "throw new Error('this build does not start');\n"));
  }
  await replace('boot.js', (text) => broken.reduce((text, [old, url]) => text.replaceAll(old, url), `${text}\n// ${name}\n`));
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

test('survives a build that does not start: after two tries the old one is back, with everything that was saved', async ({
  device,
  server,
}) => {
  // Open: on this machine the new worker is sometimes not activated for as long as the old one is busy, and
  // then the page goes on with the old build, which is no loss but not what is tested here.
  test.fixme(!process.env.HUIYIN_ROLL_BACK, 'the take-over does not come reliably; HUIYIN_ROLL_BACK=1 runs it');
  const mine = await device();
  const page = await mine.signIn('cunguan');
  await home(page);
  await downloaded(page, 12);
  await mine.stored();
  // The old build has started well once out of the phone's own store: that is what makes it one to fall back to.
  await mine.open('/w/');
  await home(page);
  await mine.offline();
  await plainVisit(page, page.getByRole('link', { name: /王建国家/ }));
  await expect(truth(page)).toContainText('本机存 1');
  await mine.online();
  server.line.fault('POST /api/v1/sync/push', { do: 'say', status: 503 }, { times: Infinity });
  const before = await serving(page);
  await deploy(server, 'dead0001', false);
  await fetched(page);

  // It takes over at the next opening (or, where the old worker is still busy, at the one after it),
  // and does not start.
  await page.goto(`${server.origin}/w/`);
  await expect.poll(() => serving(page).catch(() => ''), { timeout: 30_000 }).toContain('dead0001');
  await expect(page.locator('html')).toHaveAttribute('data-app', /./, { timeout: 30_000 });
  if ((await page.locator('html').getAttribute('data-app')) === 'running') await page.goto(`${server.origin}/w/`);
  await expect(page.locator('html')).toHaveAttribute('data-app', 'failed', { timeout: 30_000 });
  expect(await serving(page)).toContain('dead0001');
  await expect(page.getByText('手机里已存的记录都在，没有丢。')).toBeVisible();
  await page.getByRole('link', { name: '重新打开' }).tap();
  await expect(page.locator('html')).toHaveAttribute('data-app', 'failed', { timeout: 30_000 });
  await page.getByRole('link', { name: '重新打开' }).tap();
  await expect(page.locator('html')).toHaveAttribute('data-app', 'running', { timeout: 30_000 });
  expect(await serving(page)).toBe(before);
  await passLock(page);
  await expect(truth(page)).toContainText('本机存 1');
  server.line.calm();
  await expect(truth(page)).toContainText('全部已确认', { timeout: 60_000 });
  expect(mine.complaints.join()).toContain('this build does not start');
  mine.complaints.length = 0;
});
