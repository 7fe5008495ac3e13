// The first minutes on a slow line: only the first bundle has come.

import { downloaded, home, plainVisit, truth } from '../support/field.ts';
import { busy } from '../support/line.ts';
import { expect, test } from '../support/test.ts';

test.use({ way: 'line' });

test('a plain visit is recorded and arrives before the full app is there; the other screens say that they need it', async ({
  device,
  server,
}) => {
  server.line.fault(/^GET \/pkg\/desk\./, busy(503), { times: Infinity });
  const mine = await device();
  const page = await mine.signIn('cunguan');
  await home(page);
  await downloaded(page, 12);
  await plainVisit(page, page.getByRole('link', { name: /王建国家/ }));
  await expect(truth(page)).toContainText('全部已确认', { timeout: 30_000 });
  await mine.open('/w/phone');
  await expect(page.getByText('这一页还没有存到这台设备上', { exact: false })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-desk', 'failed');
});
