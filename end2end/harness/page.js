// The engine without screens: `window.harness` has its functions, with JSON read (support/harness.ts
// lists them). <html data-harness="ready" | "failed"> tells when.

import init, * as engine from './build/harness.js';

const root = document.documentElement;
const JSON_ANSWERS = new Set(['contract', 'status', 'commit_many', 'outbox', 'history', 'items_sorted_first']);

function reading(name, call) {
  return async (...args) => {
    const answer = await call(...args);
    return JSON_ANSWERS.has(name) ? JSON.parse(answer) : answer;
  };
}

try {
  await init();
  const functions = Object.entries(engine).filter(([name, it]) => typeof it === 'function' && name !== 'default' && name !== 'initSync');
  window.harness = Object.fromEntries(functions.map(([name, call]) => [name, reading(name, call)]));
  root.dataset.harness = 'ready';
} catch (error) {
  root.dataset.harness = 'failed';
  root.dataset.harnessReason = String(error);
  throw error;
}
