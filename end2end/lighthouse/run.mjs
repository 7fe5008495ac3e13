// Lighthouse over every page that petitioners see: a phone of the lower middle class on slow 4G, as Lighthouse makes it
// up. Prints the four categories of each page, and ends with 1 where one is below the bar.
//
// The addresses are found, not listed: all that leads on from the first page within the site and without a sign-in,
// and the answer to a look-up, which comes from a form.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startFlow } from 'lighthouse';
import puppeteer from 'puppeteer-core';

const BAR = 95;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const { HUIYIN_BIN, HUIYIN_SITE, CHROMIUM = '/usr/bin/chromium' } = process.env;

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const origin = `http://127.0.0.1:${port}`;
const folder = await mkdtemp(path.join(tmpdir(), 'huiyin-lighthouse-'));
const server = spawn(HUIYIN_BIN, ['serve', '--demo'], {
  env: {
    PATH: process.env.PATH,
    HUIYIN_ADDR: `127.0.0.1:${port}`,
    HUIYIN_BASE_URL: origin,
    DATABASE_URL: `sqlite:${path.join(folder, 'huiyin.db')}`,
    HUIYIN_SECRET_FILE: path.join(folder, 'secret'),
    HUIYIN_SITE,
    RUST_LOG: 'error',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let out = '';
await new Promise((resolve, reject) => {
  server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  server.stdout.on('data', (bytes) => {
    out += bytes;
    if (out.includes('officials ')) resolve();
  });
});
while (!(await fetch(`${origin}/healthz`).catch(() => undefined))?.ok) await new Promise((done) => setTimeout(done, 50));

/** A slip of the demo: the code, and the second answer. */
async function slip() {
  const [, password] = /^ {2}dengji +(\S+)/m.exec(out);
  const headers = { 'content-type': 'application/json', 'x-huiyin': '1' };
  const session = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ login: 'dengji', password }),
  });
  headers.cookie = session.headers.get('set-cookie').split(';')[0];
  const { rows } = await (await fetch(`${origin}/api/v1/matters?q=${encodeURIComponent('危桥')}`, { headers })).json();
  const receipt = await fetch(`${origin}/api/v1/matters/${rows[0].id}/receipt`, { method: 'POST', headers, body: 'null' });
  return { code: (await receipt.json()).query_code, proof: '0005' };
}

/** What leads on from the pages that are known already. */
async function addresses(browser) {
  const page = await browser.newPage();
  const known = ['/'];
  for (const address of known) {
    await page.goto(origin + address);
    const links = await page.$$eval('a[href]', (all) => all.map(({ href }) => href));
    for (const link of links) {
      const { origin: whose, pathname } = new URL(link);
      const leads = whose === origin && !pathname.startsWith('/w') && !/\.\w+$/.test(pathname);
      if (leads && !known.includes(pathname)) known.push(pathname);
    }
  }
  await page.close();
  return known;
}

let low = 0;
function told(name, { lhr }) {
  const scores = CATEGORIES.map((category) => Math.round(lhr.categories[category].score * 100));
  const paint = lhr.audits['first-contentful-paint'].displayValue;
  const moved = lhr.audits['cumulative-layout-shift'].displayValue;
  console.log(`${name.padEnd(28)} ${scores.map((score) => String(score).padStart(6)).join('')}   ${paint}, moved ${moved}`);
  for (const [at, category] of CATEGORIES.entries()) {
    if (scores[at] >= BAR) continue;
    low += 1;
    for (const { id, weight } of lhr.categories[category].auditRefs) {
      const { score, title } = lhr.audits[id];
      if (weight > 0 && score !== null && score < 0.9) console.log(`    ${category}: ${id}: ${title}`);
    }
  }
}

const browser = await puppeteer.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  const config = { extends: 'lighthouse:default', settings: { onlyCategories: CATEGORIES } };
  console.log(`${''.padEnd(28)} ${['speed', 'access', 'pract.', 'found'].map((word) => word.padStart(6)).join('')}   first text`);
  for (const address of await addresses(browser)) {
    const page = await browser.newPage();
    const flow = await startFlow(page, { config });
    await flow.navigate(origin + address);
    const [step] = (await flow.createFlowResult()).steps;
    told(address.replace(/[0-9a-f-]{36}/, '…'), step);
    await page.close();
  }
  const page = await browser.newPage();
  const { code, proof } = await slip();
  await page.goto(`${origin}/c`);
  await page.type('#code', code);
  await page.type('#proof', proof);
  const flow = await startFlow(page, { config });
  await flow.navigate(() => page.click('#lookup button[type=submit]'));
  const [step] = (await flow.createFlowResult()).steps;
  told('the answer to a look-up', step);
} finally {
  await browser.close();
  server.kill();
  await rm(folder, { recursive: true, force: true });
}
process.exit(low === 0 ? 0 : 1);
