// 办公: what lies beside the main path, through the screens of those whose task each step is.

import type { Page } from '@playwright/test';

import { closure } from '../support/api.ts';
import { day } from '../support/machine.ts';
import { choose } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** Opens a step beside the file and gives its form. */
async function step(page: Page, name: string) {
  const aside = page.getByRole('complementary', { name: '现在可以做' });
  await aside.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  return page.getByRole('dialog', { name });
}

/** Opens a step, fills its fields by their labels, and does it. */
async function act(page: Page, name: string, fields: Record<string, string>, said: string) {
  const form = await step(page, name);
  for (const [label, text] of Object.entries(fields)) await form.getByLabel(label).fill(text);
  await form.getByRole('button', { name, exact: true }).click();
  await expect(page.getByText(said)).toBeVisible();
  await expect(form).toBeHidden();
}

test('what comes again is suggested while one types, and linked to the matter that is there', async ({ desk, api }) => {
  const registrar = await api('dengji');
  const { matter } = await registrar.register({ title: '桥头护栏坏了', content: '桥头的护栏断了三米，孩子上学不安全，请修好。' });
  const { page } = await desk('dengji');
  await page.getByRole('link', { name: '登记', exact: true }).click();
  await choose(page, '信访形式', '来信');
  await page.getByLabel('姓名').fill('赵大娘');
  await page.getByLabel('联系电话').fill('13911112222');
  await page.getByLabel('标题').fill('护栏还是没修');
  await page.getByLabel('内容', { exact: false }).first().fill('上次说的桥头护栏，到现在没有人来修。');
  const alike = page.getByRole('complementary', { name: '看起来像同一件事' });
  await expect(alike.getByRole('link', { name: '桥头护栏坏了' })).toBeVisible();
  await expect(alike).toContainText('电话相同');
  await expect(alike).toContainText('姓名相同');

  // Saved as new, it first asks; the answer is a tap.
  await page.getByRole('textbox', { name: '诉求' }).fill('修好护栏');
  await page.getByLabel('内容分类').selectOption({ label: '交通运输' });
  await page.getByRole('button', { name: /登记并出回执/ }).click();
  await expect(alike.getByRole('button', { name: '都不是，登记为新事项' })).toBeVisible();
  await expect(page.getByLabel('标题')).toHaveValue('护栏还是没修');
  await alike.getByRole('button', { name: '并入这件，算重件：桥头护栏坏了' }).click();
  await expect(page.getByText('已经并入，算重件')).toBeVisible();
  await page.getByRole('link', { name: '看这件事' }).click();
  await expect(page.getByRole('heading', { name: '信访件（2 件）' })).toBeVisible();
  await expect(page.getByText('上次说的桥头护栏，到现在没有人来修。')).toBeVisible();
  expect((await registrar.file(matter)).matter.intakes).toHaveLength(1);
});

test('of a group five speak: the sixth is refused with the words of the law, and nothing is lost', async ({ desk }) => {
  const { page } = await desk('dengji');
  await page.getByRole('link', { name: '登记', exact: true }).click();
  const names = ['甲一', '乙二', '丙三', '丁四', '戊五', '己六'];
  await page.getByLabel('来了几个人').fill('8');
  await page.getByLabel('推选的代表').fill(names.join('\n'));
  await page.getByRole('button', { name: /登记并出回执/ }).click();
  await expect(page.getByText(/第二十条.*代表人数不得超过 5 人/)).toBeVisible();
  await expect(page.getByLabel('推选的代表')).toHaveValue(names.join('\n'));
});

test('an order is objected to, goes to another unit, is helped with, extended, and reviewed', async ({
  desk,
  tablet,
  api,
}) => {
  test.setTimeout(240_000);
  const registrar = await api('dengji');
  const { matter } = await registrar.register({ title: '水渠边的路塌了' });
  const address = `/w/matters/${matter}`;

  // 交办: a day is named, so a report is owed.
  const dengji = await (await desk('dengji')).open(address);
  let form = await step(dengji, '转送');
  await form.getByLabel('责任单位').selectOption({ label: '县水利局' });
  await form.getByLabel('交办的办结期限').fill(day(40));
  await form.getByRole('button', { name: '转送' }).click();
  await expect(dengji.getByText('已转送。')).toBeVisible();
  await expect(dengji.getByText(/《信访工作条例》第二十二条第三项/).first()).toBeVisible();

  // 异议: the head of a unit says that it is not theirs; the office agrees, and it comes back.
  const lamp = await registrar.register({ title: '小区门口的路灯不亮' });
  await registrar.command(lamp.matter, { command: 'transfer', unit: await registrar.unit('县住建局') });
  const fuzeren = await (await desk('fuzeren')).open(`/w/matters/${lamp.matter}`);
  form = await step(fuzeren, '提出异议');
  await form.getByRole('button', { name: '提出异议' }).click();
  await expect(form.getByText('还没有写为什么不归本单位办。')).toBeVisible();
  await form.getByLabel('为什么不归本单位办').fill('这盏灯是水利局装的。');
  await form.getByRole('button', { name: '提出异议' }).click();
  await expect(fuzeren.getByText('异议已提出。')).toBeVisible();
  await dengji.goto(new URL(`/w/matters/${lamp.matter}`, dengji.url()).href);
  form = await step(dengji, '同意异议');
  await expect(form).toContainText('这盏灯是水利局装的。');
  await form.getByLabel('核实的结果和理由').fill('查过了，确是水利局的。');
  await form.getByRole('button', { name: '同意异议', exact: true }).click();
  await expect(dengji.getByText('异议已同意，收回重新转送。')).toBeVisible();
  await expect(dengji.getByText(/异议成立：查过了，确是水利局的。/).first()).toBeVisible();

  // Sent anew, signed for, accepted.
  form = await step(dengji, '转送');
  await form.getByLabel('责任单位').selectOption({ label: '县住建局' });
  await form.getByRole('button', { name: '转送' }).click();
  await expect(dengji.getByText('已转送。')).toBeVisible();
  await fuzeren.reload();
  form = await step(fuzeren, '签收');
  await form.getByRole('button', { name: '签收' }).click();
  await expect(fuzeren.getByText('已签收。')).toBeVisible();
  await act(fuzeren, '受理', { 系统外文书的文号: '旧字1号', 系统外文书的日期: day() }, '已受理。');
  form = await step(fuzeren, '确定承办人');
  await form.getByLabel('承办人').selectOption({ label: '周明 县住建局承办人' });
  await form.getByRole('button', { name: '确定承办人' }).click();
  await expect(fuzeren.getByText('已确定承办人。')).toBeVisible();

  // 协办.
  const chengban = await (await desk('chengban')).open(`/w/matters/${lamp.matter}`);
  form = await step(chengban, '请单位协办');
  await form.getByLabel('协办单位').selectOption({ label: '县水利局' });
  await form.getByLabel('请他们做什么').fill('查清灯是谁装的。');
  await form.getByLabel('哪天以前反馈').fill(day(5));
  await form.getByRole('button', { name: '请单位协办' }).click();
  await expect(chengban.getByText('已请协办。')).toBeVisible();
  const shuili = await (await desk('shuili')).open(`/w/matters/${lamp.matter}`);
  await act(shuili, '协办反馈', { 协办的情况: '灯是前年装的，台账附后。' }, '协办反馈已提交。');

  // 延期: proposed by the handler, decided by the head of the unit, told to nobody else to decide.
  await chengban.reload();
  await act(chengban, '申请延期', { 延长几天: '10', 理由: '灯杆要订做。' }, '延期已报批。');
  await expect(chengban.getByText('由责任单位负责人批')).toBeVisible();
  await fuzeren.reload();
  await fuzeren.getByRole('button', { name: '批准', exact: true }).click();
  form = fuzeren.getByRole('dialog', { name: '批准' });
  await expect(form).toContainText('延期 10 天，理由：灯杆要订做。');
  await form.getByRole('button', { name: '批准', exact: true }).click();
  await expect(fuzeren.getByText('已批准。')).toBeVisible();
  await expect(fuzeren.getByText(/延期，最后一天从/).first()).toBeVisible();

  // 报审, 同意, 送达, then the petitioner asks for a review.
  const handler = await api('chengban');
  await handler.command(lamp.matter, { command: 'submit_closure', package: closure(1, '灯已经换好。') });
  await (await api('shenhe')).approve(lamp.matter);
  await chengban.reload();
  await expect(chengban.getByText('等责任单位负责人签发处理意见书。')).toBeVisible();
  await fuzeren.reload();
  form = await step(fuzeren, '签发处理意见书');
  await expect(form).toContainText('已经修好，请查收。');
  await form.getByRole('button', { name: '签发处理意见书' }).click();
  await expect(fuzeren.getByText('处理意见书已签发。')).toBeVisible();
  await chengban.reload();
  form = await step(chengban, '登记送达');
  await choose(form, '怎么送的', '当面');
  await choose(form, '签收还是拒收', '签收');
  await choose(form, '信访人意见', '不同意');
  await form.getByLabel('系统外文书的文号').fill('旧字2号');
  await form.getByLabel('系统外文书的日期').fill(day());
  await form.getByRole('button', { name: '登记送达' }).click();
  await expect(chengban.getByText('送达已登记。')).toBeVisible();
  await dengji.reload();
  await act(dengji, '登记复查申请', { 申请的理由: '换的灯太暗。', 由哪个机关审查: '市住建局' }, '复查申请已登记。');
  const fucha = await (await desk('fucha')).open(`/w/matters/${lamp.matter}`);
  form = await step(fucha, '提出复查复核意见');
  await choose(form, '结论', '变更');
  await form.getByLabel('意见书内容').fill('灯的亮度不够，应当换成合格的。');
  await form.getByLabel('限哪天前重新办好').fill(day(20));
  await form.getByRole('button', { name: '提出复查复核意见' }).click();
  await expect(fucha.getByText('意见已提出。')).toBeVisible();
  await dengji.reload();
  form = await step(dengji, '送达复查复核意见');
  await choose(form, '怎么送的', '邮寄');
  await choose(form, '签收还是拒收', '签收');
  await choose(form, '信访人意见', '同意');
  await form.getByRole('button', { name: '送达复查复核意见' }).click();
  await expect(dengji.getByText('意见送达已登记。')).toBeVisible();
  await expect(dengji.getByText(/第 1 轮办结后重开/).first()).toBeVisible();
  expect((await registrar.file(lamp.matter)).matter.stage).toBe('reopened');

  // 报批: the supervisor finds what waits in the queue, and the file behind the door.
  await registrar.command(matter, { command: 'propose', proposal: { what: 'withdraw', on: day(), reason: '已经修好了' } });
  const { page } = await tablet('shenhe');
  await page.getByRole('link', { name: '审核', exact: true }).click();
  await choose(page, '看哪些', '等着批');
  await page.getByRole('link', { name: /水渠边的路塌了/ }).click();
  await page.getByRole('link', { name: '打开这件事去批' }).click();
  await page.getByRole('button', { name: '不批准' }).click();
  form = page.getByRole('dialog', { name: '不批准' });
  await form.getByRole('button', { name: '不批准' }).click();
  await expect(form.getByText('还没有写为什么不批准。')).toBeVisible();
  await form.getByLabel('为什么不批准').fill('信访人说没有要撤回。');
  await form.getByRole('button', { name: '不批准' }).click();
  await expect(page.getByText('没有批准。').first()).toBeVisible();
  expect((await registrar.file(matter)).matter.stage).toBe('awaiting_signature');
});
