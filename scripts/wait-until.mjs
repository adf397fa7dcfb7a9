// Waits for a condition, never for a guessed time; the reason of the last failure is part of the answer.
// @ts-check
import { setTimeout as pause } from 'node:timers/promises';

/**
 * @param {string} what named in the error when time is up
 * @param {() => Promise<unknown> | unknown} check true-ish ends the wait; throwing means "not yet, because"
 * @param {{ timeoutMs?: number, everyMs?: number, giveUp?: () => string | undefined }} options
 *   `giveUp` ends the wait early with a reason, for instance when the awaited process has died
 */
export async function waitUntil(what, check, { timeoutMs = 30_000, everyMs = 50, giveUp } = {}) {
  const until = Date.now() + timeoutMs;
  let reason = 'it was not so';
  for (;;) {
    try {
      if (await check()) return;
    } catch (error) {
      reason = reasonOf(error);
    }
    const lost = giveUp?.();
    if (lost) throw new Error(`${what}: ${lost}`);
    if (Date.now() >= until) throw new Error(`${what}: not within ${timeoutMs / 1000} s (${reason})`);
    await pause(everyMs);
  }
}

/**
 * One line that says why, with the cause that fetch hides.
 * @param {unknown} error
 */
export function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message || String(Reflect.get(error.cause, 'code')) : '';
  return cause && !error.message.includes(cause) ? `${error.message} (${cause})` : error.message;
}
