// The phone's clock and its timers in a test's hands. Playwright's own clock gives timers numbers that
// no i32 holds, and wasm keeps them as i32; so here is a small one.
//
// Time goes on as it does, shifted; `pass` lets an hour go by in moments: every timer that is due
// within it is called at its time by this clock, one after the other, and what it begins (a request
// that fails, a transaction) gets a moment of real time to end.

import type { Page } from '@playwright/test';

interface Hands {
  pass(ms: number, settle: number): Promise<number>;
  shift(ms: number): void;
}

function install(ahead: number): void {
  const RealDate = Date;
  const realSet = window.setTimeout.bind(window);
  const realClear = window.clearTimeout.bind(window);
  const kept = (): number => Number(sessionStorage.getItem('test-clock') ?? ahead);
  let shifted = kept();
  const now = () => RealDate.now() + shifted;
  const timers = new Map<number, { due: number; call: () => void; real: number }>();
  let next = 1;

  class ShiftedDate extends RealDate {
    constructor(...args: unknown[]) {
      if (args.length === 0) super(now());
      else super(...(args as [number]));
    }
    static override now() {
      return now();
    }
  }
  window.Date = ShiftedDate as DateConstructor;

  const fire = (id: number) => {
    const timer = timers.get(id);
    if (!timer) return;
    timers.delete(id);
    realClear(timer.real);
    timer.call();
  };
  const set = (call: TimerHandler, ms = 0, ...args: unknown[]) => {
    const id = next++;
    const run = () => (typeof call === 'function' ? (call as (...a: unknown[]) => void)(...args) : undefined);
    timers.set(id, { due: now() + ms, call: run, real: realSet(() => fire(id), ms) });
    return id;
  };
  const clear = (id?: number) => {
    const timer = timers.get(id ?? -1);
    if (!timer) return;
    realClear(timer.real);
    timers.delete(id ?? -1);
  };
  const every = (call: TimerHandler, ms = 0, ...args: unknown[]) => {
    // A ticking clock keeps its number.
    const id = next++;
    const tick = () => {
      timers.set(id, { due: now() + ms, call: tick, real: realSet(() => fire(id), ms) });
      if (typeof call === 'function') (call as (...a: unknown[]) => void)(...args);
    };
    timers.set(id, { due: now() + ms, call: tick, real: realSet(() => fire(id), ms) });
    return id;
  };
  Object.assign(window, { setTimeout: set, clearTimeout: clear, setInterval: every, clearInterval: clear });

  // A request under way may set a timer when it ends; one that hangs is not waited for.
  let asking = 0;
  const realFetch = window.fetch.bind(window);
  window.fetch = async (...args) => {
    asking += 1;
    try {
      return await realFetch(...args);
    } finally {
      asking -= 1;
    }
  };
  const moment = (ms: number) => new Promise<void>((resolve) => realSet(() => resolve(), ms));
  const settled = async (ms: number) => {
    await moment(ms);
    for (let left = 40; asking > 0 && left > 0; left -= 1) await moment(50);
    await moment(ms);
  };

  const shift = (ms: number) => {
    shifted += ms;
    sessionStorage.setItem('test-clock', String(shifted));
  };
  const hands: Hands = {
    shift,
    async pass(ms, settle) {
      const end = now() + ms;
      let called = 0;
      await settled(settle);
      const first = () => [...timers].sort(([, a], [, b]) => a.due - b.due).find(([, timer]) => timer.due <= end);
      for (;;) {
        // What a timer began sets the next one when it ends, which on a busy machine takes its time.
        for (let left = 20; !first() && left > 0; left -= 1) await moment(50);
        const due = first();
        if (!due) break;
        if (due[1].due > now()) shift(due[1].due - now());
        fire(due[0]);
        called += 1;
        await settled(settle);
      }
      if (now() < end) shift(end - now());
      return called;
    },
  };
  (window as unknown as { clockOfTest: Hands }).clockOfTest = hands;
}

/** Before the page is opened; `ahead` (negative: behind) in milliseconds. */
export async function ownClock(page: Page, ahead = 0): Promise<void> {
  await page.addInitScript(install, ahead);
}

/** Lets so much time pass on the phone; how many timers rang. */
export function pass(page: Page, ms: number, settle = 40): Promise<number> {
  return page.evaluate(
    ([ms, settle]) => (window as unknown as { clockOfTest: Hands }).clockOfTest.pass(ms, settle),
    [ms, settle] as const,
  );
}

/** Sets the clock on (negative: back) without any timer ringing: somebody corrects it, or it slept. */
export function shift(page: Page, ms: number): Promise<void> {
  return page.evaluate((ms) => (window as unknown as { clockOfTest: Hands }).clockOfTest.shift(ms), ms);
}
