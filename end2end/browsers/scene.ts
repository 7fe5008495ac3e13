// One scene for every browser that Playwright does not drive: an official signs in, goes where there
// is no network, the phone is switched off and on, visits are recorded, and the network comes back.

import { expect } from '@playwright/test';

import { PIN } from '../support/browser.ts';
import { rows } from '../support/database.ts';
import { until } from '../support/harness.ts';
import type { Server } from '../support/server.ts';
import { type Driver, Person } from './driver.ts';

const VISITS = ['王建国家', '李建国家', '王建国家'];
const HOUSEHOLDS = 12;

const heading = (name: string) => ({ role: 'heading', name, exact: true }) as const;

/** Past the phone's lock, where it stands: to the first page of the day. */
async function home(official: Person): Promise<void> {
  const [HOME, NEW, LOCKED] = [heading('今日'), heading('设一个手机密码'), heading('请输手机密码')];
  const shown = await official.seesOne([HOME, NEW, LOCKED]);
  if (shown === 0) return;
  await official.type('手机密码', PIN);
  if (shown === 1) await official.type('再输一遍', PIN);
  await official.click({ role: 'button', name: shown === 1 ? '设好了' : '打开', exact: true });
  await official.sees(HOME);
}

async function signIn(official: Person, server: Server, login: string): Promise<void> {
  const { password } = server.account(login);
  await official.browser.open(`${server.origin}/w/`);
  await official.type('账号', login);
  await official.type('密码', password);
  await official.click({ role: 'button', name: '登录', exact: true });
  await home(official);
}

/** "见到本人，没有反映事项", from wherever one is. */
async function plainVisit(official: Person, household: string): Promise<void> {
  await official.click({ role: 'link', name: '走访', exact: true });
  await official.click({ role: 'link', name: '登门遍访' });
  await official.click({ role: 'link', name: household });
  await official.click({ role: 'choice', name: '见到本人' });
  await official.click({ role: 'button', name: '保存', exact: true });
  await official.sees('已保存在这台手机，等待发送');
}

/** The line at the top, which always tells the truth. */
function truth(official: Person): Promise<string> {
  return official.inside(() => document.querySelector('header a[href] [role=status]')?.textContent ?? '');
}

async function says(official: Person, words: RegExp, ms = 60_000): Promise<void> {
  await until(() => truth(official), (text) => words.test(text), ms);
}

/** From the sign-in to the last confirmation. */
export async function officialComesHome(browser: Driver, server: Server): Promise<void> {
  const before = await rows(server, 'select id from record');
  const official = new Person(browser);
  await signIn(official, server, 'cunguan');

  // The whole work area and the whole app are on the phone.
  await official.click({ role: 'link', name: '走访', exact: true });
  await official.sees({ role: 'heading', name: `住户 ${HOUSEHOLDS} 户` }, 60_000);
  const stored = () => official.inside(() => document.documentElement.dataset.offline ?? '');
  await until(stored, (state) => state === 'ready');

  // A night passes; then there is no network, and the battery falls out.
  await browser.restart('closed');
  await browser.open(`${server.origin}/w/`);
  await home(official);
  server.gate.shut();
  await browser.restart('killed');
  await browser.open(`${server.origin}/w/`);
  await home(official);
  for (const household of VISITS) await plainVisit(official, household);
  await says(official, new RegExp(`本机存 ${VISITS.length}`));
  expect(await rows(server, 'select id from record')).toHaveLength(before.length);

  // The network is back, and bad at first: the server has the visits, and its answer is lost.
  const lost = server.line.fault('POST /api/v1/sync/push', { do: 'cut answer', at: 'nothing' });
  server.gate.reopen();
  await browser.open(`${server.origin}/w/`);
  await home(official);
  await lost.done;
  await says(official, /全部已确认/);
  expect(await truth(official)).not.toContain('本机存');
  const after = await rows(server, 'select id from record');
  expect(new Set(after.map(([id]) => id)).size).toBe(before.length + VISITS.length);
  expect(after).toHaveLength(before.length + VISITS.length);
}
