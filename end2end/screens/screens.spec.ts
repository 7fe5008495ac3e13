// Every screen can be drawn. With UPDATE_SCREENSHOTS=1 the pictures of the README are taken anew.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { HERE, DESK, PHONE, TABLET } from '../support/machine.ts';
import { small } from '../support/png.ts';
import { FIELD, OFFICE, PUBLIC, REVIEW, opened } from '../support/screens.ts';
import { expect, test } from '../support/test.ts';

const FOLDER = path.join(HERE, 'screenshots');
const UPDATE = Boolean(process.env.UPDATE_SCREENSHOTS);
/** What the README shows. */
const SHOWN = ['today', 'visit', 'return-visit-answers', 'files', 'lookup', 'answer', 'review', 'register'];
const MOST_BYTES = 60 * 1_024;

for (const [title, screens, viewport] of [
  ['petitioners', PUBLIC, PHONE],
  ["the official's phone", FIELD, PHONE],
  ["the supervisor's tablet", REVIEW, TABLET],
  ['the office', OFFICE, DESK],
] as const) {
  test(`each screen of ${title} is drawn`, async ({ server, api, device }) => {
    const county = await opened(server, api);
    for (const login of new Set(screens.map((screen) => screen.login))) {
      const somebody = await device({ viewport, touch: viewport !== DESK });
      if (login) await somebody.signIn(login);
      for (const screen of screens.filter((one) => one.login === login)) {
        const { page } = somebody;
        await screen.open(page, county);
        await expect(page.getByRole('main')).not.toBeEmpty();
        if (!UPDATE || !SHOWN.includes(screen.name)) continue;
        await mkdir(FOLDER, { recursive: true });
        const picture = path.join(FOLDER, `${screen.name}.png`);
        await page.emulateMedia({ reducedMotion: 'reduce' });
        const bytes = small(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
        await writeFile(picture, bytes);
        expect(bytes.length).toBeLessThanOrEqual(MOST_BYTES);
      }
    }
  });
}
