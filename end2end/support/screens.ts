// Every screen that there is, and who comes there: for the tests that hold of all of them.

import type { Page } from '@playwright/test';

import { expect } from '@playwright/test';

import type { Api } from './api.ts';
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
  household: string;
  code: string;
}

export async function opened(server: Server, api: (login: string) => Promise<Api>): Promise<Opened> {
  const registrar = await api('dengji');
  const officer = await api('cunguan');
  const bridge = await registrar.find('危桥');
  const [household] = await officer.households();
  return {
    server,
    lamp: (await registrar.find('村口路灯')).id,
    bridge: bridge.id,
    household: household?.id ?? '',
    code: (await registrar.receipt(bridge.id)).query_code,
  };
}

function at(path: string | ((county: Opened) => string), heading: string | RegExp): Screen['open'] {
  return async (page, county) => {
    await page.goto(county.server.origin + (typeof path === 'string' ? path : path(county)));
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
    // What is read from the server or the phone is there.
    await expect(page.getByText('正在读取')).toHaveCount(0);
  };
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
  { name: 'sign-in', open: at('/w/sign-in', '登录') },
];

export const FIELD: Screen[] = [
  { name: 'today', login: 'cunguan', open: at('/w/', '今日') },
  { name: 'visits', login: 'cunguan', open: at('/w/visits', '走访') },
  { name: 'choose-household', login: 'cunguan', open: at('/w/visits/new', '去哪一户') },
  { name: 'choose-return', login: 'cunguan', open: at('/w/visits/return', '回访哪一件') },
  { name: 'household', login: 'cunguan', open: at(({ household }) => `/w/household/${household}`, /家$/) },
  { name: 'visit', login: 'cunguan', open: at(({ household }) => `/w/visit/${household}`, /登门遍访|家/) },
  { name: 'return-visit', login: 'cunguan', open: at(({ bridge }) => `/w/return/${bridge}`, /上门回访|危桥/) },
  { name: 'files', login: 'cunguan', open: at('/w/files', '事项') },
  { name: 'file', login: 'cunguan', open: at(({ lamp }) => `/w/files/${lamp}`, /村口路灯|事项/) },
  { name: 'me', login: 'cunguan', open: at('/w/me', '我的') },
  { name: 'unsent', login: 'cunguan', open: at('/w/unsent', '发送实况') },
  { name: 'sent', login: 'cunguan', open: at('/w/sent', '发出的记录') },
];

export const REVIEW: Screen[] = [
  { name: 'review', login: 'shenhe', open: at(({ lamp }) => `/w/review/${lamp}`, '村口路灯半年不亮') },
];

export const OFFICE: Screen[] = [
  { name: 'matters', login: 'dengji', open: at('/w/matters', '事项') },
  { name: 'matter', login: 'dengji', open: at(({ lamp }) => `/w/matters/${lamp}`, '村口路灯半年不亮') },
  { name: 'register', login: 'dengji', open: at('/w/register', '登记信访事项') },
  { name: 'import', login: 'guanli', open: at('/w/import', '导入') },
];
