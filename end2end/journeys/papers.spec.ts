// 文书: issued at the desk, printed as A4, proven by anybody who holds the paper, read by the petitioner.

import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import type { Api } from '../support/api.ts';
import { choose, lookUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

interface Issued {
  id: string;
  number: string;
}

/** Millimetres of A4, and what lies within its margins, at 96 dots to an inch. */
const A4 = { width: 794, height: 1123 };
const WITHIN = 590;

async function issue(api: Api, matter: string, kind: string, fields: Record<string, string> = {}): Promise<Issued> {
  await api.saysWhy(matter);
  const typed = Object.entries(fields).map(([part, value]) => ({ part, value }));
  return api.post(`/api/v1/matters/${matter}/documents`, { id: randomUUID(), kind, fields: typed });
}

async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

/** Text that is wider than its place, where paper cannot scroll. */
async function clipped(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: WITHIN, height: A4.height });
  const found = await page.evaluate(() =>
    [...document.querySelectorAll('.sheet, .sheet *')]
      .filter((element) => !element.closest('svg') && element.clientWidth > 0)
      .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  await page.emulateMedia({ media: null });
  return found;
}

/** Pages of a PDF: Chromium writes one such object for each. */
function pages(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}

test('an opinion letter lies on A4 and nothing is cut off', async ({ desk, api, server }, info) => {
  const head = await api('fuzeren');
  const lamp = (await head.find('村口路灯')).id;
  await (await api('shenhe')).approve(lamp);
  await head.sign(lamp);
  const letter = await issue(head, lamp, 'opinion', { review_organ: '清溪县人民政府' });
  const page = (await desk('fuzeren')).page;
  await page.setViewportSize(A4);
  await page.goto(`${server.origin}/api/v1/documents/${letter.id}/print`);
  await expect(page.getByRole('heading', { level: 1, name: '信访处理意见书' })).toBeVisible();
  await expect(page.getByText(letter.number).first()).toBeVisible();
  await expect(page.getByRole('button', { name: '打印' })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  expect(await clipped(page)).toEqual([]);

  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false });
  await writeFile(info.outputPath('opinion.pdf'), pdf);
  expect(pages(pdf)).toBeGreaterThanOrEqual(2);
  expect(pages(pdf)).toBeLessThanOrEqual(3);
  // A4 in points.
  expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);

  // On a phone it is read without scrolling sideways.
  await page.setViewportSize({ width: 360, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('sheets to be filled by hand, and letters between offices, lie on A4 too', async ({ desk, api, server }, info) => {
  test.setTimeout(150_000);
  const registrar = await api('dengji');
  const supervisor = await api('shenhe');
  const id = (await registrar.find('灌溉渠道')).id;
  const limit = { limit: '2099-01-01' };
  const papers: [string, Issued][] = [
    ['registration_form', await issue(registrar, id, 'registration_form')],
    ['intake_receipt', await issue(registrar, id, 'intake_receipt')],
    ['assignment_letter', await issue(registrar, id, 'assignment_letter', { ...limit, reason: '春耕在即，六十亩田等水。' })],
    ['home_visit_sheet', await issue(registrar, id, 'home_visit_sheet')],
    ['return_visit_sheet', await issue(registrar, id, 'return_visit_sheet')],
    ['supervision_notice', await issue(supervisor, id, 'supervision_notice', { ...limit, breach: '拖延', requirement: '马上清淤' })],
    ['file_contents', await issue(supervisor, id, 'file_contents')],
  ];
  const page = (await desk('shenhe')).page;
  for (const [kind, { id: document }] of papers) {
    await page.setViewportSize(A4);
    await page.goto(`${server.origin}/api/v1/documents/${document}/print`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await barriers(page), kind).toEqual([]);
    expect(await clipped(page), kind).toEqual([]);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    await writeFile(info.outputPath(`${kind}.pdf`), pdf);
    expect(pages(pdf), kind).toBeLessThanOrEqual(3);
  }
});

test('whoever holds the paper can prove it, and the petitioner reads it after the look-up', async ({ page, api, server }) => {
  const registrar = await api('dengji');
  const id = (await registrar.find('灌溉渠道')).id;
  const { query_code } = await registrar.receipt(id);
  const notice = await issue(registrar, id, 'transfer_notice');
  await lookUp(page, server.origin, query_code, '0003');
  await page.getByRole('button', { name: /转送告知书/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '信访事项转送告知书' })).toBeVisible();
  const said = await page.getByText(/输入核验码/).textContent();
  const code = /核验码 ([0-9A-Z ]{19})/.exec(said ?? '')?.[1] ?? '';

  // By camera: the proof stands behind the #, is asked at once and stays in no address.
  await page.goto(`${server.origin}/v#${code.replaceAll(' ', '')}`);
  await expect(page.getByText('这份文书是真的，现在有效')).toBeVisible();
  await expect(page.getByText(notice.number)).toBeVisible();
  expect(page.url()).toBe(`${server.origin}/v`);
  expect(await barriers(page)).toEqual([]);
  await expect(page.getByText('张永福')).toHaveCount(0);

  await page.getByLabel('核验码').fill('0000 0000 0000 0000');
  await page.getByRole('button', { name: '核验' }).click();
  await expect(page.getByText(/没有查到这份文书/)).toBeVisible();
});

test('the desk offers what can be issued, says what is missing, and keeps every version', async ({ desk, api }) => {
  test.setTimeout(150_000);
  const supervisor = await api('shenhe');
  const lamp = (await supervisor.find('村口路灯')).id;
  const head = await desk('fuzeren');
  const page = await head.open(`/w/matters/${lamp}`);
  await page.getByText('还不能出的文书，和缺什么').click();
  await expect(page.getByText('处理意见还没有审核同意并签发，签发以后才能出。', { exact: false }).first()).toBeVisible();
  await supervisor.approve(lamp);
  await (await api('fuzeren')).sign(lamp);
  await page.reload();
  // The letter shows who it is for: the head says first what for.
  await page.getByRole('button', { name: '处理意见书', exact: true }).click();
  const asked = page.getByRole('dialog', { name: '查看完整信息' });
  await choose(asked, '用途', '送达文书');
  await asked.getByRole('button', { name: '查看完整信息' }).click();
  await expect(page.getByText('正在显示完整信息')).toBeVisible();
  await expect(page.getByText('要先写明用途，才能出具和打开')).toHaveCount(0);
  await page.getByRole('button', { name: '处理意见书', exact: true }).click();
  const form = page.getByRole('dialog', { name: /处理意见书/ });
  await form.getByRole('button', { name: '出文书' }).click();
  await expect(form.getByText(/还没有写复查机关/)).toBeVisible();
  await form.getByLabel(/复查机关/).fill('无');
  await form.getByRole('button', { name: '出文书' }).click();
  await expect(form.getByText(/写“无”、“略”不算/)).toBeVisible();
  await form.getByLabel(/复查机关/).fill('清溪县人民政府');
  await form.getByRole('button', { name: '出文书' }).click();
  await expect(page.getByText('文书已出')).toBeVisible();
  await page.getByRole('button', { name: /^出新版/ }).click();
  const again = page.getByRole('dialog', { name: /出新版/ });
  await expect(again.getByLabel(/复查机关/)).toHaveValue('清溪县人民政府');
  await again.getByLabel('为什么要出新版').fill('日期写错');
  await again.getByRole('button', { name: '出文书' }).click();
  await expect(page.getByText('新版理由：日期写错')).toBeVisible();
  await expect(page.getByText('已作废')).toHaveCount(1);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /^下载处理意见书/ }).first().click();
  expect((await download).suggestedFilename()).toMatch(/^信访处理意见书 .*\.docx$/);
  expect(await barriers(page)).toEqual([]);
  const printed = page.context().waitForEvent('page');
  await page.getByRole('link', { name: /^打印处理意见书/ }).first().click();
  await expect((await printed).getByRole('heading', { level: 1, name: '信访处理意见书' })).toBeVisible();
});
