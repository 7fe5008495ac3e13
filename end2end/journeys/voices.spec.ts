// 信访人的话: said by the code, also without JavaScript, read and answered at the supervisor's desk, read again.

import { PHONE } from '../support/machine.ts';
import { choose, lookUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('closed but not solved: the supervisor reads it word for word, answers, and the petitioner reads the answer', async ({
  page, server, api, desk,
}) => {
  test.setTimeout(120_000);
  const registrar = await api('dengji');
  const bridge = await registrar.find('危桥');
  const { query_code } = await registrar.receipt(bridge.id);
  await lookUp(page, server.origin, query_code, '0005');
  await page.getByRole('button', { name: /说办结了，但没有解决/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '说办结了，但没有解决' })).toBeVisible();
  expect(page.url()).not.toContain('code');
  await page.getByLabel(/哪里没有解决/).fill('桥面还是裂的，孩子上学照样绕路。');
  await page.getByRole('button', { name: '告诉他们没有解决' }).click();
  await expect(page.getByRole('status')).toContainText('您的话收到了');
  // Reloading sends the form again: it stays one voice.
  await page.reload();
  await expect(page.getByText('桥面还是裂的，孩子上学照样绕路。')).toHaveCount(1);
  await expect(page.getByText('还没有答复')).toHaveCount(1);

  const shenhe = (await desk('shenhe')).page;
  await shenhe.goto(`${server.origin}/w/review`);
  await choose(shenhe, /.+/, '信访人有话');
  await shenhe.getByRole('link', { name: /危桥/ }).click();
  await expect(shenhe.getByText('桥面还是裂的，孩子上学照样绕路。').first()).toBeVisible();
  await shenhe.goto(`${server.origin}/w/matters/${bridge.id}`);
  await shenhe.getByRole('button', { name: /^答复信访人的话/ }).click();
  const dialog = shenhe.getByRole('dialog', { name: '答复信访人的话' });
  await dialog.getByLabel('怎么答复').fill('后天派人重新看桥，五天内告诉您结果。');
  await dialog.getByRole('button', { name: '答复信访人的话' }).click();
  await expect(dialog).toBeHidden();

  await lookUp(page, server.origin, query_code, '0005');
  await expect(page.getByText('后天派人重新看桥，五天内告诉您结果。')).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: PHONE });

  test('both are rated; what was chosen and written stays when something is missing', async ({ page, server, api }) => {
    const registrar = await api('dengji');
    const { query_code } = await registrar.receipt((await registrar.find('危桥')).id);
    await lookUp(page, server.origin, query_code, '0005');
    await page.getByRole('button', { name: /^评价办理情况/ }).click();
    await page.getByLabel(/还想说什么/).fill('说不清');
    await page.getByRole('button', { name: '交上评价' }).click();
    await expect(page.getByRole('alert')).toContainText('至少选一个');
    await expect(page.getByLabel(/还想说什么/)).toHaveValue('说不清');
    await page.getByRole('group', { name: /的办理$/ }).getByLabel('不满意').check();
    await page.getByRole('button', { name: '交上评价' }).click();
    await expect(page.getByRole('status')).toContainText('您的评价已经记下');
    await expect(page.getByRole('button', { name: /^改评价/ })).toBeVisible();
  });

  test('a visit that did not happen is denied with one tap', async ({ page, server, api }) => {
    const registrar = await api('dengji');
    const { query_code } = await registrar.receipt((await registrar.find('灌溉渠道')).id);
    await lookUp(page, server.origin, query_code, '0003');
    await page.getByRole('button', { name: '没有来过' }).first().click();
    await expect(page.getByText('您说：没有来过。已经报给审核人员')).toBeVisible();
    await expect(page.getByRole('button', { name: '没有来过' }).first()).toBeDisabled();
  });
});
