// 查看完整信息, 回避: who reads what of a matter, and who does not find it any more.

import { choose } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('the full particulars are shown for a reason, on this page only', async ({ tablet, api }) => {
  const lamp = (await (await api('shenhe')).find('村口路灯')).id;
  const supervisor = await tablet('shenhe');
  const page = await supervisor.open(`/w/review/${lamp}`);
  const detail = page.getByRole('main');
  await expect(detail.getByText('李*').first()).toBeVisible();
  await expect(detail).not.toContainText('13800000001');

  await page.getByRole('button', { name: '查看完整信息' }).click();
  const asked = page.getByRole('dialog', { name: '查看完整信息' });
  await asked.getByRole('button', { name: '查看完整信息' }).click();
  await expect(asked.getByText('还没有选用途。')).toBeVisible();
  await choose(asked, '用途', '其他');
  await asked.getByRole('button', { name: '查看完整信息' }).click();
  await expect(asked.getByText('选了“其他”，请写明用途。')).toBeVisible();
  await asked.getByLabel('说明').fill('核对登记时的电话');
  await asked.getByRole('button', { name: '查看完整信息' }).click();

  await expect(asked).toBeHidden();
  await expect(detail.getByText('13800000001').first()).toBeVisible();
  await expect(page.getByText('正在显示完整信息，离开这一页后重新隐去。')).toBeVisible();
  await page.reload();
  await expect(detail.getByText('李*').first()).toBeVisible();
  await expect(detail).not.toContainText('13800000001');
});

test('who declares 回避 does not find the matter any more; the supervisor sees it and takes it back', async ({ desk, tablet, api }) => {
  const lamp = (await (await api('shenhe')).find('村口路灯')).id;
  const handler = await desk('chengban');
  await handler.open(`/w/matters/${lamp}`);
  await handler.page.getByRole('button', { name: '回避', exact: true }).click();
  const asked = handler.page.getByRole('dialog', { name: '回避' });
  await asked.getByRole('button', { name: '回避', exact: true }).click();
  await expect(asked.getByText('还没有写回避的原因。')).toBeVisible();
  await asked.getByLabel('回避的原因').fill('信访人是我的亲属');
  await asked.getByRole('button', { name: '回避', exact: true }).click();
  await handler.page.getByLabel('搜索事项').fill('路灯');
  await expect(handler.page.getByText('没有这样的事项')).toBeVisible();

  const supervisor = await tablet('shenhe');
  await supervisor.open(`/w/review/${lamp}`);
  await expect(supervisor.page.getByText(/^周明，.*本人声明/)).toBeVisible();
  await expect(supervisor.page.getByText('信访人是我的亲属')).toBeVisible();
  await supervisor.page.getByRole('button', { name: '撤回：周明' }).click();
  await expect(supervisor.page.getByText(/^周明，/)).toHaveCount(0);
  await handler.page.getByLabel('搜索事项').fill('村口');
  await expect(handler.page.getByText('共 1 件')).toBeVisible();
});
