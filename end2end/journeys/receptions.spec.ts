// 领导接访: without JavaScript from the calendar to the place and back; at the desk a day is called off, whoever
// booked is phoned, and the page tells the truth.

import { readFile } from 'node:fs/promises';

import { PHONE } from '../support/machine.ts';
import { lookUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: PHONE });

  test('a place is booked with a name and a phone number, put into the calendar, opened again and given back', async ({
    page,
    server,
  }) => {
    await page.goto(server.origin);
    await page.getByRole('link', { name: /^领导接访日程/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: '领导接访日程' })).toBeVisible();
    await page.getByRole('link', { name: /^预约 / }).nth(1).click();
    await page.getByLabel('您的姓名').fill('何翠花');
    await page.getByLabel('您的电话').fill('一三九');
    await page.getByRole('button', { name: '约这个时间' }).click();
    await expect(page.getByText('这不像电话号码')).toBeVisible();
    await expect(page.getByLabel('您的姓名')).toHaveValue('何翠花');
    await page.getByLabel('您的电话').fill('13900007777');
    await page.getByRole('button', { name: '约这个时间' }).click();
    await expect(page.getByRole('status')).toContainText('约好了');
    await expect(page.getByText('请带身份证来')).toBeVisible();
    const number = (await page.getByText(/^\d{4} \d{4}$/).innerText()).replace(' ', '');
    // Reloading sends the form again: it stays one booking.
    await page.reload();
    await expect(page.getByText(/^\d{4} \d{4}$/)).toHaveText(`${number.slice(0, 4)} ${number.slice(4)}`);
    expect(page.url()).not.toContain(number);

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '存到手机日历' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('jiefang.ics');
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(text).not.toContain('何翠花');

    await page.goto(`${server.origin}/jf/mine`);
    await page.getByLabel('预约号').fill(number);
    await page.getByLabel('手机号后 4 位，或姓名').fill('7778');
    await page.getByRole('button', { name: '查看' }).click();
    await expect(page.getByRole('alert')).toContainText('没有查到这个预约');
    await expect(page.getByLabel('预约号')).toHaveValue(number);
    await page.getByLabel('手机号后 4 位，或姓名').fill('7777');
    await page.getByRole('button', { name: '查看' }).click();
    await expect(page.getByRole('status')).toContainText('约好了');
    // Another day: one tap, and the number stays.
    const before = await page.getByText(/\d+月\d+日 周. \d+:\d\d/).first().innerText();
    await page.getByRole('button', { name: '改时间' }).click();
    await page.getByRole('main').getByRole('listitem').getByRole('button').first().click();
    await expect(page.getByRole('status')).toContainText('约好了');
    await expect(page.getByText(/\d+月\d+日 周. \d+:\d\d/).first()).not.toHaveText(before);
    await expect(page.getByText(/^\d{4} \d{4}$/)).toHaveText(`${number.slice(0, 4)} ${number.slice(4)}`);
    await page.getByText('来不了，要取消').click();
    await page.getByRole('button', { name: '取消这个预约' }).click();
    await expect(page.getByRole('status')).toContainText('这个预约已经取消');
  });

  test('booked with the code it stands beside the matter; 说事点 are found by town', async ({ page, server, api }) => {
    const registrar = await api('dengji');
    const { query_code } = await registrar.receipt((await registrar.find('灌溉渠道')).id);
    await page.goto(`${server.origin}/jf`);
    await page.getByRole('link', { name: /^预约 / }).first().click();
    await page.getByLabel('查询码').fill(query_code);
    await page.getByLabel('登记时留的手机号后 4 位，或姓名').fill('0003');
    await page.getByRole('button', { name: '约这个时间' }).click();
    await expect(page.getByRole('status')).toContainText('约好了');
    await lookUp(page, server.origin, query_code, '0003');
    await expect(page.getByRole('heading', { name: '约好的接访' })).toBeVisible();
    await page.getByRole('button', { name: /约好了/ }).click();
    await expect(page.getByRole('button', { name: '存到手机日历' })).toBeVisible();

    await page.goto(`${server.origin}/sd`);
    await page.getByLabel('找哪个乡镇、哪个村').fill('云岭');
    await page.getByRole('button', { name: '找', exact: true }).click();
    await expect(page.getByText('云岭茶室说事点')).toBeVisible();
    await expect(page.getByText('大樟树说事点')).toHaveCount(0);
  });
});

test('a day is called off at the desk, whoever booked is phoned, and their page says so', async ({ page, server, desk }) => {
  test.setTimeout(120_000);
  await page.goto(`${server.origin}/jf`);
  await page.getByRole('link', { name: /^预约 / }).nth(1).click();
  await page.getByLabel('您的姓名').fill('钱有福');
  await page.getByLabel('您的电话').fill('13900008888');
  await page.getByRole('button', { name: '约这个时间' }).click();
  const number = (await page.getByText(/^\d{4} \d{4}$/).innerText()).replace(' ', '');
  const day = await page.getByText(/\d+月\d+日 周. \d+:\d\d/).first().innerText();
  const short = day.replace(/ \d+:\d\d$/, '');

  const keeper = (await desk('lianxi')).page;
  await keeper.goto(`${server.origin}/w/receptions`);
  await keeper.getByRole('row', { name: new RegExp(short) }).getByRole('button', { name: /^调整/ }).first().click();
  const dialog = keeper.getByRole('dialog', { name: '调整这一次接访' });
  await dialog.getByRole('radio', { name: '取消这一次' }).check({ force: true });
  await dialog.getByLabel(/^原因/).fill('县里开人代会');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  await expect(keeper.getByText('13900008888')).toBeVisible();

  await page.goto(`${server.origin}/jf/mine`);
  await page.getByLabel('预约号').fill(number);
  await page.getByLabel('手机号后 4 位，或姓名').fill('8888');
  await page.getByRole('button', { name: '查看' }).click();
  await expect(page.getByRole('status')).toContainText('这次接访取消了');
  await expect(page.getByRole('status')).toContainText('县里开人代会');

  await keeper.getByRole('button', { name: '已告知：钱有福' }).click();
  await expect(keeper.getByText('13900008888')).toHaveCount(0);
});

test('whom the desk invites is told by phone, finds it beside the matter, and says yes', async ({ page, server, api, desk }) => {
  test.setTimeout(120_000);
  const registrar = await api('dengji');
  const canal = await registrar.find('灌溉渠道');
  const { query_code } = await registrar.receipt(canal.id);
  const keeper = (await desk('lianxi')).page;
  await keeper.goto(`${server.origin}/w/receptions`);
  await keeper.getByRole('row').filter({ hasText: '0 / 5' }).first().getByRole('link', { name: /^名单/ }).click();
  await keeper.getByLabel(/编号/).fill(canal.number);
  await keeper.getByRole('button', { name: '约这位信访人' }).click();
  await keeper.goto(`${server.origin}/w/receptions`);
  const line = keeper.getByRole('region', { name: '要打电话告知的人' }).getByRole('listitem');
  await expect(line).toContainText('请他来接访，本人还不知道');
  await expect(line).not.toContainText('不接访了');

  await lookUp(page, server.origin, query_code, '0003');
  await page.getByRole('button', { name: /请您来接访/ }).click();
  await page.getByRole('button', { name: '来', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('约好了');
  await keeper.reload();
  await expect(keeper.getByRole('heading', { name: '日程' })).toBeVisible();
  await expect(line).toHaveCount(0);
});
