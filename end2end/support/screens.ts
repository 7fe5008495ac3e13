// Every screen that there is, and who comes there: for the tests that hold of all of them.

import { randomUUID } from 'node:crypto';

import type { Page } from '@playwright/test';

import { expect } from '@playwright/test';

import type { Api } from './api.ts';
import { passLock } from './browser.ts';
import { day } from './machine.ts';
import { lookUp } from './people.ts';
import type { Server } from './server.ts';

export interface Screen {
  /** File name of its picture. */
  name: string;
  /** Who is signed in; nobody for the petitioners' pages. */
  login?: string;
  open: (page: Page, county: Opened) => Promise<void>;
}

/** Ids that addresses need. */
export interface Opened {
  server: Server;
  lamp: string;
  bridge: string;
  /** With a proposal that waits. */
  proposed: string;
  household: string;
  code: string;
  /** Of a matter that is being handled; the petitioner's phone ends in 0003. */
  running: string;
  /** Of a report against an official: its code, and the word beside it. */
  report: { code: string; word: string };
  /** With something that the petitioner said. */
  voiced: string;
  /** What everybody reads of a matter; and that matter. */
  published: { page: string; matter: string };
}

export async function opened(server: Server, api: (login: string) => Promise<Api>): Promise<Opened> {
  const registrar = await api('dengji');
  const officer = await api('cunguan');
  const bridge = await registrar.find('危桥');
  const proposed = await registrar.find('低保申请');
  const withdrawal = { what: 'withdraw', on: day(), reason: '已经办下来了' };
  await registrar.command(proposed.id, { command: 'propose', proposal: withdrawal });
  const [household] = await officer.households();
  const code = (await registrar.receipt(bridge.id)).query_code;
  const running = (await registrar.receipt((await registrar.find('灌溉渠道')).id)).query_code;
  const report = await registrar.post<{ query_code: string; word: string }>('/api/v1/sealed', {
    id: randomUUID(),
    received_on: day(),
    content: {
      channel: 'letter',
      text: '收受工程队礼金。',
      accused_units: [],
      accused_persons: [{ name: '司徒未名', office: '科长' }],
    },
  });
  const said = { code, proof: '0005', id: randomUUID(), text: '张干部说话难听。' };
  await fetch(`${server.origin}/c/say/complaint`, { method: 'POST', body: new URLSearchParams(said) });
  const published = await publish(registrar, await api('shenhe'), bridge.id);
  await fetch(`${server.origin}${published}/removal`, { method: 'POST', body: new URLSearchParams({ words: '这是我家的事。' }) });
  return {
    server,
    lamp: (await registrar.find('村口路灯')).id,
    bridge: bridge.id,
    proposed: proposed.id,
    household: household?.id ?? '',
    code,
    running,
    report: { code: report.query_code, word: report.word },
    voiced: bridge.id,
    published: { page: published, matter: bridge.id },
  };
}

/** What the petitioner agreed to goes out, through two hands; its address. */
async function publish(registrar: Api, supervisor: Api, matter: string): Promise<string> {
  const desk = `/api/v1/matters/${matter}/publication`;
  await registrar.post(`${desk}/wish`, { willing: true });
  const { suggested } = await registrar.get<{ suggested: unknown }>(desk);
  await registrar.post(desk, { seen: 0, text: suggested });
  await supervisor.post(`${desk}/check`, { seen: 1, publish: true });
  const { publication } = await supervisor.get<{ publication: { id: string } }>(desk);
  return `/p/${publication.id}`;
}

/** An address, its heading, and words that stand there once everything has been read. */
function at(path: string | ((county: Opened) => string), heading: string | RegExp, words?: string | RegExp): Screen['open'] {
  return async (page, county) => {
    const address = typeof path === 'string' ? path : path(county);
    await page.goto(county.server.origin + address);
    if (address.startsWith('/w') && address !== '/w/sign-in') await passLock(page);
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
    // The work area of a phone comes with the first sign-in.
    if (words) await expect(page.getByRole('main').getByText(words).first()).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('正在读取')).toHaveCount(0);
  };
}

/** The filing form, with everything that is needed. */
async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('有事情要解决').check();
  await page.getByLabel('什么事').fill('河边的护栏断了两根，孩子放学从那里走，请派人来看一看。');
  await page.getByLabel('第一条').fill('把护栏修好');
  await page.getByLabel(/^(本人的)?姓名/).fill('罗水根');
  await page.getByLabel(/^住址/).fill('青石村六组');
}

export const PUBLIC: Screen[] = [
  { name: 'landing', open: at('/', '您反映的事，件件有回音。') },
  { name: 'lookup', open: at('/c', '查办理情况') },
  {
    name: 'lookup-miss',
    open: async (page, { server, code }) => {
      await lookUp(page, server.origin, code, '9999');
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'answer',
    open: async (page, { server, code }) => {
      await lookUp(page, server.origin, code, '0005');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
  },
  {
    name: 'answer-running',
    open: async (page, { server, running }) => {
      await lookUp(page, server.origin, running, '0003');
      await expect(page.getByRole('heading', { level: 1 })).toContainText('正在办理');
    },
  },
  {
    name: 'answer-report',
    open: async (page, { server, report }) => {
      await lookUp(page, server.origin, report.code, report.word);
      await expect(page.getByRole('heading', { level: 1, name: '已收到您反映的情况' })).toBeVisible();
    },
  },
  ...(['说办结了，但没有解决', '评价办理情况', '补充材料', '申请复查'] as const).map((question, at): Screen => ({
    name: `say-${at + 1}`,
    open: async (page, { server, code }) => {
      await lookUp(page, server.origin, code, '0005');
      await page.getByRole('button', { name: new RegExp(`^${question}`) }).click();
      await expect(page.getByRole('heading', { level: 1, name: question })).toBeVisible();
    },
  })),
  ...(['撤回这件事', '投诉态度'] as const).map((question, at): Screen => ({
    name: `say-running-${at + 1}`,
    open: async (page, { server, running }) => {
      await lookUp(page, server.origin, running, '0003');
      await page.getByRole('button', { name: new RegExp(`^${question}`) }).click();
      await expect(page.getByRole('heading', { level: 1, name: question })).toBeVisible();
    },
  })),
  // Each message has an address, for its switch to large type.
  { name: 'nothing-here', open: at('/no-such-page', '没有这一页') },
  { name: 'message-too-many', open: at('/m/too-many', '试的次数太多了') },
  { name: 'message-unreadable', open: at('/m/unreadable', '没有看懂您发来的内容') },
  { name: 'message-wrong-way', open: at('/m/wrong-way', '这一页不能这样打开') },
  { name: 'message-forbidden', open: at('/m/forbidden', '这一步没有做') },
  { name: 'message-ours', open: at('/m/ours', '现在查不了，不是您的问题') },
  {
    name: 'say-nothing',
    open: async (page, { server, code }) => {
      await lookUp(page, server.origin, code, '0005');
      await page.getByRole('button', { name: /^补充材料/ }).click();
      await page.getByRole('button', { name: '交上去' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  { name: 'filing', open: at('/t', '反映问题、提意见') },
  { name: 'filing-for', open: at('/t/for', '替别人反映问题') },
  {
    name: 'filing-wrong',
    open: async (page, { server }) => {
      await page.goto(`${server.origin}/t`);
      await page.getByLabel('举报干部或者单位').check();
      await page.getByRole('button', { name: '交上去' }).click();
      await expect(page.getByRole('alert').first()).toBeVisible();
    },
  },
  {
    name: 'filing-read-out',
    open: async (page, { server }) => {
      await page.goto(`${server.origin}/t/for`);
      await page.getByLabel('您的姓名').fill('罗小妹');
      await page.getByLabel(/什么人/).fill('女儿');
      await fillIn(page);
      await page.getByRole('button', { name: '下一步，念给本人听' }).click();
      await expect(page.getByRole('heading', { level: 1, name: '念给本人听' })).toBeVisible();
    },
  },
  {
    name: 'filed',
    open: async (page, { server }) => {
      await page.goto(`${server.origin}/t`);
      await fillIn(page);
      await page.getByLabel(/^不写姓名/).check();
      await page.getByRole('button', { name: '交上去' }).click();
      await expect(page.getByRole('heading', { level: 1, name: '收到了' })).toBeVisible();
    },
  },
  { name: 'blank', open: at('/b', '信访事项登记表') },
  { name: 'receptions', open: at('/jf', '领导接访日程') },
  {
    name: 'reception-book',
    open: async (page, { server }) => {
      await page.goto(`${server.origin}/jf`);
      await page.getByRole('link', { name: /^预约 / }).first().click();
      await page.getByRole('button', { name: '约这个时间' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'reception-booked',
    open: async (page, { server }) => {
      await page.goto(`${server.origin}/jf`);
      await page.getByRole('link', { name: /^预约 / }).nth(2).click();
      await page.getByLabel('您的姓名').fill('何翠花');
      await page.getByLabel('您的电话').fill(`139${String(Date.now() % 100_000_000).padStart(8, '0')}`);
      await page.getByRole('button', { name: '约这个时间' }).click();
      await expect(page.getByRole('status')).toContainText('约好了');
    },
  },
  { name: 'reception-mine', open: at('/jf/mine', '我的预约') },
  {
    name: 'reception-move',
    open: async (page, { server }) => {
      await page.goto(`${server.origin}/jf`);
      await page.getByRole('link', { name: /^预约 / }).nth(3).click();
      await page.getByLabel('您的姓名').fill('何翠花');
      await page.getByLabel('您的电话').fill('13900007777');
      await page.getByRole('button', { name: '约这个时间' }).click();
      await page.getByRole('button', { name: '改时间' }).click();
      await expect(page.getByRole('heading', { level: 1, name: '改时间' })).toBeVisible();
    },
  },
  { name: 'points', open: at('/sd', '村里的说事点', '大樟树说事点') },
  { name: 'verify', open: at('/v', '核验文书') },
  {
    name: 'verify-unknown',
    open: async (page, { server }) => {
      await page.goto(`${server.origin}/v`);
      await page.getByLabel('核验码').fill('ABCD EFGH JKMN PQRS');
      await page.getByRole('button', { name: '核验', exact: true }).click();
      await expect(page.getByText(/没有/).first()).toBeVisible();
    },
  },
  { name: 'published', open: at('/p', '办理结果公示') },
  { name: 'published-matter', open: at(({ published }) => published.page, /.+/, '答复单位') },
  { name: 'published-removal', open: at(({ published }) => `${published.page}/removal`, '请求撤下') },
  { name: 'sign-in', open: at('/w/sign-in', '登录') },
];

export const FIELD: Screen[] = [
  { name: 'today', login: 'cunguan', open: at('/w/', '今日', '危桥加固已经完工请核实') },
  { name: 'visits', login: 'cunguan', open: at('/w/visits', '走访', '12 户') },
  { name: 'choose-household', login: 'cunguan', open: at('/w/visits/new', '去哪一户', '12 户') },
  { name: 'choose-return', login: 'cunguan', open: at('/w/visits/return', '回访哪一件', '危桥加固已经完工请核实') },
  { name: 'household', login: 'cunguan', open: at(({ household }) => `/w/household/${household}`, /家$/, '户主') },
  {
    name: 'visit',
    login: 'cunguan',
    open: async (page, county) => {
      await at(`/w/visit/${county.household}`, '登门遍访', '见到本人')(page, county);
      await page.getByRole('group', { name: '见到谁了' }).getByLabel('见到本人').click();
      await expect(page.getByRole('button', { name: '记一件反映的事' })).toBeVisible();
    },
  },
  { name: 'return-visit', login: 'cunguan', open: at(({ bridge }) => `/w/return/${bridge}`, '上门回访', '问到了') },
  {
    name: 'return-visit-answers',
    login: 'cunguan',
    open: async (page, county) => {
      await at(`/w/return/${county.bridge}`, '上门回访', '问到了')(page, county);
      await page.getByRole('group', { name: '问到人了吗' }).getByLabel('问到了').click();
      await page.getByRole('group', { name: '谁回答的' }).getByLabel('本人').click();
      await expect(page.getByRole('group', { name: /对信访部门满意吗/ })).toBeVisible();
    },
  },
  { name: 'files', login: 'cunguan', open: at('/w/files', '事项', '村口路灯半年不亮') },
  { name: 'file', login: 'cunguan', open: at(({ lamp }) => `/w/files/${lamp}`, '事项', '修好村口路灯') },
  { name: 'reception', login: 'cunguan', open: at('/w/reception', '开门接访', '来的人') },
  { name: 'appointment', login: 'cunguan', open: at(({ lamp }) => `/w/appointment/${lamp}`, '专门约访', '来的人') },
  { name: 'intake-whom', login: 'cunguan', open: at('/w/intake/new', '替谁登记', '12 户') },
  { name: 'intake', login: 'cunguan', open: at(({ household }) => `/w/intake/${household}`, '登记信访事项', '反映的内容') },
  { name: 'note', login: 'cunguan', open: at(({ lamp }) => `/w/note/matter/${lamp}`, '记事', '记什么') },
  { name: 'evidence', login: 'cunguan', open: at(({ household }) => `/w/evidence/household/${household}`, '材料', '是什么材料') },
  { name: 'roster', login: 'cunguan', open: at(({ household }) => `/w/roster/${household}`, '改户册', '户主姓名') },
  { name: 'me', login: 'cunguan', open: at('/w/me', '我的', '12 户 · 3 件事项') },
  { name: 'phone', login: 'cunguan', open: at('/w/phone', '这部手机', '和服务器核对') },
  {
    name: 'choose-pin',
    login: 'fuzeren',
    open: async (page, { server }) => {
      // Somebody of the desk who has not yet opened the field screens on this device.
      await page.goto(`${server.origin}/w/today`);
      await expect(page.getByRole('heading', { name: '设一个手机密码' })).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    name: 'locked',
    login: 'cunguan',
    open: async (page, county) => {
      await at('/w/phone', '这部手机', '和服务器核对')(page, county);
      await page.getByRole('button', { name: '现在锁上' }).click();
      await expect(page.getByRole('heading', { name: '请输手机密码' })).toBeVisible();
    },
  },
  { name: 'unsent', login: 'cunguan', open: at('/w/unsent', '发送实况', '没有没发出的') },
  { name: 'sent', login: 'cunguan', open: at('/w/sent', '发出的记录', '还没有送达的记录') },
];

export const REVIEW: Screen[] = [
  { name: 'review', login: 'shenhe', open: at(({ lamp }) => `/w/review/${lamp}`, '村口路灯半年不亮', '修好村口路灯') },
];

export const OFFICE: Screen[] = [
  { name: 'publications', login: 'dengji', open: at('/w/publish', '公示', '公开回复率') },
  { name: 'publication', login: 'shenhe', open: at(({ published }) => `/w/publish/${published.matter}`, '公示', '大家看到的') },
  { name: 'matters', login: 'dengji', open: at('/w/matters', '事项', '共 11 件') },
  { name: 'matter', login: 'dengji', open: at(({ lamp }) => `/w/matters/${lamp}`, '村口路灯半年不亮', '反映的内容') },
  { name: 'register', login: 'dengji', open: at('/w/register', '登记信访事项') },
  {
    name: 'register-alike',
    login: 'dengji',
    open: async (page, county) => {
      await at('/w/register', '登记信访事项')(page, county);
      await page.getByLabel('姓名').fill('李建国');
      await expect(page.getByRole('heading', { name: '看起来像同一件事' })).toBeVisible();
    },
  },
  { name: 'matter-proposed', login: 'shenhe', open: at(({ proposed }) => `/w/matters/${proposed}`, '低保申请没有书面答复', '等着批') },
  {
    name: 'matter-step',
    login: 'shenhe',
    open: async (page, county) => {
      await at(`/w/matters/${county.proposed}`, '低保申请没有书面答复', '等着批')(page, county);
      await page.getByRole('button', { name: '批准', exact: true }).click();
      await expect(page.getByRole('dialog', { name: '批准' })).toBeVisible();
    },
  },
  {
    name: 'matter-unmask',
    login: 'shenhe',
    open: async (page, county) => {
      await at(`/w/matters/${county.lamp}`, '村口路灯半年不亮', '反映的内容')(page, county);
      await page.getByRole('button', { name: '查看完整信息' }).click();
      await expect(page.getByRole('dialog', { name: '查看完整信息' })).toBeVisible();
    },
  },
  {
    name: 'matter-voice',
    login: 'shenhe',
    open: async (page, county) => {
      await at(`/w/matters/${county.voiced}`, '危桥加固已经完工请核实', '信访人用查询码说的话')(page, county);
      await page.getByRole('button', { name: /^答复信访人的话/ }).click();
      await expect(page.getByRole('dialog', { name: '答复信访人的话' })).toBeVisible();
    },
  },
  { name: 'waiting', login: 'lianxi', open: at('/w/', '待办', '单位之间有争议的') },
  { name: 'waiting-leader', login: 'xianling', open: at('/w/', '待办', '您包案的') },
  { name: 'sealed', login: 'jijian', open: at('/w/sealed', '保密件') },
  { name: 'sealed-new', login: 'jijian', open: at('/w/sealed/new', '保密登记（检举控告）') },
  {
    name: 'reports',
    login: 'shenhe',
    open: async (page, county) => {
      await at('/w/reports', '台账与报告', '要哪一种')(page, county);
      await page.getByRole('radio', { name: '月研判清单' }).click();
      await page.getByRole('button', { name: '看报表' }).click();
      await expect(page.getByRole('heading', { name: /信访形势月研判清单/ })).toBeVisible();
    },
  },
  { name: 'receptions-desk', login: 'lianxi', open: at('/w/receptions', '接访', '每月15日') },
  {
    name: 'receptions-rule',
    login: 'lianxi',
    open: async (page, county) => {
      await at('/w/receptions', '接访', '每月15日')(page, county);
      await page.getByRole('button', { name: '写一条安排' }).click();
      await expect(page.getByRole('dialog', { name: '写一条安排' })).toBeVisible();
    },
  },
  {
    name: 'receptions-day',
    login: 'lianxi',
    open: async (page, county) => {
      await at('/w/receptions', '接访', '每月15日')(page, county);
      await page.getByRole('row', { name: /2 \/ \d 人/ }).getByRole('link', { name: /^名单/ }).first().click();
      await expect(page.getByText('何大婶').first()).toBeVisible();
    },
  },
  { name: 'talk-points', login: 'lianxi', open: at('/w/talk-points', '说事点', '大樟树说事点') },
  { name: 'flagged', login: 'shenhe', open: at('/w/flagged', '需要留意的记录') },
  { name: 'calls', login: 'dengji', open: at('/w/calls', '待电话告知', '电话里只说') },
  { name: 'import', login: 'guanli', open: at('/w/import', '导入') },
  { name: 'holidays', login: 'guanli', open: at('/w/holidays', '节假日', '全年的日期') },
  { name: 'devices', login: 'guanli', open: at('/w/devices', '手机') },
  { name: 'accounts', login: 'anquan', open: at('/w/', '账号', '各角色的权限') },
  { name: 'audit', login: 'shenji', open: at('/w/', '审计', '现在核验') },
];
