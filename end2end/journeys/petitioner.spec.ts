// 信访人: no login, no JavaScript, a slip of paper with a code.

import { PHONE } from '../support/machine.ts';
import { choose, lookUp, otherCode, slip } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: PHONE });

  test('code and last four digits show where it stands, who is on it, by when and why, and what was promised', async ({
    page,
    server,
    api,
  }) => {
    const registrar = await api('dengji');
    const matter = await registrar.find('灌溉渠道');
    const { query_code } = await registrar.receipt(matter.id);

    await lookUp(page, server.origin, query_code, '0003');

    await expect(page.getByRole('heading', { level: 1 })).toContainText('县水利局正在办理');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/(最晚|本该) (\d+年)?\d+月\d+日 周./);
    await expect(page.getByText(/这个时间按.+。/)).toBeVisible();
    await expect(page.getByRole('link', { name: '0999-1110002' }).first()).toHaveAttribute('href', 'tel:09991110002');
    await expect(page.getByText('五天内进场清淤')).toBeVisible();
    await expect(page.locator('[aria-current=step]')).toContainText('正在办理');
    await expect(page.getByText('《信访工作条例》第三十四条').first()).toBeVisible();
    // Not even the own name in full, nor the phone, nor what was written.
    await expect(page.locator('body')).not.toContainText('张永福');
    await expect(page.locator('body')).not.toContainText('13800000003');
    await expect(page.locator('body')).not.toContainText('六十多亩');
  });

  test('a wrong code and a wrong second answer get the same page, word for word', async ({ page, server, api }) => {
    const registrar = await api('dengji');
    const matter = await registrar.find('灌溉渠道');
    const { query_code } = await registrar.receipt(matter.id);

    await lookUp(page, server.origin, query_code, '9999');
    await expect(page.getByRole('alert')).toContainText('没有查到');
    const wrongFactor = await page.locator('main').innerText();
    await lookUp(page, server.origin, otherCode(query_code), '0003');
    await expect(page.getByRole('alert')).toContainText('没有查到');
    const wrongCode = await page.locator('main').innerText();

    expect(wrongCode).toBe(wrongFactor);
    expect(await page.title()).toContain('没有查到');
  });

  test('a slip of the finger is told by the check digit, and what was typed stays', async ({ page, server, api }) => {
    const registrar = await api('dengji');
    const { query_code } = await registrar.receipt((await registrar.find('灌溉渠道')).id);

    await lookUp(page, server.origin, slip(query_code), '0003');

    await expect(page.getByText('查询码有一位输错了')).toBeVisible();
    await expect(page.getByLabel('查询码')).not.toHaveValue('');
    await lookUp(page, server.origin, '1234', '0003');
    await expect(page.getByText('您填了 4 位')).toBeVisible();
  });

  test('whoever guesses is stopped, told until when, and whom to call instead', async ({ page, server, api }) => {
    const registrar = await api('dengji');
    const { query_code } = await registrar.receipt((await registrar.find('灌溉渠道')).id);

    for (let tries = 0; tries < 5; tries += 1) await lookUp(page, server.origin, query_code, '9999');
    await lookUp(page, server.origin, query_code, '0003');

    await expect(page.getByText('试的次数太多了').first()).toBeVisible();
    await expect(page.getByText('0999-1110000').first()).toBeVisible();
  });

  test('large type reaches the question and the answer', async ({ page, server, api }) => {
    const registrar = await api('dengji');
    const { query_code } = await registrar.receipt((await registrar.find('灌溉渠道')).id);

    await page.goto(`${server.origin}/c`);
    await page.getByRole('button', { name: '大字' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-type', 'large');
    await lookUp(page, server.origin, query_code, '张永福');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('县水利局正在办理');
    await expect(page.locator('html')).toHaveAttribute('data-type', 'large');
  });
});

test.describe('with JavaScript', () => {
  test.use({ viewport: PHONE });

  test('the code groups itself in fours and a slip is said before anything is sent', async ({ page, server, api }) => {
    const registrar = await api('dengji');
    const { query_code } = await registrar.receipt((await registrar.find('灌溉渠道')).id);
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.method()));

    await page.goto(`${server.origin}/c`);
    await page.getByLabel('查询码').pressSequentially(slip(query_code));
    await expect(page.getByLabel('查询码')).toHaveValue(/^\d{4} \d{4} \d{4}$/);
    await expect(page.getByText('查询码有一位输错了')).toBeVisible();
    await page.getByLabel('手机号后 4 位，或姓名').fill('0003');
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await expect(page.getByText('查询码有一位输错了')).toBeVisible();
    expect(sent).not.toContain('POST');
  });
});

test('registering at the desk prints a receipt whose QR code and digits open the matter', async ({
  desk,
  server,
  page: petitioner,
}, info) => {
  const registrar = await desk('dengji');
  const page = await registrar.open('/w/register');
  await expect(page.getByRole('heading', { name: '登记信访事项' })).toBeVisible();
  await choose(page, '信访形式', '来访');
  await page.getByLabel('姓名').fill('周大娘');
  await page.getByLabel('联系电话').fill('13955556789');
  await page.getByLabel('标题').fill('学校门口没有斑马线');
  await page.getByLabel('内容', { exact: false }).first().fill('青石小学门口车多，孩子过马路危险，请画斑马线。');
  await page.getByLabel('诉求', { exact: false }).first().fill('画一条斑马线');
  await page.getByLabel('内容分类').selectOption({ label: '交通运输' });
  await page.getByLabel('问题属地：乡镇街道').selectOption({ label: '清溪镇' });
  await page.getByLabel('问题属地：村社区').selectOption({ label: '青石村委会' });
  await page.getByRole('button', { name: '登记并出回执' }).click();

  await expect(page.getByRole('heading', { name: '收件回执' })).toBeVisible();
  const receipt = page.getByRole('article');
  await expect(receipt.getByRole('img', { name: '查询二维码' }).locator('svg')).toBeVisible();
  const code = /\d{4} \d{4} \d{4}(?! ?\d)/.exec(await receipt.locator('.receipt__digits').innerText())?.[0] ?? '';
  expect(code).toMatch(/^\d{4} \d{4} \d{4}$/);

  // On paper: the receipt, and nothing of the screen around it.
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: '打印回执' })).toBeHidden();
  await expect(receipt).toBeVisible();
  const paper = await page.pdf({ path: info.outputPath('receipt.pdf'), format: 'A5' });
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
  expect(paper.length).toBeGreaterThan(5_000);

  await petitioner.setViewportSize(PHONE);
  await lookUp(petitioner, server.origin, code, '6789');
  await expect(petitioner.getByRole('heading', { level: 1 })).toContainText('已经登记');
});
