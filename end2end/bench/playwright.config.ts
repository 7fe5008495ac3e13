import { defineConfig } from '@playwright/test';

import base from '../playwright.config.ts';
import { FOLDER } from './figures.ts';

// Measurements, not tests: `make bench` runs them and prints the table; no time makes them fail.
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: '**/*.bench.ts',
  outputDir: `${FOLDER}/results`,
  globalSetup: './county.ts',
  globalTeardown: './figures.ts',
  workers: 1,
  timeout: 3_600_000,
  reporter: [['list']],
});
