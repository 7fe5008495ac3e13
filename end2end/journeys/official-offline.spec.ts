// 走访: a phone, a valley without a network, and a battery that falls out.

import { downloaded, home, plainVisit, raiseItem, truth } from '../support/field.ts';
import { choose } from '../support/people.ts';
import type { Device } from '../support/browser.ts';
import { rows } from '../support/database.ts';
import { expect, test } from '../support/test.ts';

/** Signed in once, all of the area on the phone, then no network and a fresh browser. */
async function inTheValley(phone: Device) {
  await home(phone.page);
  await downloaded(phone.page, 12);
  await phone.stored();
  await phone.sleepOver();
  await phone.offline();
  await phone.kill();
  await phone.turnOn(true);
  const page = await phone.open('/w/');
  await home(page);
  return page;
}

test('signed in once, the work area is there without a network after the browser was killed, nearest deadline first', async ({
  phone,
}) => {
  const mine = await phone('cunguan');
  const page = await inTheValley(mine);

  await expect(truth(page)).toContainText('没有网络');
  await page.getByRole('link', { name: '事项', exact: true }).tap();
  await expect(page.getByRole('heading', { name: '按期限排 3 件' })).toBeVisible();
  const listed = await page.getByRole('main').getByRole('listitem').allInnerTexts();
  const days = listed.map((text) => {
    const late = /已超期 (\d+) 天/.exec(text);
    const left = /还有 (\d+) 天/.exec(text);
    if (late) return -Number(late[1]);
    if (text.includes('今天到期')) return 0;
    if (text.includes('明天到期')) return 1;
    return left ? Number(left[1]) : Number.POSITIVE_INFINITY;
  });
  expect(days).toHaveLength(3);
  expect(days).toEqual([...days].sort((a, b) => a - b));
});

test('households and matters are found as one types: by name, initials, address and code', async ({ phone, api }) => {
  const lamp = await (await api('shenhe')).find('村口路灯');
  const mine = await phone('cunguan');
  const page = await inTheValley(mine);

  await page.getByRole('link', { name: '事项', exact: true }).tap();
  for (const typed of ['李建国', 'ljg', '路灯', lamp.number, '0001']) {
    await page.getByLabel('搜索事项').fill(typed);
    await expect(page.getByRole('link', { name: /村口路灯半年不亮/ })).toBeVisible();
    await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);
  }
  await page.getByLabel('搜索事项').fill('没有这个');
  await expect(page.getByText('没有这样的事项').or(page.getByText(/^没有/).first()).first()).toBeVisible();

  await page.getByRole('link', { name: '走访', exact: true }).tap();
  for (const [typed, found] of [['李建国', /李建国家/], ['wjg', /王建国家/], ['第1组', /第1组/], ['1037', /家/]] as const) {
    await page.getByLabel('搜索住户').fill(typed);
    const first = page.getByRole('main').locator('ul').last().getByRole('listitem').first();
    await expect(first).toHaveText(found);
    await expect(page.getByRole('heading', { name: '住户 12 户' })).toBeHidden();
  }
});

test('"met, nothing to report" takes at most six taps, and says it is saved on the phone, not that it is sent', async ({
  phone,
}) => {
  const mine = await phone('cunguan');
  const page = await inTheValley(mine);

  const taps = await plainVisit(page, page.getByRole('link', { name: /王建国家/ }));

  expect(taps).toBeLessThanOrEqual(6);
  await expect(truth(page)).toContainText('本机存 1');
  await expect(truth(page)).toContainText('没有网络');
  await expect(truth(page)).not.toContainText('全部已确认');
});

test('a half-filled form survives killing the browser in the middle of typing', async ({ phone }) => {
  const mine = await phone('cunguan');
  let page = await inTheValley(mine);
  const words = '老人说屋后山坡下雨时有石头滚下来，怕压到房子，想请人来看一看';

  await page.getByRole('link', { name: '走访', exact: true }).tap();
  await page.getByRole('link', { name: /登门遍访/ }).tap();
  await page.getByRole('link', { name: /李建国家/ }).tap();
  await choose(page, '见到谁了', '见到家人');
  await page.getByRole('button', { name: '记一件反映的事' }).tap();
  await page.getByLabel('反映什么事').pressSequentially(words, { delay: 60 });
  await mine.kill();

  await mine.turnOn(true);
  page = await mine.open('/w/');
  await home(page);
  await expect(page.getByRole('heading', { name: '没写完的 1 份' })).toBeVisible();
  await page.getByRole('link', { name: /登门遍访 · 李建国家/ }).tap();
  await expect(page.getByRole('group', { name: '见到谁了' }).getByLabel('见到家人')).toBeChecked();
  const kept = await page.getByLabel('反映什么事').inputValue();
  // What was under the finger when the battery fell out may be gone; nothing before it.
  expect(words.startsWith(kept)).toBe(true);
  expect(kept.length).toBeGreaterThanOrEqual(words.length - 2);
  await page.getByLabel('反映什么事').fill(words);
  await choose(page, '是哪一类', '意见建议');
  await page.getByRole('button', { name: '保存', exact: true }).tap();
  await expect(page.getByText('已保存在这台手机，等待发送').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: /没写完的/ })).toHaveCount(0);
});

test('a form that lacks something says what, at its field, and keeps all that was typed', async ({ phone }) => {
  const mine = await phone('cunguan');
  const page = await inTheValley(mine);
  await page.getByRole('link', { name: '走访', exact: true }).tap();
  await page.getByRole('link', { name: /登门遍访/ }).tap();
  await page.getByRole('link', { name: /李建国家/ }).tap();
  await page.getByRole('button', { name: '保存', exact: true }).tap();
  await expect(page.getByText('“见到谁了”还没有选。')).toBeVisible();
  await choose(page, '见到谁了', '见到本人');
  await page.getByRole('button', { name: '记一件反映的事' }).tap();
  await page.getByLabel('反映什么事').fill('井水发黄');
  await page.getByRole('button', { name: '保存', exact: true }).tap();
  await expect(page.getByText('“是哪一类”还没有选。')).toBeVisible();
  await expect(page.getByLabel('反映什么事')).toHaveValue('井水发黄');
});

test('visits, a new matter and a return visit recorded without a network arrive by themselves, each exactly once', async ({
  phone,
  api,
  server,
  page: petitioner,
}) => {
  test.setTimeout(150_000);
  const before = (await rows(server, 'select count(*) from record'))[0]?.[0] as number;
  const office = await api('shenhe');
  const bridge = await office.find('危桥');
  const mine = await phone('cunguan');
  const page = await inTheValley(mine);

  // 登门遍访: nothing to report.
  await plainVisit(page, page.getByRole('link', { name: /王建国家/ }));
  // 登门遍访 with an item that becomes a matter.
  await page.getByRole('navigation', { name: '开始走访' }).getByRole('link', { name: /登门遍访/ }).tap();
  await page.getByRole('link', { name: /李建国家/ }).tap();
  await choose(page, '见到谁了', '见到本人');
  await raiseItem(page, {
    summary: '屋后山坡下雨时滚石头。怕压到房子。',
    title: '屋后山坡滚石',
    demand: '请人来看并加固山坡',
    category: '国土资源',
    phone: '13955550001',
  });
  await page.getByRole('button', { name: '保存', exact: true }).tap();
  await expect(truth(page)).toContainText('本机存 2');

  // 上门回访: every demand and both ratings.
  await mine.open('/w/visits');
  await page.getByRole('link', { name: /上门回访/ }).tap();
  await page.getByRole('link', { name: /危桥加固/ }).tap();
  await choose(page, '问到人了吗', '问到了');
  await choose(page, '谁回答的', '本人');
  await choose(page, /意见书收到了吗/, '收到了');
  await choose(page, /加固或重建小桥.*落实了吗/, '部分落实');
  await choose(page, /承办人来见过您吗/, '见过');
  await choose(page, /答应的日子做到了吗/, '没有承诺');
  await choose(page, /对信访部门满意吗/, '满意');
  await choose(page, /对县住建局满意吗/, '不满意');
  await page.getByLabel('原因').last().fill('护栏还没有装');
  await page.getByLabel(/已告诉他：不服可在三十日内申请复查/).tap();
  await page.getByLabel('他的原话').fill('桥是修了，栏杆没有，娃娃过桥我还是怕。');
  await choose(page, '签字', '签字');
  await choose(page, '建议怎么办', '建议重开');
  await page.getByRole('button', { name: '保存', exact: true }).tap();
  await expect(truth(page)).toContainText('本机存 3');
  expect((await rows(server, 'select count(*) from record'))[0]?.[0]).toBe(before);

  // Tapping the line shows each with its state.
  await truth(page).tap();
  await expect(page.getByRole('heading', { name: '等着发送 3 条' })).toBeVisible();
  await expect(page.getByText('已保存在这台手机，等待发送')).toHaveCount(3);

  // The network is back: nobody touches anything.
  await mine.online();
  await expect(truth(page)).toContainText('全部已确认', { timeout: 60_000 });
  await expect(truth(page)).not.toContainText('本机存');
  await expect(page.getByText('没有没发出的')).toBeVisible();

  const stored = await rows(server, `select id, kind from record order by kind`);
  expect(stored.length).toBe(before + 3);
  expect(new Set(stored.map(([id]) => id)).size).toBe(before + 3);
  const asked = await office.file(bridge.id);
  expect(asked.matter.return_visits).toHaveLength(1);
  expect(asked.matter.return_visits[0]).toMatchObject({
    counts: true,
    judgement: 'reopen',
    answers: {
      demands: ['partly'],
      office_rating: { rating: 'satisfied' },
      unit_rating: { rating: 'dissatisfied', reason: '护栏还没有装' },
      own_words: '桥是修了，栏杆没有，娃娃过桥我还是怕。',
    },
  });
  expect((await office.find('屋后山坡滚石')).petitioner).toBe('李*');
  expect(await office.get('/api/v1/flagged')).toEqual([]);

  // The code for the petitioner stands with the record, and opens the matter.
  await page.getByRole('link', { name: '发出的记录' }).tap();
  const code = /\d{4} \d{4} \d{4}(?! ?\d)/.exec(await page.locator('.receipt__digits').innerText())?.[0] ?? '';
  await petitioner.goto(`${server.origin}/c`);
  await petitioner.getByLabel('查询码').fill(code);
  await petitioner.getByLabel('手机号后 4 位，或姓名').fill('0001');
  await petitioner.getByRole('button', { name: '查看', exact: true }).click();
  await expect(petitioner.getByRole('heading', { level: 1 })).toContainText('已经登记');
});

test('the identity card fills the screen before a talk', async ({ phone }) => {
  const mine = await phone('cunguan');
  const page = await inTheValley(mine);
  await page.getByRole('button', { name: '亮身份' }).tap();
  const card = page.getByRole('dialog', { name: '亮身份' });
  for (const fact of ['林小溪', '青石村网格员', '工号 990001']) await expect(card.getByText(fact)).toBeVisible();
  const size = await card.boundingBox();
  expect(size?.height).toBeGreaterThan(600);
  await card.getByRole('button', { name: '开始谈话' }).tap();
  await expect(card).toBeHidden();
});

test('a session that ended asks for a sign-in, and what was saved goes out after it', async ({ phone, server }) => {
  const before = (await rows(server, 'select count(*) from record'))[0]?.[0] as number;
  const mine = await phone('cunguan');
  const page = await inTheValley(mine);
  await plainVisit(page, page.getByRole('link', { name: /王建国家/ }));
  // The cookie is lost, as when thirty days have passed.
  await page.context().clearCookies();
  await mine.online();

  await expect(page.getByText('要重新登录才能发送，已保存的都在。').first()).toBeVisible({ timeout: 60_000 });
  await expect(truth(page)).toContainText('本机存 1');
  const ask = page.getByRole('dialog', { name: '请重新登录' });
  if (!(await ask.isVisible())) await page.getByRole('button', { name: '去登录' }).tap();
  const account = server.account('cunguan');
  await ask.getByLabel('账号').fill(account.login);
  await ask.getByLabel('密码').fill(account.password);
  await ask.getByRole('button', { name: '登录', exact: true }).tap();
  await expect(truth(page)).toContainText('全部已确认', { timeout: 60_000 });
  expect((await rows(server, 'select count(*) from record'))[0]?.[0]).toBe(before + 1);
});
