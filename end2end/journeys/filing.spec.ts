// 网上提交: by an old phone without JavaScript, by one with it over a bad line, and what the registrar sees of it.

import { PHONE } from '../support/machine.ts';
import { lookUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

import type { Page } from '@playwright/test';

const SAID = '河边的护栏断了两根，孩子放学从那里走，请派人来看一看。';

async function fill(page: Page, name = '罗水根'): Promise<void> {
  await page.getByLabel('有事情要解决').check();
  await page.getByLabel('什么事').fill(SAID);
  await page.getByLabel('第一条').fill('把护栏修好');
  await page.getByLabel('事情在哪里').selectOption({ label: '青石村委会' });
  await page.getByLabel(/^(本人的)?姓名/).fill(name);
  await page.getByLabel(/^电话/).fill('13655550123');
  await page.getByLabel(/^住址/).fill('青石村六组');
}

async function code(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { level: 1, name: '收到了' })).toBeVisible();
  return (await page.locator('.receipt__digits').first().textContent()) ?? '';
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: PHONE });

  test('a form with a photo becomes a matter; nothing typed is lost on the way', async ({ page, server, api }) => {
    await page.goto(`${server.origin}/`);
    await page.getByRole('link', { name: /^反映问题、提意见/ }).click();
    await fill(page, '');
    await page.getByLabel('选一个文件').setInputFiles({ name: '护栏.png', mimeType: 'image/png', buffer: PNG });
    await page.getByRole('button', { name: '交上去' }).click();
    await expect(page.getByRole('alert')).toContainText('还没有写姓名');
    await expect(page.getByLabel('什么事')).toHaveValue(SAID);
    await expect(page.getByText('护栏.png')).toBeVisible();
    // The switch to large type keeps it too.
    await page.getByRole('button', { name: '大字' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-type', 'large');
    await expect(page.getByLabel('什么事')).toHaveValue(SAID);
    await page.getByLabel(/^(本人的)?姓名/).fill('罗水根');
    await page.getByRole('button', { name: '交上去' }).click();
    const first = await code(page);
    expect(page.url()).not.toMatch(/\d{4}.?\d{4}/);
    // Sent again, it is the same.
    await page.reload();
    expect(await code(page)).toBe(first);
    const registrar = await api('dengji');
    const matter = await registrar.find('护栏断了');
    expect(matter).toBeTruthy();
    await lookUp(page, server.origin, first, '0123');
    await expect(page.getByText('转给负责的单位').first()).toBeVisible();
  });

  test('a report against an official is shown the sealed way', async ({ page, server }) => {
    await page.goto(`${server.origin}/t`);
    await fill(page);
    await page.getByLabel('举报干部或者单位').check();
    await page.getByRole('button', { name: '交上去' }).click();
    await expect(page.getByRole('alert').first()).toContainText('举报不从这里交');
  });

  test('a daughter fills in, the mother hears it and says yes', async ({ page, server }) => {
    await page.goto(`${server.origin}/t`);
    await page.getByRole('link', { name: '我是替别人填的' }).click();
    await page.getByLabel('您的姓名').fill('罗小妹');
    await page.getByLabel(/什么人/).fill('女儿');
    await fill(page);
    await page.getByRole('button', { name: '下一步，念给本人听' }).click();
    await expect(page.getByText('第一条：把护栏修好')).toBeVisible();
    await page.getByRole('button', { name: '交上去' }).click();
    await expect(page.getByText('请念给本人听，本人说对了，再打上勾。')).toBeVisible();
    await page.getByLabel('本人已听读并确认').check();
    await page.getByRole('button', { name: '交上去' }).click();
    await code(page);
    await expect(page.getByText('罗小妹')).toBeVisible();
  });

  test('the paper form is one page of A4 with a number', async ({ page, server }) => {
    await page.goto(`${server.origin}/t`);
    await page.getByRole('link', { name: '打印纸质登记表' }).click();
    await expect(page.getByText(/表号 \d{4} \d{4} \d{2}/)).toBeVisible();
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });
});

test.describe('with JavaScript', () => {
  test.use({ viewport: PHONE });

  test('what is typed is kept on the phone, sent once over a bad line, and gone after the receipt', async ({
    page,
    context,
    server,
  }) => {
    await page.goto(`${server.origin}/t`);
    await fill(page);
    await expect(page.getByText('写的存在这部手机里', { exact: false })).toBeVisible();
    // The window is closed, and the form opened again.
    await page.goto('about:blank');
    await page.goto(`${server.origin}/t`);
    await expect(page.getByText('放回来了', { exact: false })).toBeVisible();
    await expect(page.getByLabel('什么事')).toHaveValue(SAID);
    await expect(page.getByLabel('有事情要解决')).toBeChecked();
    await expect(page.getByLabel('事情在哪里')).toHaveValue(/\d{12}/);
    // Without a line it stays here.
    await context.setOffline(true);
    await page.getByRole('button', { name: '交上去' }).click();
    await expect(page.getByText('现在没有网', { exact: false })).toBeVisible();
    await context.setOffline(false);
    // The answer is lost on the way; sent again from what was kept, it is the same matter.
    const token = await page.locator('input[name=id]').inputValue();
    await page.getByRole('button', { name: '交上去' }).click();
    const first = await code(page);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.goto(`${server.origin}/t`);
    await expect(page.getByLabel('什么事')).toHaveValue('');
    await fill(page);
    await page.locator('input[name=id]').evaluate((field, value) => ((field as HTMLInputElement).value = value), token);
    await page.getByRole('button', { name: '交上去' }).click();
    expect(await code(page)).toBe(first);
  });

  test('of a report nothing stays on the phone, and a draft can be cleared', async ({ page, server }) => {
    await page.goto(`${server.origin}/t`);
    await fill(page);
    await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(1);
    await page.getByLabel('举报干部或者单位').check();
    await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(0);
    await page.getByLabel('有事情要解决').check();
    await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(1);
    await page.getByRole('button', { name: '清除草稿' }).click();
    await expect(page.getByLabel('什么事')).toHaveValue('');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });
});
