// The petitioners' pages in Firefox and in WebKit: looked up by a code, read, and answered. Their style stands in the
// page under a content policy that names it by its hash: each browser has to accept that.

import { expect } from '@playwright/test';

import { Api } from '../support/api.ts';
import type { Server } from '../support/server.ts';
import { type Driver, Person } from './driver.ts';
import { Firefox } from './firefox.ts';
import { test } from './test.ts';
import { WebKit } from './webkit.ts';

test.describe.configure({ timeout: 180_000 });

/** Looks a matter up, says that it is not solved, and finds the words on the page. */
async function petitionerIsHeard(browser: Driver, server: Server): Promise<void> {
  const registrar = await Api.signIn(server, 'dengji');
  const bridge = await registrar.find('危桥');
  const { query_code } = await registrar.receipt(bridge.id);
  const petitioner = new Person(browser);

  // As the receipt's QR code leads there: the code behind the #, which is taken out of the address at once.
  await browser.open(`${server.origin}/c#${query_code.replace(/\D/g, '')}`);
  await petitioner.sees({ role: 'heading', name: '查办理情况', exact: true });
  const look = await petitioner.inside(() => {
    // The one that is seen: another, without a word on it, stands first for who presses Enter.
    const button = [...document.querySelectorAll('button[type=submit]')].find((each) => each.textContent?.trim() === '查看') ?? null;
    return {
      styled: button !== null && getComputedStyle(button).backgroundColor !== 'rgba(0, 0, 0, 0)',
      tall: button?.getBoundingClientRect().height ?? 0,
      wide: document.documentElement.scrollWidth <= document.documentElement.clientWidth,
      code: (document.getElementById('code') as HTMLInputElement).value.replace(/\D/g, ''),
      address: location.hash,
    };
  });
  expect(look).toEqual({ styled: true, tall: expect.any(Number), wide: true, code: query_code.replace(/\D/g, ''), address: '' });
  expect(look.tall).toBeGreaterThanOrEqual(44);

  await petitioner.type('手机号后 4 位，或姓名', '0005');
  await petitioner.click({ role: 'button', name: '查看', exact: true });
  await petitioner.click({ role: 'button', name: '说办结了，但没有解决' });
  await petitioner.sees({ role: 'heading', name: '说办结了，但没有解决', exact: true });
  await petitioner.type('哪里没有解决可以不写', '桥面还是裂的。');
  await petitioner.click({ role: 'button', name: '告诉他们没有解决' });
  await petitioner.sees('桥面还是裂的。');
}

/** Judges the two who are to be judged, and files a matter of one's own. */
async function petitionerJudgesAndFiles(browser: Driver, server: Server): Promise<void> {
  const registrar = await Api.signIn(server, 'dengji');
  const bridge = await registrar.find('危桥');
  const { query_code } = await registrar.receipt(bridge.id);
  const petitioner = new Person(browser);
  await browser.open(`${server.origin}/c#${query_code.replace(/\D/g, '')}`);
  await petitioner.type('手机号后 4 位，或姓名', '0005');
  await petitioner.click({ role: 'button', name: '查看', exact: true });
  await petitioner.click({ role: 'button', name: '评价办理情况', start: true });
  await petitioner.sees({ role: 'heading', name: '评价办理情况', exact: true });
  await petitioner.click({ role: 'choice', name: '不满意', exact: true });
  await petitioner.click({ role: 'button', name: '交上评价' });
  await petitioner.sees('您的评价已经记下');

  await browser.open(`${server.origin}/t`);
  await petitioner.click({ role: 'choice', name: '有事情要解决' });
  await petitioner.type('什么事', '河边的护栏断了两根，孩子放学从那里走，请派人来看一看。', 'start');
  await petitioner.type('第一条', '把护栏修好', 'start');
  await petitioner.type('姓名', '罗水根', 'start');
  await petitioner.type('住址', '青石村六组', 'start');
  await petitioner.click({ role: 'button', name: '交上去' });
  await petitioner.sees({ role: 'heading', name: '收到了', exact: true });
  expect(await registrar.find('护栏断了')).toBeTruthy();
}

test('Firefox: the handling is judged, and a matter is filed', async ({ server, start }) => {
  await petitionerJudgesAndFiles(await start(Firefox.start()), server);
});

test('WebKit: the handling is judged, and a matter is filed', async ({ server, start }) => {
  await petitionerJudgesAndFiles(await start(WebKit.start()), server);
});

test('Firefox: a matter is looked up and what is said stands on the page', async ({ server, start }) => {
  await petitionerIsHeard(await start(Firefox.start()), server);
});

test('WebKit: a matter is looked up and what is said stands on the page', async ({ server, start }) => {
  await petitionerIsHeard(await start(WebKit.start()), server);
});
