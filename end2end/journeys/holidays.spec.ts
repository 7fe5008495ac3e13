// 节假日: next year's table, pasted by the administrator.

import { expect, test } from '../support/test.ts';

test('wrong lines are named, right ones go in, and the year stands in the list', async ({ desk }) => {
  const admin = await desk('guanli');
  const page = await admin.open('/w/holidays');
  await expect(page.getByText('2026 年：放假 33 天，调休上班 6 天').first()).toBeVisible();
  const lines = page.getByLabel('全年的日期');
  await lines.fill('2027-01-01，休，元旦\n2027-02-30，休，春节\n2027-03-01，班，植树节');
  await page.getByRole('button', { name: '导入', exact: true }).click();
  const problems = page.getByRole('table', { name: '有问题的行' });
  await expect(problems.getByRole('rowheader')).toHaveText(['2', '3']);
  await expect(lines).toHaveValue(/植树节/);

  await lines.fill('2027-01-01，休，元旦\n2027年1月2日，放假，元旦');
  await page.getByRole('button', { name: '先检查' }).click();
  await expect(page.getByText('检查过了，2027 年共 2 天，没有问题')).toBeVisible();
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await expect(page.getByText('已导入 2027 年的 2 天')).toBeVisible();
  await expect(page.getByText('2027 年：放假 2 天，调休上班 0 天').first()).toBeVisible();
});
