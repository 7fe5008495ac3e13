// 检举控告: sealed by the registrar, opened by an officer of the channel, seen by nobody else.

import { day } from '../support/machine.ts';
import { choose, lookUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const TEXT = '暗号甲：收受工程队礼金';

test('a report is sealed, opened with a passphrase, handed over; nothing of it stays anywhere', async ({
  desk, api, page, server,
}) => {
  test.setTimeout(150_000);
  const passphrase = server.accounts.get('jijian')?.password ?? '';

  // 县信访局: what was begun as a plain matter goes over, and leaves no draft.
  const dengji = (await desk('dengji')).page;
  await dengji.goto(`${server.origin}/w/register`);
  await dengji.locator('#content').fill(TEXT);
  await dengji.getByRole('radio', { name: '检举控告', exact: true }).click();
  await expect(dengji.getByLabel('反映的内容')).toHaveValue(TEXT);
  const kept = () => dengji.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  await expect.poll(kept).not.toContain('暗号甲');
  await choose(dengji, /信访形式/, '来信');
  await dengji.getByRole('button', { name: '封存并出回执' }).click();
  await expect(dengji.getByText('还没有写被反映的人或者单位。')).toBeVisible();
  await dengji.getByLabel('被反映人姓名').fill('郑海');
  await choose(dengji, /实名还是匿名/, '匿名');
  await dengji.getByRole('button', { name: '封存并出回执' }).click();
  await expect(dengji.getByText('已经封存，交给渠道专员')).toBeVisible();
  const digits = dengji.locator('.receipt__digits');
  const [code = '', word = ''] = await digits.allTextContents();
  await expect(dengji.locator('body')).not.toContainText('暗号甲');
  expect(await kept()).not.toContain('暗号甲');

  // 渠道专员.
  const officer = (await desk('jijian')).page;
  await officer.getByRole('button', { name: /^拆阅/ }).click();
  const dialog = officer.getByRole('dialog', { name: '拆阅' });
  await dialog.getByLabel('为什么拆阅').fill('按分工');
  await dialog.getByLabel('您的口令').fill('not the passphrase');
  await dialog.getByRole('button', { name: '拆阅', exact: true }).click();
  await expect(dialog.getByText('口令不对，没有打开。')).toBeVisible();
  await expect(dialog.getByLabel('为什么拆阅')).toHaveValue('按分工');
  await dialog.getByLabel('您的口令').fill(passphrase);
  await dialog.getByRole('button', { name: '拆阅', exact: true }).click();
  await expect(officer.getByText(TEXT)).toBeVisible();

  // The head's own unit is not offered, and its name is refused.
  const units = officer.getByLabel('本县的单位').locator('option');
  await expect(units.filter({ hasText: '县水利局' })).toHaveCount(1);
  await expect(units.filter({ hasText: '县住建局' })).toHaveCount(0);
  await officer.getByLabel('别的机关').fill('县住建局');
  await officer.getByLabel('您的口令').fill(passphrase);
  await officer.getByRole('button', { name: '记下移送' }).click();
  await expect(officer.getByText('被反映的人就在这个单位，不能交给它。')).toBeVisible();
  await officer.getByLabel('别的机关').fill('市纪委监委');
  await expect(officer.getByLabel('移送日期')).toHaveValue(day());
  await officer.getByRole('button', { name: '记下移送' }).click();
  await expect(officer.getByText('移送已记下。')).toBeVisible();
  await expect(officer.getByText(TEXT)).toHaveCount(0);
  await officer.reload();
  await expect(officer.getByText('已移送')).toBeVisible();
  await expect(officer.locator('body')).not.toContainText('暗号甲');

  // Nobody else; and the petitioner knows that it went on, not to whom.
  for (const login of ['fuzeren', 'shenhe', 'dengji']) {
    const other = await api(login);
    expect((await other.matters(`q=${encodeURIComponent('暗号甲')}`)).total).toBe(0);
  }
  await lookUp(page, server.origin, code, word);
  await expect(page.getByRole('heading', { name: '已转交有权处理的机关' })).toBeVisible();
  await expect(page.locator('body')).not.toContainText('纪委');
});
