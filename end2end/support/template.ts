// Once per run: the demo county is made by the server itself, then copied for each test. So tests
// change what they like and never see each other.

import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';

import { BIN, SITE, TEMPLATE } from './machine.ts';
import { Server } from './server.ts';

export default async function template(): Promise<void> {
  for (const [what, where] of [['server', BIN], ['built site', `${SITE}/manifest.json`]] as const) {
    if (!existsSync(where)) throw new Error(`no ${what} at ${where}; \`make test\` builds it`);
  }
  await rm(TEMPLATE, { recursive: true, force: true });
  await mkdir(TEMPLATE, { recursive: true });
  const server = await Server.in(TEMPLATE, true);
  try {
    await server.up();
    if (server.accounts.size < 7) throw new Error('the demo county has not one account per role');
  } finally {
    await server.gate.close();
    await server.down();
  }
}
