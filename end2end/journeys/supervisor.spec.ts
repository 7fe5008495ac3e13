// 审核: the queue left, the package right, the decision below, on a tablet.

import { closure, visit } from '../support/api.ts';
import { day } from '../support/machine.ts';
import { choose } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('the queue stands beside the package, which is read demand by demand with what is missing first', async ({
  tablet,
}) => {
  const { page } = await tablet('shenhe');
  await page.getByRole('link', { name: '审核', exact: true }).click();
  const queue = page.getByRole('navigation', { name: '待审核' });
  await expect(queue.getByText('2 件')).toBeVisible();
  await queue.getByRole('link', { name: /自建房审批/ }).click();

  const file = page.getByRole('region', { name: '办结材料' });
  await expect(file.getByRole('heading', { name: '自建房审批迟迟没有答复' })).toBeVisible();
  await expect(file.getByText('没有和信访人见面的记录')).toBeVisible();
  await expect(file.getByRole('heading', { name: /告知审批进度和所缺材料/ }).first()).toBeVisible();
  for (const fact of ['查明', '依据', '落实']) await expect(file.getByText(fact, { exact: true }).first()).toBeVisible();
  await expect(queue).toBeVisible();
  // What is missing is said before the package.
  const gap = await file.getByText('没有和信访人见面的记录').boundingBox();
  const demand = await file.getByRole('heading', { name: /告知审批进度和所缺材料/ }).first().boundingBox();
  expect(gap?.y).toBeLessThan(demand?.y ?? 0);
  await expect(page.getByRole('button', { name: '同意', exact: true })).toBeInViewport();
  await expect(page.getByRole('button', { name: '退回重办' })).toBeInViewport();
});

test('approving asks once, names the matter, and the next matter slides in', async ({ tablet, api }) => {
  const { page } = await tablet('shenhe');
  const office = await api('shenhe');
  const lamp = await office.find('村口路灯');

  await page.getByRole('link', { name: /村口路灯/ }).click();
  await expect(page.getByRole('heading', { name: '村口路灯半年不亮' }).last()).toBeVisible();
  await page.getByRole('button', { name: '同意', exact: true }).click();
  const ask = page.getByRole('dialog', { name: '同意这件事的办理结果？' });
  await expect(ask).toContainText('村口路灯半年不亮 · 李* · 县住建局');
  await ask.getByRole('button', { name: '再看看' }).click();
  await expect(ask).toBeHidden();
  expect((await office.file(lamp.id)).matter.stage).toBe('closure_submitted');

  await page.getByRole('button', { name: '同意', exact: true }).click();
  await ask.getByRole('button', { name: '同意', exact: true }).click();
  await expect(page.getByText('已同意。')).toBeVisible();
  await expect(page.getByRole('heading', { name: '自建房审批迟迟没有答复' }).last()).toBeVisible();
  expect((await office.file(lamp.id)).matter.stage).toBe('approved');
});

test('returning needs a reason, a sentence and a day, and all three reach the handler', async ({
  tablet,
  desk,
  api,
}) => {
  const { page } = await tablet('shenhe');
  const office = await api('shenhe');
  const lamp = await office.find('村口路灯');

  await page.getByRole('link', { name: /村口路灯/ }).click();
  await page.getByRole('button', { name: '退回重办' }).click();
  const form = page.getByRole('dialog', { name: '退回重办' });
  await form.getByRole('button', { name: '退回重办' }).click();
  await expect(form.getByText('还没有选退回理由，至少选一条。')).toBeVisible();
  await choose(form, '退回理由', '事实不清');
  await choose(form, '退回理由', '未落实却报办结');
  await form.getByLabel('哪里不行，要怎么改').fill('路灯还是不亮，请到现场看了再报。');
  await form.getByLabel('限哪天前重报').fill(day(5));
  await form.getByRole('button', { name: '退回重办' }).click();
  await expect(page.getByText('已退回。')).toBeVisible();
  expect((await office.file(lamp.id)).matter.stage).toBe('returned');

  const handler = await desk('chengban');
  const file = await handler.open(`/w/matters/${lamp.id}`);
  await expect(file.getByText('事实不清、未落实却报办结').first()).toBeVisible();
  await expect(file.getByText('路灯还是不亮，请到现场看了再报。').first()).toBeVisible();
});

test('the former round lies beside the present one', async ({ tablet, api }) => {
  const handler = await api('chengban');
  const water = await handler.find('二次供水');
  await handler.command(water.id, { command: 'submit_closure', package: closure(2, '水箱已清洗，检测合格。') });

  const { page } = await tablet('shenhe');
  await page.getByRole('link', { name: /二次供水/ }).click();
  const file = page.getByRole('region', { name: '办结材料' });
  await expect(file.getByRole('heading', { name: '上一轮和这一轮' })).toBeVisible();
  await expect(file.getByRole('heading', { name: /^这一轮/ })).toBeVisible();
  await expect(file.locator('ins').filter({ hasText: '水箱已清洗' }).first()).toBeVisible();
});

test('what changed while it was being read is not approved, and that is said', async ({ tablet, api }) => {
  const { page } = await tablet('shenhe');
  const town = await api('zhuangan');
  const office = await api('shenhe');
  const lamp = await office.find('村口路灯');
  await page.getByRole('link', { name: /村口路灯/ }).click();
  await expect(page.getByRole('heading', { name: '村口路灯半年不亮' }).last()).toBeVisible();

  const [household] = await town.households();
  const [outcome] = await town.push([visit(household?.id ?? '', { matter: lamp.id, note: '去看了，灯还是不亮。' })]);
  expect(outcome?.outcome).toBe('stored');
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click();

  await expect(page.getByText(/这次没有算数/)).toBeVisible();
  await expect(page.getByText('去看了，灯还是不亮。').first()).toBeVisible();
  expect((await office.file(lamp.id)).matter.stage).toBe('closure_submitted');
  // Read anew, it can be decided.
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click();
  await expect(page.getByText('已同意。')).toBeVisible();
});

test('nobody approves what they have handled themselves', async ({ tablet, api }) => {
  const registrar = await api('dengji');
  const supervisor = await api('shenhe');
  const me = await supervisor.me();
  const { matter } = await registrar.register({ title: '信访局自己办的事' });
  await registrar.command(matter, { command: 'transfer', unit: await registrar.unit('县信访局') });
  await supervisor.command(matter, { command: 'sign_for' });
  await supervisor.command(matter, { command: 'accept', notice_delivered_on: day() });
  await supervisor.command(matter, { command: 'assign', handler: me.account });
  await supervisor.command(matter, { command: 'submit_closure', package: closure(1, '已核实') });

  const { page } = await tablet('shenhe');
  await page.getByRole('link', { name: /信访局自己办的事/ }).click();
  await expect(page.getByRole('heading', { name: '信访局自己办的事' }).last()).toBeVisible();
  await expect(page.getByText('这件事现在没有要您决定的。')).toBeVisible();
  await expect(page.getByRole('button', { name: '同意', exact: true })).toBeHidden();
  // Not only hidden: refused, in words.
  const refused = await supervisor.approve(matter).catch((error: unknown) => String(error));
  expect(refused).toContain('您参与过这件事的办理，不能自己审核');
});
