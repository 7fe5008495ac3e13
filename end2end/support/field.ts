// The official's phone, as a thumb uses it.

import { type Locator, type Page, expect } from '@playwright/test';

import { choose } from './people.ts';

/** Counts what the thumb does. */
export class Thumb {
  taps = 0;

  async tap(target: Locator): Promise<void> {
    await target.tap();
    this.taps += 1;
  }
}

/** The line that is always there: what is saved, being sent, confirmed. */
export function truth(page: Page): Locator {
  return page.locator('header').getByRole('link').filter({ has: page.getByRole('status') });
}

/** Waits until the whole work area is on the phone. */
export async function downloaded(page: Page, households: number): Promise<void> {
  await page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '走访' }).click();
  await expect(page.getByRole('heading', { name: `住户 ${households} 户` })).toBeVisible({ timeout: 60_000 });
}

/** Opens the app as from the home screen. */
export async function home(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: '今日', exact: true })).toBeVisible({ timeout: 30_000 });
}

/** "见到本人，没有反映事项": from the home screen to the list, saved. Returns how many taps it took. */
export async function plainVisit(page: Page, household: Locator): Promise<number> {
  const thumb = new Thumb();
  await thumb.tap(page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '走访' }));
  await thumb.tap(page.getByRole('navigation', { name: '开始走访' }).getByRole('link', { name: /登门遍访/ }));
  await thumb.tap(household);
  await thumb.tap(page.getByRole('group', { name: '见到谁了' }).getByLabel('见到本人'));
  await thumb.tap(page.getByRole('button', { name: '保存', exact: true }));
  await expect(page.getByText('已保存在这台手机，等待发送').first()).toBeVisible();
  return thumb.taps;
}

/** One item that is to become a matter, on the open form of a visit. */
export async function raiseItem(
  page: Page,
  item: { summary: string; title: string; demand: string; category: string; phone: string },
): Promise<void> {
  await page.getByRole('button', { name: '记一件反映的事' }).tap();
  await page.getByLabel('反映什么事').fill(item.summary);
  await choose(page, '是哪一类', '群众诉求');
  await page.getByLabel('转为信访事项').tap();
  await page.getByLabel('标题').fill(item.title);
  await page.getByLabel('要求解决什么').fill(item.demand);
  await page.getByLabel('内容分类').selectOption({ label: item.category });
  await page.getByLabel('信访人电话').fill(item.phone);
}
