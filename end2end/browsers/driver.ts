// A browser that Playwright cannot drive, and a person in front of it. A driver is four verbs; what a
// person does (find by role and Chinese name, click, type) is built from them once, for all of them.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import type { Caller } from '../support/harness.ts';

/** Input as WebDriver and WebDriver BiDi both write it. */
export type Input =
  | { type: 'pointer'; id: string; parameters: { pointerType: 'mouse' | 'touch' }; actions: Record<string, unknown>[] }
  | { type: 'key'; id: string; actions: Record<string, unknown>[] };

export interface Driver {
  /** As a person calls it, with its version. */
  readonly name: string;
  /** Opens an address and waits for the page; throws when there is none. */
  open(address: string): Promise<void>;
  /** Runs a function expression of the page's with JSON arguments; waits for a promise. */
  run(source: string, args: unknown[]): Promise<unknown>;
  act(input: Input[]): Promise<void>;
  /** `closed`: in peace; `killed`: the battery falls out. Then it is taken up again on the data that it left. */
  restart(how: 'closed' | 'killed'): Promise<void>;
  close(): Promise<void>;
}

/** A function that is run in the page; it may use nothing but its arguments. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Inside<A> = (...args: any[]) => A | Promise<A>;

interface Found {
  x: number;
  y: number;
  text: string;
}

/** What an element is called by. The roles are those of the screens' words. */
export interface What {
  role?: 'link' | 'button' | 'heading' | 'textbox' | 'choice' | 'text';
  /** The name, or the part of it that has to be there. */
  name: string;
  exact?: boolean;
  /** The name begins with it: what a label says behind it is a hint. */
  start?: boolean;
}

// Runs in the page. Finds the first visible element, brings it into view and tells its middle.
function find(what: What): Found | null {
  const squeeze = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim();
  const selectors = {
    link: 'a[href]',
    button: 'button',
    heading: 'h1, h2, h3',
    textbox: 'input, textarea',
    choice: 'input[type=radio], input[type=checkbox]',
    text: 'p, span, div, li, strong, output, [role=status], h1, h2, h3, a',
  };
  const nameOf = (element: Element) => {
    const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
    const label = element.getAttribute('aria-label') ?? labels.map((one) => one.textContent).join(' ');
    return squeeze(label || (element as HTMLElement).innerText);
  };
  for (const element of document.querySelectorAll<HTMLElement>(selectors[what.role ?? 'text'])) {
    const name = nameOf(element);
    if (what.exact ? name !== what.name : what.start ? !name.startsWith(what.name) : !name.includes(what.name)) continue;
    // Radio buttons are drawn by their labels.
    const seen = what.role === 'choice' ? ((element as HTMLInputElement).labels?.[0] ?? element) : element;
    if (seen.getClientRects().length === 0 || getComputedStyle(seen).visibility === 'hidden') continue;
    seen.scrollIntoView({ block: 'center', behavior: 'instant' });
    const box = seen.getBoundingClientRect();
    const at = { x: Math.round(box.left + box.width / 2), y: Math.round(box.top + box.height / 2) };
    // What a finger would hit there has to be it.
    const hit = document.elementFromPoint(at.x, at.y);
    if (what.role !== 'text' && hit && !seen.contains(hit) && !hit.contains(seen)) continue;
    return { ...at, text: name };
  }
  return null;
}

const PATIENCE = 30_000;

/** Somebody in front of a browser. */
export class Person {
  constructor(readonly browser: Driver) {}

  inside<A>(what: Inside<A>, ...args: unknown[]): Promise<A> {
    return this.browser.run(what.toString(), args) as Promise<A>;
  }

  /** Waits until it is on the screen; its text. */
  async sees(what: What | string, ms = PATIENCE): Promise<string> {
    return (await this.look(what, ms)).text;
  }

  /** Waits until one of them is on the screen; which. */
  async seesOne(whats: What[], ms = PATIENCE): Promise<number> {
    const end = Date.now() + ms;
    for (;;) {
      for (const [at, what] of whats.entries()) if (await this.inside<Found | null>(find, what)) return at;
      // Says what there is instead.
      if (Date.now() > end) await this.look(whats[0] ?? { name: '' }, 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async click(what: What): Promise<void> {
    const { x, y } = await this.look(what, PATIENCE);
    await this.browser.act([
      {
        type: 'pointer',
        id: 'mouse',
        parameters: { pointerType: 'mouse' },
        actions: [
          { type: 'pointerMove', x, y, duration: 0, origin: 'viewport' },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ],
      },
    ]);
  }

  /** `how`: as the label is called, or only as it begins. */
  async type(label: string, words: string, how: 'exact' | 'start' = 'exact'): Promise<void> {
    await this.click({ role: 'textbox', name: label, [how]: true });
    const actions = [...words].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
    await this.browser.act([{ type: 'key', id: 'keys', actions }]);
  }

  private async look(what: What | string, ms: number): Promise<Found> {
    const wanted: What = typeof what === 'string' ? { name: what } : what;
    const end = Date.now() + ms;
    for (;;) {
      const found = await this.inside<Found | null>(find, wanted);
      if (found) return found;
      if (Date.now() > end) {
        const shown = await this.inside<string>(() => `${location.href}\n${document.body.innerText}`);
        throw new Error(`${this.browser.name}: not on the screen: ${JSON.stringify(wanted)}. There is:\n${shown}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** The engine's test page in such a browser (support/harness.ts). */
export function caller(browser: Driver): Caller {
  return {
    open: (address) => browser.open(address),
    call: (name, args) => browser.run('async (name, args) => window.harness[name](...args)', [name, args]),
    ready: async () => ((await browser.run('() => document.documentElement.dataset.harness ?? null', [])) ?? undefined) as string | undefined,
  };
}

/** A program that is ended with its test. */
export class Program {
  private constructor(
    readonly child: ChildProcess,
    private said: string,
  ) {}

  /** Starts it in a process group of its own; resolves when its output says so, or at once. */
  static async start(program: string, args: string[], env: NodeJS.ProcessEnv, ready?: RegExp): Promise<Program> {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const started = new Program(child, '');
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${program} did not start:\n${started.said}`)), 60_000);
      const hear = (bytes: Buffer) => {
        started.said = (started.said + String(bytes)).slice(-20_000);
        if (ready?.test(started.said)) done();
      };
      const done = () => {
        clearTimeout(late);
        resolve();
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.once('error', (error) => reject(new Error(`${program}: ${error.message}; .make/setup.sh browsers installs it`)));
      child.once('exit', (code) => reject(new Error(`${program} ended with ${code}:\n${started.said}`)));
      if (!ready) child.once('spawn', done);
    });
    return started;
  }

  /** What it has written so far. */
  get output(): string {
    return this.said;
  }

  /** Waits until it has ended by itself. */
  async gone(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }

  /** Ends it and all that it has started, at once. */
  async kill(): Promise<void> {
    const { pid } = this.child;
    if (pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has just gone by itself.
    }
    await gone;
  }
}
