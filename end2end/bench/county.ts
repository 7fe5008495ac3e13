// A county with ten thousand matters in the area of one official, made by the server's own import: once
// per run, then copied. The texts are invented: characters as frequent as in real letters, so that
// they compress as real ones do (some 320 bytes a letter).

import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { dice } from '../support/line.ts';

import { Server, type WayKind } from '../support/server.ts';
import { FOLDER, begin } from './figures.ts';

export const MATTERS = 10_000;
/** The town clerk whose area has them all. */
export const OFFICIAL = 'zhuangan';

const BIG = path.join(FOLDER, 'county');
const VILLAGES = ['青石村委会', '柳湾村委会', '新民社区居委会'];
const LABELS = ['城乡建设', '劳动和社会保障', '教育文体', '交通运输', '商贸旅游', '卫生计生', '环境保护'];

/** Invented Chinese: two-character words, the n-th as frequent as 1/n. */
export function writer(seed: number): (characters: number) => string {
  const roll = dice(seed);
  const decoder = new TextDecoder('gb2312');
  // The first level of GB 2312: the 3,755 common characters.
  const common: string[] = [];
  for (let row = 0xb0; row <= 0xd7; row += 1) {
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell += 1) common.push(decoder.decode(new Uint8Array([row, cell])));
  }
  const zipf = (n: number) => Math.floor(n ** roll()) - 1;
  for (let at = common.length - 1; at > 0; at -= 1) {
    const other = Math.floor(roll() * (at + 1));
    [common[at], common[other]] = [common[other] ?? '', common[at] ?? ''];
  }
  const words = Array.from({ length: 8_000 }, () => `${common[zipf(common.length)]}${common[zipf(common.length)]}`);
  return (characters) => {
    let text = '';
    while (text.length < characters) text += `${words[zipf(words.length)]}${roll() < 0.12 ? '，' : ''}`;
    return text.slice(0, characters);
  };
}

async function letters(file: string): Promise<void> {
  const roll = dice(11);
  const write = writer(7);
  const lines: string[] = [];
  for (let n = 0; n < MATTERS; n += 1) {
    // Received over the last forty days: some clocks have run out, some are near, most are not.
    const received = new Date(Date.now() + 8 * 3_600_000 - n * 345_000 - 3_600_000);
    lines.push(
      JSON.stringify({
        id: `bench-${n}`,
        user: write(3),
        phone: `138${String(Math.floor(roll() * 1e8)).padStart(8, '0')}`,
        title: write(8 + Math.floor(roll() * 14)),
        time: received.toISOString().slice(0, 19),
        body: write(60 + Math.floor(roll() * roll() * 700)),
        label: LABELS[n % LABELS.length],
        town: '清溪镇',
        village: VILLAGES[n % VILLAGES.length],
      }),
    );
  }
  await writeFile(file, `${lines.join('\n')}\n`);
}

/** Before all measurements. */
export default async function setUp(): Promise<void> {
  begin();
  // For whoever writes on a measurement: the county of the last run.
  if (process.env.HUIYIN_BENCH_KEEP && existsSync(path.join(BIG, 'made'))) return;
  await rm(BIG, { recursive: true, force: true });
  await mkdir(BIG, { recursive: true });
  const server = await Server.in(BIG, true);
  try {
    await server.up();
    const file = path.join(BIG, 'letters.jsonl');
    await letters(file);
    const { out, code } = await server.command(['import', 'matters', file]);
    if (code !== 0 || !out.includes(`${MATTERS} added`)) throw new Error(`the letters were not imported:\n${out.slice(-2_000)}`);
  } finally {
    await server.gate.close();
    await server.down();
  }
  await writeFile(path.join(BIG, 'made'), '');
}

/** A server of its own on a copy of that county. */
export async function bigCounty(way: WayKind = 'line'): Promise<Server> {
  const folder = await mkdtemp(path.join(tmpdir(), 'huiyin-bench-'));
  await cp(BIG, folder, { recursive: true });
  const server = await Server.in(folder, true, way);
  await server.up();
  return server;
}
