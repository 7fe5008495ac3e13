// 导入: on the page and on the command line, the same files, the same result.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { type Small, smallFiles } from '../support/files.ts';
import { choose } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

async function importOnPage(page: Page, small: Small): Promise<void> {
  await choose(page, '导入什么', small.word);
  await page.getByLabel('选一个表格文件').setInputFiles(small.file);
  await page.getByRole('button', { name: '开始导入' }).click();
  await expect(page.getByText(`${path.basename(small.file)} 导入完了`)).toBeVisible({ timeout: 60_000 });
}

test('the admin page takes in the good rows, and names each bad one with its row number and reason', async ({
  desk,
  server,
  api,
}) => {
  const { page } = await desk('guanli');
  await expect(page.getByRole('heading', { name: '导入', exact: true })).toBeVisible();
  await page.getByRole('button', { name: '开始导入' }).click();
  await expect(page.getByText('还没有选导入什么。')).toBeVisible();

  for (const small of await smallFiles(server.folder)) {
    await importOnPage(page, small);
    const done = page.getByRole('status').filter({ hasText: '导入完了' });
    await expect(done).toContainText(new RegExp(`新增 ?${small.good}`));
    const table = page.getByRole('table', { name: /没有导入的行/ });
    await expect(table.getByRole('rowheader')).toHaveText(small.badRows.map(String));
    await expect(table.getByRole('cell').last()).not.toBeEmpty();
  }

  const registrar = await api('dengji');
  expect((await registrar.find('河道垃圾')).petitioner).toBe('来*');
  expect((await registrar.find('公交车太少')).stage).toBe('closed');
});

test('the same file twice adds nothing, neither on the page nor on the command line', async ({ desk, server, api }) => {
  const files = await smallFiles(server.folder);
  for (const small of files) {
    const { out, code } = await server.command(['import', small.kind, small.file]);
    expect(code, out).toBe(0);
    expect(out).toContain(`${small.good} added, 0 updated, 0 unchanged, ${small.bad} bad`);
    for (const row of small.badRows) expect(out).toMatch(new RegExp(`^${row}: .*[\\u4e00-\\u9fff]`, 'm'));
  }
  const registrar = await api('dengji');
  const before = (await registrar.matters()).total;
  const { page } = await desk('guanli');
  for (const small of files) {
    const again = await server.command(['import', small.kind, small.file]);
    expect(again.out).toContain(`0 added, 0 updated, ${small.good} unchanged, ${small.bad} bad`);
    await importOnPage(page, small);
    await expect(page.getByRole('status').filter({ hasText: '导入完了' })).toContainText(/新增 ?0/);
  }
  expect((await registrar.matters()).total).toBe(before);
});

test('a large file shows how far it has come', async ({ desk, server }) => {
  const rows = ['村级代码,乡镇街道代码,乡镇街道,村社区'];
  for (let n = 0; n < 6_000; n += 1) {
    const town = 100 + Math.floor(n / 300);
    rows.push(`770101${town}${String(200 + (n % 300))},770101${town},第${town}镇,第${n % 300}村委会`);
  }
  const file = path.join(server.folder, '大区划.csv');
  await writeFile(file, rows.join('\n'));

  const { page } = await desk('guanli');
  await choose(page, '导入什么', '行政区划');
  await page.getByLabel('选一个表格文件').setInputFiles(file);
  await page.getByRole('button', { name: '开始导入' }).click();
  const bar = page.getByRole('progressbar', { name: /正在导入 大区划/ });
  await expect(bar).toBeVisible();
  await expect(page.getByText('大区划.csv 导入完了')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('status').filter({ hasText: '导入完了' })).toContainText(/新增 ?6000/);
});

test('a file that is none says so in words, and somebody without the right does not see the page', async ({
  desk,
  server,
}) => {
  const { page } = await desk('guanli');
  await choose(page, '导入什么', '住户');
  await page.getByLabel('选一个表格文件').setInputFiles({
    name: '坏的.xlsx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('PK\u0003\u0004 not really'),
  });
  await page.getByRole('button', { name: '开始导入' }).click();
  const refused = page.getByRole('alert').filter({ hasText: '坏的.xlsx 没有导入' });
  await expect(refused).toBeVisible();
  await expect(refused).toContainText(/[\u4e00-\u9fff]{6}/);

  const other = await desk('chengban');
  await expect(other.page.getByRole('link', { name: '导入', exact: true })).toHaveCount(0);
  expect(server.written).not.toContain('panic');
});
