// What these tests begin with: the county of the others, and browsers that are ended with their test.

import { expect, test as base } from '../support/test.ts';
import type { Driver } from './driver.ts';

export const test = base.extend<{ start: (browser: Promise<Driver>) => Promise<Driver> }>({
  start: async ({}, use) => {
    const started: Driver[] = [];
    await use(async (browser) => {
      started.push(await browser);
      return browser;
    });
    for (const browser of started) await browser.close();
  },
});

export { expect };
