// 抽查回访 and 安排走访: what is chosen at a desk comes to the phones of those who go, and to nobody else's.

import { expect, test } from '../support/test.ts';

test('the supervisor draws closed matters, and each has somebody who goes and how far it is', async ({ tablet, api }) => {
  const supervisor = await api('shenhe');
  const bridge = await supervisor.find('危桥');
  const outcome = { outcome: 'refused', note: '他说不用问了' };
  const asked = { kind: 'return_visit', matter: bridge.id, round: 1, demands: 1, at: Date.now(), mode: 'at_home', outcome };
  await (await api('zhuangan')).push([asked]);
  await supervisor.command(bridge.id, { command: 'close' });

  const { page } = await tablet('shenhe');
  await page.getByRole('link', { name: '抽查', exact: true }).click();
  await expect(page.getByText('还没有抽查过')).toBeVisible();
  await page.getByLabel('抽几件').fill('0');
  await page.getByRole('button', { name: '随机抽' }).click();
  await expect(page.getByText('填 1 到 50')).toBeVisible();
  await page.getByLabel('抽几件').fill('1');
  await page.getByRole('button', { name: '随机抽' }).click();
  await expect(page.getByText('抽好了，已经派到回访人的手机上')).toBeVisible();
  await expect(page.getByRole('heading', { name: /第 1 次/ })).toBeVisible();
  const row = page.getByRole('listitem').filter({ hasText: '危桥' });
  await expect(row.getByText(/回访人：/)).toBeVisible();
  await expect(row.getByText('待回访', { exact: true })).toBeVisible();
  await expect(page.getByText('按种子和名单重新算过，抽中的一样。')).toBeVisible();
  // What waits for its result is not drawn again.
  await page.getByRole('button', { name: '随机抽' }).click();
  await expect(page.getByText('这个范围里没有可抽的事项。放宽天数，或者不限单位。')).toBeVisible();
  await row.getByRole('link').click();
  await expect(page.getByText(/第 1 次抽查/)).toBeVisible();
});

test('the village head gives ticked households to an official', async ({ desk }) => {
  const head = await desk('zhishu');
  const page = await head.open('/w/visit-plan');
  await page.getByRole('button', { name: '派给他' }).click();
  await expect(page.getByText('选一位干部')).toBeVisible();
  await page.getByLabel('派给谁').selectOption({ label: '林小溪，青石村网格员' });
  await page.getByRole('button', { name: '派给他' }).click();
  await expect(page.getByText('先勾选要派的户')).toBeVisible();
  await page.getByLabel('全选列出来的户').check();
  await expect(page.getByText('共 12 户，已派 0 户，勾选 12 户')).toBeVisible();
  await page.getByRole('button', { name: '派给他' }).click();
  await expect(page.getByText('共 12 户，已派 12 户，勾选 0 户')).toBeVisible();
  await expect(page.getByText(/派给林小溪/).first()).toBeVisible();
});
