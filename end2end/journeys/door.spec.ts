// What is written down at the door besides visits: registering with a code at once, receptions, notes,
// corrections, the roster. All of it without a network first.

import { type Page } from '@playwright/test';

import { downloaded, home, truth } from '../support/field.ts';
import type { Device } from '../support/browser.ts';
import { choose, lookUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const DIGITS = /\d{4} \d{4} \d{4}(?! ?\d)/;

/** Signed in, the whole area and the reserve of codes on the phone. */
async function ready(phone: Device): Promise<Page> {
  await home(phone.page);
  await downloaded(phone.page, 12);
  await phone.page.getByRole('link', { name: '我的' }).tap();
  await phone.page.locator('a[href="/w/phone"]').tap();
  await expect(phone.page.getByText('备用查询码还有 20 个')).toBeVisible({ timeout: 60_000 });
  await phone.page.getByRole('link', { name: '返回' }).tap();
  return phone.page;
}

async function visits(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '走访' }).tap();
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: '保存', exact: true }).tap();
}

async function delivered(page: Page): Promise<void> {
  await page.bringToFront();
  await expect(truth(page)).toContainText('全部已确认', { timeout: 60_000 });
}

test('a matter registered without a network has its code at once, and the code opens it once it has arrived', async ({
  server,
  phone,
  browser,
}) => {
  const mine = await phone('cunguan');
  const page = await ready(mine);
  await mine.offline();
  await visits(page);
  await page.getByRole('link', { name: '登记信访事项' }).tap();
  await page.getByRole('link', { name: '不是户册上的人' }).tap();

  // Too short: the first field that is wrong has the focus.
  await page.getByLabel('反映的内容').fill('路坏了');
  await save(page);
  await expect(page.getByText('反映的内容至少写 15 个字，再写清楚一点。')).toBeVisible();
  await expect(page.getByLabel('反映的内容')).toBeFocused();

  await page.getByLabel('反映的内容').fill('村口的水渠塌了一段，下雨天水往院子里灌，找过两次没人修。');
  await page.getByLabel('要求解决什么').fill('把水渠修好');
  await page.getByLabel('内容分类').selectOption({ label: '农村农业' });
  await page.getByLabel('信访人姓名').fill('方小河');
  await page.getByLabel('信访人电话').fill('13955551234');
  await save(page);

  await expect(page.getByRole('heading', { name: '查询码', exact: true })).toBeVisible();
  await expect(page.getByText('这部手机有信号、记录送达以后')).toBeVisible();
  const code = DIGITS.exec(await page.locator('.receipt__digits').innerText())?.[0] ?? '';
  expect(code).not.toBe('');
  await expect(truth(page)).toContainText('本机存 1');

  const context = await browser.newContext();
  const petitioner = await context.newPage();
  await mine.online();
  await delivered(page);
  await expect(page.getByText('记录已送达，他现在就能查办到哪一步。')).toBeVisible();
  await expect(page.locator('.receipt__digits')).toHaveText(code);
  await lookUp(petitioner, server.origin, code, '1234');
  await expect(petitioner.getByRole('heading', { level: 1 })).toContainText('已经登记');
  await context.close();
});

test('a reception, a note and a correction arrive with what they name', async ({ api, phone }) => {
  const mine = await phone('cunguan');
  const page = await ready(mine);
  await mine.offline();

  // 专门约访 about a matter: who comes is known.
  await page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '事项' }).tap();
  await page.getByRole('link', { name: /村口路灯半年不亮/ }).tap();
  await page.getByRole('link', { name: '专门约访' }).tap();
  await expect(page.getByLabel('来的人')).not.toHaveValue('');
  await page.getByLabel('在哪里谈的').fill('村委会');
  await page.getByLabel('说了什么事').fill('问路灯什么时候装。');
  await page.getByLabel('处理意见').fill('下周三前装好。');
  await save(page);
  await expect(truth(page)).toContainText('本机存 1');

  await page.getByRole('link', { name: '记事' }).tap();
  await page.getByLabel('记什么').fill('灯杆已经拉到村口。');
  await save(page);
  await expect(truth(page)).toContainText('本机存 2');

  await page.getByRole('link', { name: /记事 · 村口路灯半年不亮/ }).tap();
  await page.getByRole('link', { name: '更正这条' }).tap();
  await expect(page.getByText('灯杆已经拉到村口。')).toBeVisible();
  await page.getByLabel('正确的是').fill('拉到的是灯头，灯杆还没到。');
  await save(page);
  await expect(page.getByText('拉到的是灯头，灯杆还没到。')).toBeVisible();
  await expect(truth(page)).toContainText('本机存 3');

  await mine.online();
  await delivered(page);
  const office = await api('shenhe');
  expect(await office.get('/api/v1/flagged')).toEqual([]);
  const lamp = await office.find('村口路灯');
  const journal = JSON.stringify((await office.file(lamp.id)).journal);
  for (const words of ['下周三前装好。', '灯杆已经拉到村口。', '灯杆还没到。']) expect(journal).toContain(words);
});

test('two statements about one household are shown side by side and settled on the phone', async ({ api, phone }) => {
  const [mine, other] = [await phone('cunguan'), await phone('cunguan')];
  const [page, there] = [await ready(mine), await ready(other)];
  const officer = await api('cunguan');
  const [household] = await officer.households();
  const change = async (on: Page, number: string) => {
    await visits(on);
    await on.locator(`a[href="/w/household/${household?.id}"]`).tap();
    await on.getByRole('link', { name: '改户册' }).tap();
    await on.getByLabel('联系电话').first().fill(number);
    await save(on);
    await expect(on.getByRole('heading', { name: `${household?.head}家` })).toBeVisible();
  };
  await mine.offline();
  await change(page, '13900000001');
  await expect(page.getByText('户册改动已记下，等服务器确认。')).toBeVisible();
  await other.online();
  await change(there, '13900000002');
  await delivered(there);

  await mine.online();
  await delivered(page);
  await page.getByRole('link', { name: '返回' }).tap();
  await page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '今日' }).tap();
  await page.getByRole('link', { name: /户册有两个说法/ }).tap();
  await expect(page.getByText('13900000001')).toBeVisible();
  await expect(page.getByText('13900000002')).toBeVisible();
  await save(page);
  await expect(page.getByText('还有没选的，请每一项都选一个。')).toBeVisible();
  await choose(page, '联系电话', '用我的');
  await save(page);
  await expect(page.getByRole('heading', { name: '今日', exact: true })).toBeVisible();
  await delivered(page);
  await expect(page.getByRole('link', { name: /户册有两个说法/ })).toHaveCount(0);
  const now = (await officer.households()).find((one) => one.id === household?.id);
  expect(now).toMatchObject({ phone: '13900000001' });
});

test('a reception of somebody whom no file knows is corrected, and the supervisor reads both', async ({
  phone,
  desk,
  server,
}) => {
  const mine = await phone('cunguan');
  const page = await ready(mine);
  await mine.offline();
  await visits(page);
  await page.getByRole('link', { name: /开门接访/ }).tap();
  await page.getByLabel('来的人').fill('过路的老乡');
  await page.getByLabel('在哪里谈的').fill('村委会');
  await page.getByLabel('说了什么事').fill('问路灯什么时候修。');
  await save(page);
  await expect(truth(page)).toContainText('本机存 1');
  await truth(page).tap();
  await page.getByRole('link', { name: /过路的老乡/ }).tap();
  await page.getByRole('link', { name: '更正这条' }).tap();
  await page.getByLabel('正确的是').fill('他问的是自来水。');
  await save(page);
  await expect(page.getByText('他问的是自来水。')).toBeVisible();
  await expect(truth(page)).toContainText('本机存 2');
  await mine.online();
  await delivered(page);

  const office = (await desk('shenhe')).page;
  await office.goto(`${server.origin}/w/flagged`);
  const row = office.getByRole('listitem').filter({ hasText: '更正的记录没有关联住户或事项' });
  await expect(row).toContainText('原来的接访：过路的老乡，问路灯什么时候修。', { timeout: 60_000 });
  await expect(row).toContainText('这条更正：他问的是自来水。');
});

test('who refuses to be asked afterwards is kept as that: no answers, no judgement, and the supervisor is told', async ({
  phone,
  api,
  desk,
  server,
}) => {
  const bridge = await (await api('shenhe')).find('危桥');
  const mine = await phone('cunguan');
  const page = await ready(mine);
  await mine.offline();
  await visits(page);
  await page.getByRole('link', { name: /上门回访/ }).tap();
  await page.getByRole('link', { name: /危桥加固/ }).tap();
  await choose(page, '问到人了吗', '问到了');
  await choose(page, '谁回答的', '拒绝回答');
  await expect(page.getByText('记作拒绝接受回访，不算满意')).toBeVisible();
  await expect(page.getByRole('group', { name: '建议怎么办' })).toHaveCount(0);
  await page.getByLabel('他的原话').fill('问了也白问。');
  await save(page);
  await expect(truth(page)).toContainText('本机存 1');
  await mine.online();
  await delivered(page);

  const file = await (await api('shenhe')).file(bridge.id);
  const refused = { note: '问了也白问。' };
  expect(file.matter.return_visits).toMatchObject([{ answers: null, judgement: null, refused, counts: true }]);
  const office = (await desk('shenhe')).page;
  await office.goto(`${server.origin}/w/matters/${bridge.id}`);
  await expect(office.getByText('拒绝接受回访').first()).toBeVisible({ timeout: 60_000 });
  await expect(office.getByText('不算满意')).toBeVisible();
  await expect(office.getByText('问了也白问。')).toBeVisible();
});
