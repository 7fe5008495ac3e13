// The engine without screens: `window.harness` has its functions, with JSON read (support/harness.ts
// lists them). <html data-harness="ready"> tells when, or "failed: " and why.

const root = document.documentElement;
const JSON_ANSWERS = new Set(['contract', 'status', 'lock', 'commit_many', 'outbox', 'history', 'items_sorted_first', 'storage']);

function reading(name, call) {
  return async (...args) => {
    const answer = await call(...args);
    return JSON_ANSWERS.has(name) ? JSON.parse(answer) : answer;
  };
}

try {
  const engine = await import('./build/harness.js');
  await engine.default({ module_or_path: new URL('./build/harness_bg.wasm', import.meta.url) });
  const own = new Set(['default', 'initSync']);
  const functions = Object.entries(engine).filter(([name, it]) => typeof it === 'function' && !own.has(name));
  window.harness = Object.fromEntries(functions.map(([name, call]) => [name, reading(name, call)]));
  root.dataset.harness = 'ready';
} catch (error) {
  root.dataset.harness = `failed: ${error}`;
  throw error;
}
