// Figures: medians of rounds, and the table at the end. They go through a file, so that a measurement
// that breaks takes no other with it.

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { ROOT } from '../support/machine.ts';

/** Where the measurements keep things; the tests clear theirs whenever they start. */
export const FOLDER = process.env.HUIYIN_BENCH_FOLDER ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target'), 'bench');

const FILE = path.join(FOLDER, 'figures.jsonl');

/** How often each measurement is made. */
export const ROUNDS = Number(process.env.HUIYIN_BENCH_ROUNDS ?? 5);

export interface Figure {
  what: string;
  /** What was measured, and in which unit. */
  value: number;
  unit: 'ms' | 's' | 'KB' | 'MB' | '';
  /** What it is measured against, in the same unit, from the same run. */
  floor?: number;
  /** The bar: for the ratio where there is a floor, else for the value. */
  bar?: number;
  /** What else to know. */
  note?: string;
}

export function begin(): void {
  mkdirSync(path.dirname(FILE), { recursive: true });
  rmSync(FILE, { force: true });
}

export function report(figure: Figure): void {
  appendFileSync(FILE, `${JSON.stringify(figure)}\n`);
  console.log(`  ${written(figure)}`);
}

export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

export const p95 = (values: number[]): number => quantile(values, 0.95);

function number(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
}

function written({ what, value, unit, floor, bar, note }: Figure): string {
  let line = `${what.padEnd(62)} ${number(value).padStart(8)} ${unit.padEnd(2)}`;
  line += floor === undefined ? ' '.repeat(21) : ` of ${number(floor).padStart(7)}  ${number(value / floor)}x`.padEnd(21);
  if (bar !== undefined) {
    const measured = floor === undefined ? value : value / floor;
    line += ` bar ${number(bar)}${floor === undefined ? '' : 'x'} ${measured <= bar ? 'held' : 'MISSED'}`;
  }
  return (note ? `${line}  (${note})` : line).trimEnd();
}

/** The table of everything that was measured. */
export default function print(): void {
  const all = existsSync(FILE) ? readFileSync(FILE, 'utf8').trim().split('\n') : [];
  console.log(`\nthe offline engine, medians of ${ROUNDS} rounds; "of": the floor of the same run`);
  for (const line of all) console.log(written(JSON.parse(line) as Figure));
}
