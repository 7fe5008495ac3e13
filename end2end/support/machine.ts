// Where things lie on this machine, and how Chromium is started.

import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const HERE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const ROOT = path.resolve(HERE, '..');

const target = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target');

/** The server under test: the one that the Rust tests have built. */
export const BIN = process.env.HUIYIN_BIN ?? path.join(target, 'debug', 'huiyin');
export const SITE = process.env.HUIYIN_SITE ?? path.join(ROOT, 'site');
/** The engine's test page, as .make/harness.sh builds it. */
export const HARNESS = process.env.HUIYIN_HARNESS ?? path.join(target, 'harness');
/** One county, made once and copied for every test. */
export const TEMPLATE = path.join(HERE, 'test-results', '.county');

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Fields for a day speak the language of the browser, not of the page.
  '--lang=zh-CN',
];

/** The official's phone; the design size. */
export const PHONE = { width: 360, height: 640 };
/** The supervisor's tablet. */
export const TABLET = { width: 1024, height: 768 };
/** The office. */
export const DESK = { width: 1280, height: 800 };

/** A file of the real data that may lie beside the project. */
export function sharedData(file: string): string | undefined {
  const found = path.join(ROOT, '..', 'shared', 'data', file);
  return existsSync(found) ? found : undefined;
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Today in the county, as 2026-05-03; `days` later or (negative) earlier. */
export function day(days = 0): string {
  const there = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000);
  return there.toISOString().slice(0, 10);
}
