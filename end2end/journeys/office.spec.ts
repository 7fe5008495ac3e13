// 办公: a matter goes its way through the screens of those whose task each step is.

import type { Page } from '@playwright/test';

import { PHONE, day } from '../support/machine.ts';
import { choose, lookUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** Opens a step beside the file and gives its form. */
async function step(page: Page, name: string) {
  const aside = page.getByRole('complementary', { name: '现在可以做' });
  await aside.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  return page.getByRole('dialog', { name });
}

test('from the desk to the delivery: each step by the one whose task it is', async ({ desk, api, page, server }) => {
  test.setTimeout(150_000);
  const registrar = await api('dengji');
  const receipt = await registrar.register({ title: '桥头护栏坏了' });
  const address = `/w/matters/${receipt.matter}`;

  // 县信访局: transfer.
  const dengji = (await desk('dengji')).page;
  await dengji.getByLabel('搜索事项').fill('赵大娘');
  await dengji.getByRole('link', { name: /桥头护栏坏了/ }).click();
  await expect(dengji.getByRole('heading', { name: '桥头护栏坏了' })).toBeVisible();
  let form = await step(dengji, '转送');
  await form.getByRole('button', { name: '转送' }).click();
  await expect(form.getByText('还没有选责任单位。')).toBeVisible();
  await form.getByLabel('责任单位').selectOption({ label: '县住建局' });
  await form.getByRole('button', { name: '转送' }).click();
  await expect(dengji.getByText('已转送。')).toBeVisible();

  // 责任单位: sign for, accept, assign.
  const head = await desk('fuzeren');
  const fuzeren = await head.open(address);
  form = await step(fuzeren, '签收');
  await expect(form).toContainText('桥头护栏坏了');
  await form.getByRole('button', { name: '签收' }).click();
  await expect(fuzeren.getByText('已签收。')).toBeVisible();
  form = await step(fuzeren, '受理');
  await expect(form.getByLabel('受理告知书送达日期')).toHaveValue(day());
  // The notice is not there yet: what is missing is said, and nothing typed is lost; it was made by hand.
  await expect(form.getByText('还没有受理告知书')).toBeVisible();
  await form.getByRole('button', { name: '受理' }).click();
  await expect(form.getByRole('alert')).toContainText('受理告知书');
  await form.getByLabel('系统外文书的文号').fill('县住建局受字〔2026〕9号');
  await form.getByLabel('系统外文书的日期').fill(day());
  await form.getByRole('button', { name: '受理' }).click();
  await expect(fuzeren.getByText('已受理。')).toBeVisible();
  form = await step(fuzeren, '确定承办人');
  await form.getByLabel('承办人').selectOption({ label: '周明 县住建局承办人' });
  await form.getByRole('button', { name: '确定承办人' }).click();
  await expect(fuzeren.getByText('已确定承办人。')).toBeVisible();

  // 承办人: feedback, promise, closure.
  const handler = await desk('chengban');
  const chengban = await handler.open(address);
  form = await step(chengban, '向信访人反馈');
  await form.getByLabel('告诉信访人什么').fill('已到桥头看过，护栏断了三米。');
  await form.getByRole('button', { name: '向信访人反馈' }).click();
  await expect(chengban.getByText('反馈已记下。')).toBeVisible();
  form = await step(chengban, '记下承诺');
  await form.getByLabel('答应了什么').fill('十天内换好护栏');
  await form.getByLabel('哪天以前做到').fill(day(10));
  await form.getByRole('button', { name: '记下承诺' }).click();
  await expect(chengban.getByText('承诺已记下。')).toBeVisible();

  await chengban.getByRole('complementary').getByRole('button', { name: /^报审核/ }).click();
  await chengban.getByLabel('查明的事实').fill('护栏断了三米，已经全部换新。');
  // Half filled, the page goes: nothing is lost.
  await chengban.reload();
  await chengban.getByRole('complementary').getByRole('button', { name: /^报审核/ }).click();
  await expect(chengban.getByLabel('查明的事实')).toHaveValue('护栏断了三米，已经全部换新。');
  await choose(chengban, '怎么答复', '支持');
  await chengban.getByLabel('法律法规依据').fill('《公路安全保护条例》有关规定');
  await choose(chengban, '落实情况', '已落实');
  await chengban.getByLabel('哪天落实的').fill(day());
  await chengban.getByLabel('有什么凭据').fill('现场照片、验收单');
  await chengban.getByLabel('处理意见书').last().fill('您反映的护栏已经全部换新，请放心通行。');
  await choose(chengban, '准备怎么送达', '当面');
  await chengban.getByRole('button', { name: '报审核', exact: true }).click();
  await expect(chengban.getByText('已报审核。')).toBeVisible();

  await (await api('shenhe')).approve(receipt.matter);
  await (await api('fuzeren')).sign(receipt.matter);

  // 送达.
  await chengban.reload();
  form = await step(chengban, '登记送达');
  await choose(form, '怎么送的', '当面');
  await choose(form, '签收还是拒收', '签收');
  await choose(form, '信访人意见', '同意');
  await form.getByLabel('系统外文书的文号').fill('县住建局意字〔2026〕9号');
  await form.getByLabel('系统外文书的日期').fill(day());
  await form.getByRole('button', { name: '登记送达' }).click();
  await expect(chengban.getByText('送达已登记。')).toBeVisible();
  expect((await registrar.file(receipt.matter)).matter.stage).toBe('awaiting_return_visit');

  await page.setViewportSize(PHONE);
  await lookUp(page, server.origin, receipt.query_code, '2222');
  await expect(page.getByText('您反映的护栏已经全部换新，请放心通行。')).toBeVisible();
  await expect(page.getByText('已到桥头看过，护栏断了三米。')).toBeVisible();
  await expect(page.getByText(/可以申请复查，最后一天是/)).toBeVisible();
});

test('a letter is registered without touching the mouse, and a slip in the form is said at its field', async ({ desk }) => {
  const { page } = await desk('dengji');
  await page.getByRole('link', { name: '登记', exact: true }).press('Enter');
  await expect(page.getByRole('heading', { name: '登记信访事项' })).toBeFocused();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('还没有选信访形式。')).toBeVisible();
  await page.getByRole('radio', { name: '来信' }).press('Space');
  const reach = async (label: string) => {
    // The next field of that name is reached by the tab key alone.
    for (let steps = 0; steps < 40; steps += 1) {
      await page.keyboard.press('Tab');
      const named = await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent ?? '');
      if (named.startsWith(label)) return;
    }
    throw new Error(`the tab key never came to ${label}`);
  };
  const keys = async (label: string, text: string) => {
    await reach(label);
    await page.keyboard.type(text);
  };
  await keys('姓名', '钱二妹');
  await keys('标题', '水库放水没有通知');
  await keys('内容', '水库放水没有提前通知，菜地被淹，请以后提前广播。');
  await keys('诉求', '放水前广播通知');
  await reach('内容分类');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('内容分类')).toHaveValue('0');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('heading', { name: '收件回执' })).toBeVisible();
  await expect(page.getByRole('article')).toContainText('水库放水没有通知');
});

test('the list filters by stage and searches by name, initials and last digits', async ({ desk }) => {
  const { page } = await desk('dengji');
  await expect(page.getByText('共 11 件')).toBeVisible();
  for (const typed of ['李建国', 'ljg', '0001', '村口路灯']) {
    await page.getByLabel('搜索事项').fill(typed);
    await expect(page.getByText('共 1 件')).toBeVisible();
    await expect(page.getByRole('link', { name: /村口路灯半年不亮/ })).toBeVisible();
    await page.getByLabel('搜索事项').fill('');
    await expect(page.getByText('共 11 件')).toBeVisible();
  }
  await choose(page, '办理阶段', '办理中');
  await expect(page.getByRole('link', { name: /二次供水/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /村口路灯半年不亮/ })).toHaveCount(0);
});

test('each sees what is theirs: an official of another unit does not find the matter', async ({ desk, api }) => {
  const lamp = await (await api('shenhe')).find('村口路灯');
  const other = await desk('shuili');
  await other.page.getByLabel('搜索事项').fill('路灯');
  await expect(other.page.getByText('没有这样的事项')).toBeVisible();
  const page = await other.open(`/w/matters/${lamp.id}`);
  await expect(page.getByRole('main')).not.toContainText('李建国');
});
