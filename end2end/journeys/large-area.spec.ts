// An area with more matters than a first screen: what comes first is shown while the phone still reads the
// rest, and nothing says meanwhile that the rest is not there.

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, test } from '../support/test.ts';

const MATTERS = 150;

test('without a network a matter far down the list opens by its address, and the list counts all', async ({ device, server }) => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'huiyin-letters-')), 'letters.jsonl');
  const letter = (n: number) => ({
    id: `large-${n}`,
    user: '来信人',
    phone: `138${String(10_000_000 + n)}`,
    title: `第${n}封来信`,
    time: new Date(Date.now() + 8 * 3_600_000 - n * 7_200_000 - 3_600_000).toISOString().slice(0, 19),
    body: '村口的路灯坏了一个月,晚上看不见路,请派人修。',
    label: '城乡建设',
    town: '清溪镇',
    village: '青石村委会',
  });
  await writeFile(file, Array.from({ length: MATTERS }, (_, n) => `${JSON.stringify(letter(n))}\n`).join(''));
  const { code, out } = await server.command(['import', 'matters', file]);
  expect(code, out).toBe(0);

  const mine = await device();
  const page = await mine.signIn('zhuangan');
  await mine.open('/w/files');
  const counted = page.getByRole('heading', { name: /按期限排\s*\d{3} 件/ });
  await expect(counted).toBeVisible({ timeout: 60_000 });
  const all = await counted.textContent();
  // Found by typing, as somebody would; it stands far down.
  await page.getByLabel('搜索事项').fill('13810000000');
  await page.getByRole('link', { name: /第0封来信/ }).click();
  await expect(page.getByRole('heading', { name: '第0封来信' })).toBeVisible();
  const far = new URL(page.url()).pathname;
  await mine.stored();
  // The phone rests: what comes first is kept.
  await page.waitForTimeout(1_000);
  await mine.offline();

  await page.addInitScript(() => {
    const said = new Set<string>();
    (window as unknown as { said: Set<string> }).said = said;
    new MutationObserver(() => {
      for (const words of document.querySelectorAll('.empty')) said.add(words.textContent ?? '');
      if (document.querySelector('.tally')?.textContent?.includes('…')) sessionStorage.setItem('began', 'with a part');
    }).observe(document, { childList: true, subtree: true });
  });
  const nothingMissing = async () =>
    expect(await page.evaluate(() => [...(window as unknown as { said: Set<string> }).said])).toEqual([]);
  for (let n = 0; n < 3; n += 1) {
    await mine.open(far);
    await expect(page.getByRole('heading', { name: '第0封来信' })).toBeVisible();
    await nothingMissing();
    await mine.open('/w/files');
    await expect(page.getByRole('link', { name: /封来信/ }).first()).toBeVisible();
    await expect(counted).toHaveText(all ?? '');
    await nothingMissing();
    await mine.open('/w/today');
    await expect(page.getByRole('navigation', { name: '今天的数' }).getByText('…')).toHaveCount(0);
    await nothingMissing();
  }
  expect(await page.evaluate(() => sessionStorage.getItem('began')), 'the first screen did not wait for the whole').toBe('with a part');
});
