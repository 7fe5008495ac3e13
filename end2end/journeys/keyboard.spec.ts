// Without a mouse and without a finger: what a petitioner does, by the keyboard alone, and with the focus to be seen.

import type { Page } from '@playwright/test';

import { expect, test } from '../support/test.ts';

/** Tabs on until the element of that name has the focus; every stop on the way shows that it has it. */
async function reach(page: Page, name: string | RegExp): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return null;
      const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])].map((one) => one.textContent) : [];
      // Choices are drawn by the label beside them.
      const drawn = [element, ...('labels' in element ? ((element as HTMLInputElement).labels ?? []) : []), element.nextElementSibling];
      const seen = drawn.some((one) => {
        if (!one) return false;
        const style = getComputedStyle(one);
        return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none';
      });
      return { name: (element.ariaLabel ?? labels.join(' ') + element.innerText).replace(/\s+/g, ' ').trim(), seen };
    });
    if (!at) continue;
    expect.soft(at.seen, `the focus on ${at.name} is seen`).toBe(true);
    if (typeof name === 'string' ? at.name.startsWith(name) : name.test(at.name)) return;
  }
  throw new Error(`the tab key does not lead to ${String(name)}`);
}

test('a matter is looked up, and what is not solved is said, by the keyboard alone', async ({ page, server, api }) => {
  const registrar = await api('dengji');
  const { query_code } = await registrar.receipt((await registrar.find('危桥')).id);
  await page.goto(`${server.origin}/`);
  await reach(page, '查办理情况');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '查办理情况' })).toBeVisible();
  await reach(page, '查询码');
  await page.keyboard.type(query_code.replace(/\D/g, ''));
  await reach(page, '手机号后 4 位');
  await page.keyboard.type('0005');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^说办结了，但没有解决/ })).toBeVisible();
  await reach(page, '说办结了，但没有解决');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '说办结了，但没有解决' })).toBeVisible();
  await reach(page, '哪里没有解决');
  await page.keyboard.type('桥面还是裂的。');
  await reach(page, '告诉他们没有解决');
  await page.keyboard.press('Enter');
  await expect(page.getByText('桥面还是裂的。').first()).toBeVisible();
});

test('a matter is filed by the keyboard alone', async ({ page, server, api }) => {
  await page.goto(`${server.origin}/t`);
  await reach(page, '有事情要解决');
  await page.keyboard.press('Space');
  await reach(page, '什么事');
  await page.keyboard.type('河边的护栏断了两根，孩子放学从那里走，请派人来看一看。');
  await reach(page, '第一条');
  await page.keyboard.type('把护栏修好');
  await reach(page, /^(本人的)?姓名/);
  await page.keyboard.type('罗水根');
  await reach(page, '住址');
  await page.keyboard.type('青石村六组');
  await reach(page, '交上去');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '收到了' })).toBeVisible();
  expect(await (await api('dengji')).find('护栏断了')).toBeTruthy();
});
