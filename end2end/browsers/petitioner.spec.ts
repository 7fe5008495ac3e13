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

test('Firefox: a matter is looked up and what is said stands on the page', async ({ server, start }) => {
  await petitionerIsHeard(await start(Firefox.start()), server);
});

test('WebKit: a matter is looked up and what is said stands on the page', async ({ server, start }) => {
  await petitionerIsHeard(await start(WebKit.start()), server);
});
