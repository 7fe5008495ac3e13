// The receipt's QR code, and what a petitioner meets while somebody guesses at query codes.

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { PHONE } from '../support/machine.ts';
import { lookUp, otherCode } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test.use({ viewport: PHONE });

/** From now on every try brings a proof of work, as if an attack were going on. */
async function besieged(server: Server): Promise<void> {
  await server.down();
  server.settings = { HUIYIN_PROOF_AFTER: '0', HUIYIN_PROOF_BITS: '12' };
  await server.up();
}

async function noBarriers(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test("the receipt's QR code fills in the code, leaves no trace in the address, and asks for the second answer", async ({
  page,
  server,
  api,
}) => {
  const registrar = await api('dengji');
  const { query_code } = await registrar.receipt((await registrar.find('灌溉渠道')).id);
  const digits = query_code.replace(/\D/g, '');
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.url()));

  await page.goto(`${server.origin}/c#${digits}`);
  await expect(page.getByLabel('查询码')).toHaveValue(/^\d{4} \d{4} \d{4}$/);
  await expect(page.getByLabel('手机号后 4 位，或姓名')).toBeFocused();
  expect(page.url()).toBe(`${server.origin}/c`);
  await page.getByLabel('手机号后 4 位，或姓名').fill('0003');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { level: 1 })).toContainText('县水利局正在办理');
  expect(page.url()).toBe(`${server.origin}/c`);
  expect(sent.filter((address) => address.includes(digits.slice(0, 8)))).toEqual([]);
});

test('while somebody guesses, the phone does a sum by itself and the answer comes all the same', async ({
  page,
  server,
  api,
}, info) => {
  const registrar = await api('dengji');
  const { query_code } = await registrar.receipt((await registrar.find('灌溉渠道')).id);
  await besieged(server);

  // A slip of memory first, so that this address has missed once.
  await lookUp(page, server.origin, otherCode(query_code), '0003');
  await expect(page.getByRole('alert')).toContainText('没有查到');
  await expect(page.getByText('现在有人在乱猜查询码')).toBeVisible();
  await noBarriers(page);
  await page.screenshot({ path: info.outputPath('puzzle.png'), fullPage: true });
  await lookUp(page, server.origin, query_code, '0003');

  await expect(page.getByRole('heading', { level: 1 })).toContainText('县水利局正在办理');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('while somebody guesses, an old phone is told from when on, and whom to call', async ({ page, server, api }, info) => {
    const registrar = await api('dengji');
    const { query_code } = await registrar.receipt((await registrar.find('灌溉渠道')).id);
    await besieged(server);

    await lookUp(page, server.origin, query_code, '0003');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('县水利局正在办理');
    await lookUp(page, server.origin, otherCode(query_code), '0003');
    await expect(page.getByRole('alert')).toContainText('没有查到');
    await lookUp(page, server.origin, query_code, '0003');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('现在有人在乱猜查询码，还没有查');
    await expect(alert).toContainText(/(明天 )?\d+:\d\d 以后再试/);
    await expect(alert.getByRole('link', { name: '0999-1110000' })).toBeVisible();
    await page.screenshot({ path: info.outputPath('slow.png'), fullPage: true });
  });
});

test('a petitioner stops messages by the code, and takes it back', async ({ page, server, api }, info) => {
  const registrar = await api('dengji');
  const { query_code } = await registrar.receipt((await registrar.find('灌溉渠道')).id);
  await lookUp(page, server.origin, query_code, '0003');
  await expect(page.getByText('发短信到 138****0003')).toBeVisible();
  await page.screenshot({ path: info.outputPath('telling.png'), fullPage: true });

  await page.getByRole('button', { name: /^不再给我发短信/ }).click();
  await expect(page.getByRole('status').first()).toContainText('不再给您发短信了');
  await page.getByRole('button', { name: /^再给我发短信/ }).click();
  await expect(page.getByRole('button', { name: /^不再给我发短信/ })).toBeVisible();
});
