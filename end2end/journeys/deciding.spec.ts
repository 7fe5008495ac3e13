// The test that decides: the whole county's data, twenty visits in the valley, a battery that falls
// out, a server that dies twice in the middle of the upload; then everything is there exactly once, and the
// supervisor's decisions reach the petitioners by their codes.

import { existsSync } from 'node:fs';

import { Api, closure } from '../support/api.ts';
import { rows } from '../support/database.ts';
import { downloaded, home, raiseItem, truth } from '../support/field.ts';
import { TABLET, day, sharedData } from '../support/machine.ts';
import { choose, lookUp } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { syntheticCounty } from '../support/synthetic.ts';
import { expect, test } from '../support/test.ts';

const VISITS = 20;
const PASSWORD = 'zhishang-huiyin-20';

/** Imports the county's three files through the command line; says which they were. */
async function importCounty(server: Server): Promise<void> {
  const real = {
    divisions: sharedData('divisions/350921_霞浦县.csv'),
    households: sharedData('rosters/roster_350921.xlsx'),
    matters: sharedData('messages/messages_dev.jsonl'),
  };
  const files = Object.values(real).every((file) => file && existsSync(file)) ? real : await syntheticCounty(server.folder);
  console.log(files === real ? 'deciding: on the three real files' : 'deciding: ../shared/data is absent, on invented files');
  for (const [kind, file] of Object.entries(files)) {
    const { out, code } = await server.command(['import', kind, file ?? '']);
    expect(code, out.slice(-2_000)).toBe(0);
    console.log(`deciding: ${kind}: ${out.trim().split('\n').at(-1)}`);
  }
}

/** A town whose list of households fits a morning, and an official for it. */
async function official(server: Server): Promise<{ login: string; households: number }> {
  const found = await rows(
    server,
    `select substr(division, 1, 9), count(*) from household where source_key like 'roster:%'
     group by 1 having count(*) >= ${VISITS} order by 2 limit 1`,
  );
  const [town, households] = (found[0] ?? []) as [string, number];
  const login = 'xiangzhen';
  const args = ['add-account', login, '--name', '方小满', '--badge', '350001', '--office', '镇信访专干'];
  const made = await server.command([...args, '--role', 'town_clerk', '--area', town], { HUIYIN_PASSWORD: PASSWORD });
  expect(made.code, made.out).toBe(0);
  return { login, households };
}

/** Brings a matter before the supervisor. */
async function submitted(server: Server, matter: string, place?: string): Promise<void> {
  const registrar = await Api.signIn(server, 'dengji');
  const head = await Api.signIn(server, 'fuzeren');
  const handler = await Api.signIn(server, 'chengban');
  await registrar.command(matter, { command: 'transfer', unit: await registrar.unit('县住建局'), place });
  await head.command(matter, { command: 'sign_for' });
  await head.command(matter, { command: 'accept', notice_delivered_on: day() });
  await head.command(matter, { command: 'assign', handler: (await handler.me()).account });
  await handler.command(matter, { command: 'submit_closure', package: closure(1, '到现场看过，情况属实，已经修好。') });
}

test('twenty visits survive a dead battery and a dying server, and two decisions reach the petitioners', async ({
  server,
  device,
  page: petitioner,
}) => {
  test.setTimeout(360_000);
  await importCounty(server);
  const { login, households } = await official(server);
  const before = (await rows(server, 'select count(*) from record'))[0]?.[0] as number;

  const phone = await device();
  let page = await phone.signIn(login, PASSWORD);
  await home(page);
  await downloaded(page, households);
  await phone.stored();
  await phone.sleepOver();
  page = phone.page;
  await downloaded(page, households);
  await phone.offline();

  // Twenty visits to twenty households, without a network; one raises a new matter.
  await page.getByRole('navigation', { name: '开始走访' }).getByRole('link', { name: /登门遍访/ }).tap();
  await expect(page.getByRole('heading', { name: '去哪一户' })).toBeVisible();
  const doors = await page.getByRole('main').getByRole('listitem').getByRole('link').evaluateAll((links) =>
    links.map((link) => (link as HTMLAnchorElement).getAttribute('href') ?? ''),
  );
  expect(new Set(doors).size).toBeGreaterThanOrEqual(VISITS);
  for (const [at, door] of doors.slice(0, VISITS).entries()) {
    if (at > 0) await page.getByRole('navigation', { name: '开始走访' }).getByRole('link', { name: /登门遍访/ }).tap();
    // The list has learned of what was saved last; whom one has visited is marked at once.
    await expect(page.getByText('已记，等发送')).toHaveCount(at);
    await page.locator(`a[href="${door}"]`).tap();
    await page.getByRole('group', { name: '见到谁了' }).getByLabel('见到本人').tap();
    if (at === 7) {
      await raiseItem(page, {
        summary: '村口的桥护栏断了。老人过桥不安全。',
        title: '村口桥护栏断了没人修',
        demand: '修好护栏',
        category: '交通运输',
        phone: '13955557777',
      });
    }
    await page.getByRole('button', { name: '保存', exact: true }).tap();
    await expect(truth(page)).toContainText(`本机存 ${at + 1}`);
    // The code of the matter stands there at once, for the petitioner to write down.
    if (at === 7) await page.getByRole('link', { name: '已经告诉他了' }).tap();
  }
  expect((await rows(server, 'select count(*) from record'))[0]?.[0]).toBe(before);

  // The battery falls out; the app starts again, still without a network.
  await phone.kill();
  await phone.turnOn(true);
  page = await phone.open('/w/');
  await home(page);
  await expect(truth(page)).toContainText(`本机存 ${VISITS}`);

  // Back in town. The server dies when half of the upload has arrived, and once more when it has
  // taken everything in but its answer is still on the way.
  const half = server.gate.accident('POST /api/v1/sync/push', 'request', () => server.kill());
  await phone.online();
  await half;
  await server.gone();
  await server.up();
  const unheard = server.gate.accident('POST /api/v1/sync/push', 'answer', () => server.kill());
  await page.bringToFront();
  await unheard;
  await server.gone();
  expect(await truth(page).innerText()).not.toContain('全部已确认');
  await server.up();

  await expect(truth(page)).toContainText('全部已确认', { timeout: 120_000 });
  await expect(truth(page)).not.toContainText('本机存');

  // Every visit exactly once: by the table, and by what the office sees.
  const stored = await rows(
    server,
    `select count(*), count(distinct id), count(distinct household), count(distinct device || device_seq)
     from record where account = (select id from account where login = '${login}')`,
  );
  expect(stored[0]).toEqual([VISITS, VISITS, VISITS, VISITS]);
  const mine = await Api.signIn(server, login, PASSWORD);
  const visited = (await mine.households()).filter((household) => household.last_visit);
  expect(visited).toHaveLength(VISITS);
  const office = await Api.signIn(server, 'shenhe');
  expect(await office.get('/api/v1/flagged')).toEqual([]);
  const raised = await office.find('村口桥护栏断了');

  // The code of the new matter stands on the phone that raised it.
  await phone.open('/w/sent');
  const digits = await page.locator('.receipt__digits').innerText();
  const raisedCode = /\d{4} \d{4} \d{4}(?! ?\d)/.exec(digits)?.[0] ?? '';

  // One closure of an imported matter, one of the matter raised at the door.
  const registrar = await Api.signIn(server, 'dengji');
  const open = await rows(server, `select matter from matter_index where stage = 'registered' and matter in
    (select id from matter where source_key is not null) order by number limit 1`);
  const imported = open[0]?.[0] as string;
  const place = (await mine.households())[0]?.division;
  // The slip has the name for the petitioner; the registrar's file has not.
  const slip = await registrar.receipt(imported);
  const [importedName, importedCode] = [slip.petitioner, slip.query_code];
  await submitted(server, imported, place);
  await submitted(server, raised.id);

  const tablet = await device({ viewport: TABLET });
  const desk = await tablet.signIn('shenhe');
  // The first sign-in at a desk takes the desk's bundle, for which the page is opened anew.
  await expect(desk.getByRole('heading', { name: '办结审核', level: 1 })).toBeVisible({ timeout: 30_000 });
  await tablet.open(`/w/review/${imported}`);
  await desk.getByRole('button', { name: '同意', exact: true }).tap();
  const ask = desk.getByRole('dialog', { name: '同意这件事的办理结果？' });
  // The matter is named; of the petitioner a supervisor sees no more than is needed.
  await expect(ask).toContainText(`${importedName.slice(0, 1)}*`);
  await ask.getByRole('button', { name: '同意', exact: true }).tap();
  await expect(desk.getByText('已同意。')).toBeVisible();
  await tablet.open(`/w/review/${raised.id}`);
  await desk.getByRole('button', { name: '退回重办' }).tap();
  const form = desk.getByRole('dialog', { name: '退回重办' });
  await choose(form, '退回理由', '事实不清');
  await form.getByLabel('哪里不行，要怎么改').fill('护栏只修了一边，请修好另一边再报。');
  await form.getByLabel('限哪天前重报').fill(day(7));
  await form.getByRole('button', { name: '退回重办' }).tap();
  await expect(desk.getByText('已退回。')).toBeVisible();

  // Both petitioners see what was decided, each by the own code.
  await lookUp(petitioner, server.origin, importedCode, importedName);
  await expect(petitioner.getByRole('heading', { level: 1 })).toContainText('办理结果已经审核通过');
  await lookUp(petitioner, server.origin, raisedCode, '7777');
  await expect(petitioner.getByRole('heading', { level: 1 })).toContainText('已经退回县住建局重办');
  expect(server.written).not.toMatch(/panic|ERROR/);
});
