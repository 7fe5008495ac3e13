import { defineConfig } from '@playwright/test';

import { CHROMIUM, CHROMIUM_FLAGS } from './support/machine.ts';

// One worker: a test is a whole county (server, proxy, one or two browsers), and the machines that
// run this have two cores. Waiting is always for something to be seen, never for time to pass.
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './support/template.ts',
  workers: Number(process.env.HUIYIN_E2E_WORKERS ?? 1),
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['line'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: 'off',
    video: 'off',
    screenshot: 'off',
    launchOptions: { executablePath: CHROMIUM, args: CHROMIUM_FLAGS },
  },
});
