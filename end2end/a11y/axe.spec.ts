// No screen has a known barrier: axe-core, in light, dark and large type, on phone and tablet.

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { PHONE, TABLET } from '../support/machine.ts';
import { FIELD, OFFICE, PUBLIC, REVIEW, type Screen, opened } from '../support/screens.ts';
import { expect, test } from '../support/test.ts';

const LOOKS = ['light', 'dark', 'large'] as const;

/** The phone with everything drawn at twice the size. */
const TWICE = { width: PHONE.width / 2, height: PHONE.height / 2 };

/** Sets how the page looks, as the system or the person would. */
async function look(page: Page, which: (typeof LOOKS)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: which === 'dark' ? 'dark' : 'light', reducedMotion: 'reduce' });
  await page.evaluate((large) => {
    if (large) document.documentElement.dataset.type = 'large';
    else delete document.documentElement.dataset.type;
  }, which === 'large');
}

/** What axe finds, one short line each. */
async function barriers(page: Page): Promise<string[]> {
  // As tall as the page: what happens to lie below the bar of tabs would count as too small a target.
  const size = page.viewportSize() ?? PHONE;
  // Lists draw more where there is room, and forms fill in what was begun: until the page stands still. Some
  // pages are always taller than the room, so not for ever.
  for (let times = 0, still = 0; times < 12 && still < 2; times += 1) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const room = page.viewportSize()?.height ?? 0;
    still = height <= room ? still + 1 : 0;
    if (height > room) await page.setViewportSize({ width: size.width, height });
    await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 60)));
  }
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  await page.setViewportSize(size);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

/** What stands out to the right of the screen. */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > wide + 1)
      .slice(0, 5)
      .map((element) => element.outerHTML.slice(0, 160));
  });
}

/** Letters that a villager cannot read. Codes, file kinds and keys have none, or stand in `<kbd>`. */
async function latin(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const within = node.parentElement;
      if (!within || within.closest('script, style, noscript, kbd')) continue;
      if (/[A-Za-z]{2,}/.test(node.textContent ?? '')) found.push(`${within.tagName}: ${node.textContent?.trim()}`);
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      for (const name of ['aria-label', 'placeholder', 'title']) {
        const words = element.getAttribute(name) ?? '';
        if (/[A-Za-z]{2,}/.test(words)) found.push(`${name}: ${words}`);
      }
    }
    return found;
  });
}

/** `all` looks on the device that the screen is made for; on the other only the plain one, and whether large type fits. */
async function inspect(page: Page, screen: Screen, size: string, all: boolean): Promise<string[]> {
  const found: string[] = [];
  for (const which of all ? LOOKS : (['large', 'light'] as const)) {
    await look(page, which);
    const where = `${screen.name}, ${size}, ${which}`;
    if (all || which === 'light') found.push(...(await barriers(page)).map((what) => `${where}: ${what}`));
    found.push(...(await overflow(page)).map((what) => `${where}: too wide: ${what}`));
  }
  await look(page, 'light');
  found.push(...(await latin(page)).map((what) => `${screen.name}: Latin letters: ${what}`));
  return found;
}

for (const [area, screens, sizes] of [
  ["the petitioners' pages and the sign-in", PUBLIC, { phone: PHONE, tablet: TABLET, 'at 200 %': TWICE }],
  ["the official's phone", FIELD, { phone: PHONE, tablet: TABLET }],
  ["the supervisor's review", REVIEW, { tablet: TABLET, phone: PHONE }],
  ['the office', OFFICE, { tablet: TABLET, phone: PHONE }],
] as const) {
  test(`${area} have no barrier, fit the screen and speak Chinese only`, async ({ server, api, device }) => {
    test.setTimeout(600_000);
    const county = await opened(server, api);
    const found: string[] = [];
    for (const login of new Set(screens.map((screen) => screen.login))) {
      const somebody = await device({ touch: false });
      if (login) await somebody.signIn(login);
      for (const screen of screens.filter((one) => one.login === login)) {
        for (const [at, [size, viewport]] of Object.entries(sizes).entries()) {
          await somebody.page.setViewportSize(viewport);
          await screen.open(somebody.page, county);
          found.push(...(await inspect(somebody.page, screen, size, at === 0)));
        }
      }
    }
    expect(found).toEqual([]);
  });
}

test('every step beside a file opens without a barrier, for whoever may take it', async ({ server, api, device }) => {
  test.setTimeout(900_000);
  await opened(server, api);
  // What no matter of the demo county waits for.
  const registrar = await api('dengji');
  const unit = await registrar.unit('县住建局');
  const sent = await registrar.register({ title: '桥头护栏坏了' });
  await registrar.command(sent.matter, { command: 'transfer', unit });
  await registrar.register({ title: '田埂塌了一段' });
  const objected = await registrar.register({ title: '路口缺一块标志牌' });
  await registrar.command(objected.matter, { command: 'transfer', unit });
  await (await api('fuzeren')).command(objected.matter, { command: 'object', reason: '不归本局管' });
  const asked = await registrar.register({ title: '水渠淤了一段' });
  await registrar.command(asked.matter, { command: 'request_material', what: '请带土地证' });

  const found: string[] = [];
  const looked = new Set<string>();
  for (const login of ['dengji', 'fuzeren', 'chengban', 'shenhe', 'lianxi', 'xianling', 'zhenzhang', 'zhuangan', 'zhishu', 'fucha']) {
    const somebody = await api(login);
    const person = await device({ viewport: TABLET, touch: false });
    const { rows } = await somebody.matters();
    await person.signIn(login);
    const { page } = person;
    for (const { id } of rows) {
      const { permitted } = await somebody.file(id);
      if (permitted.every((kind) => looked.has(kind))) continue;
      for (const kind of permitted) looked.add(kind);
      await person.open(`/w/matters/${id}`);
      const steps = page.getByRole('complementary', { name: '现在可以做' }).getByRole('button');
      await expect(page.getByText('正在读取')).toHaveCount(0);
      for (let at = 0; at < (await steps.count()); at += 1) {
        const step = steps.nth(at);
        const name = (await step.innerText()).split('\n')[0] ?? '';
        if (looked.has(name)) continue;
        looked.add(name);
        await step.click();
        // Most open a dialog; handing in a closure stands in the page itself.
        const dialog = page.getByRole('dialog', { name });
        await expect(dialog.or(page.getByLabel('查明的事实').first()).or(page.locator('.receipt__digits')).first()).toBeVisible();
        found.push(...(await barriers(page)).map((what) => `${login}, ${name}: ${what}`));
        found.push(...(await latin(page)).map((what) => `${login}, ${name}: Latin letters: ${what}`));
        await page.setViewportSize(PHONE);
        await look(page, 'large');
        found.push(...(await overflow(page)).map((what) => `${login}, ${name}: too wide: ${what}`));
        await look(page, 'light');
        await page.setViewportSize(TABLET);
        if (await dialog.isVisible()) await page.keyboard.press('Escape');
        else await person.open(`/w/matters/${id}`);
        await expect(page.getByText('正在读取')).toHaveCount(0);
      }
    }
  }
  expect(found).toEqual([]);
  // So that a walk that finds no buttons is no walk without barriers.
  expect([...looked].filter((name) => /[\u4e00-\u9fff]/.test(name)).length).toBeGreaterThan(35);
});
