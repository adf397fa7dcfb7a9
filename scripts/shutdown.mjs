// Ends what was started, last first: the first Ctrl-C drains with grace, a second one ends everything at once.
// @ts-check

/**
 * @typedef {{ name: string, stop: () => Promise<void>, endNow: () => void }} Stoppable
 * @typedef {{ add: (part: Stoppable) => void, drain: () => Promise<void>, endNow: () => void, begun: () => boolean }} Shutdown
 */

/** @param {import('./reporter.mjs').Reporter} report @returns {Shutdown} */
export function createShutdown(report) {
  /** @type {Stoppable[]} */
  const parts = [];
  /** @type {Promise<void> | undefined} */
  let draining;
  const drain = async () => {
    for (let part = parts.at(-1); part; part = parts.at(-1)) {
      report.say(`Stopping ${part.name} …`);
      await part.stop();
      parts.splice(parts.indexOf(part), 1);
    }
  };
  return {
    add: (part) => {
      parts.push(part);
      if (draining) throw new Error('stopped while starting'); // the running drain takes this part too
    },
    drain: () => (draining ??= drain()),
    endNow: () => parts.forEach((part) => part.endNow()),
    begun: () => draining !== undefined,
  };
}

/**
 * On a terminal npm receives Ctrl-C and passes it on although we received it too: signals that come together are one.
 * @param {Shutdown} shutdown
 * @param {{ report: import('./reporter.mjs').Reporter, exitCode: number, togetherMs?: number }} options
 */
export function stopOnSignals(shutdown, { report, exitCode, togetherMs = 500 }) {
  let firstAt = 0;
  const onSignal = () => {
    if (firstAt && Date.now() - firstAt < togetherMs) return;
    if (firstAt) {
      report.say('Ending at once.');
      shutdown.endNow();
      process.exit(130);
    }
    firstAt = Date.now();
    report.say('Stopping. Ctrl-C again ends everything at once.');
    shutdown.drain().then(
      () => process.exit(exitCode),
      (error) => (report.say(`Stopping failed: ${error.message}`), shutdown.endNow(), process.exit(1)),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
}
