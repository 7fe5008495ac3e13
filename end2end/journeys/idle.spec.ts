// 闲置锁屏: a tablet that was left lying about shows nothing, and nothing typed is lost.

import { signInOn } from '../support/browser.ts';
import { TABLET } from '../support/machine.ts';
import { expect, test } from '../support/test.ts';

const IDLE = 10 * 60 * 1000;

test('a desk that nobody touches locks, stays locked when loaded again, and gives back what was typed', async ({
  device,
  server,
  api,
}) => {
  const lamp = await (await api('shenhe')).find('村口路灯');
  const tablet = await device({ viewport: TABLET });
  const { page } = tablet;
  await page.clock.install();
  await tablet.signIn('shenhe');
  await tablet.open(`/w/review/${lamp.id}`);
  await page.getByRole('button', { name: '退回重办' }).click();
  const form = page.getByRole('dialog', { name: '退回重办' });
  await form.getByLabel('哪里不行，要怎么改').fill('路灯还是不亮。');

  // Somebody at work is not disturbed.
  await page.clock.fastForward(IDLE - 60_000);
  await form.getByLabel('哪里不行，要怎么改').press('End');
  await page.clock.fastForward(IDLE - 60_000);
  const locked = page.getByRole('dialog', { name: '已锁上' });
  await expect(locked).toBeHidden();

  await page.clock.fastForward(90_000);
  await expect(locked).toBeVisible();
  await expect(page.getByText('村口路灯半年不亮').first()).toBeHidden();
  await expect(form).toBeHidden();
  // Escape does not open it, and the keyboard reaches nothing below.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(locked).toBeVisible();
  for (let steps = 0; steps < 12; steps += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.page') === null)).toBe(true);
  }

  await signInOn(page, 'shenhe', server.account('shenhe').password);
  await expect(locked).toBeHidden();
  await expect(form.getByLabel('哪里不行，要怎么改')).toHaveValue('路灯还是不亮。');

  // Loaded again while locked it asks for nothing but the sign-in.
  await page.clock.fastForward(IDLE + 60_000);
  await expect(locked).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await expect(locked).toBeVisible();
  expect(asked.filter((path) => path.startsWith('/api/v1/matters'))).toEqual([]);
  expect(await page.locator('body').innerText()).not.toContain('村口路灯');
  // Somebody else does not get the page of the one who left.
  await signInOn(page, 'dengji', server.account('dengji').password);
  await expect(page.getByText('县信访局登记')).toBeVisible();
  await expect(form).toBeHidden();
});
