// A look into the server's own table of records, read-only, past all of its code: the last word on
// "exactly once". The API shows what people need to see; a record that was stored twice by mistake
// might not be seen there.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import type { Server } from './server.ts';

const PROGRAM = `
import json, sqlite3, sys
with sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True) as db:
    print(json.dumps(db.execute(sys.argv[2]).fetchall(), default=lambda b: b.hex()))
`;

export async function rows(server: Server, sql: string): Promise<unknown[][]> {
  const file = path.join(server.folder, 'huiyin.db');
  const { stdout } = await promisify(execFile)('python3', ['-c', PROGRAM, file, sql], { maxBuffer: 64 << 20 });
  return JSON.parse(stdout) as unknown[][];
}

const CHANGES = `
import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=20) as db:
    db.execute(sys.argv[2])
`;

/** What somebody does for whom there is no screen: a transfer to another village, a session that ends. */
export async function change(server: Server, sql: string): Promise<void> {
  await promisify(execFile)('python3', ['-c', CHANGES, path.join(server.folder, 'huiyin.db'), sql]);
}
