// A toy supervisor: its only part never finishes draining by itself; it is released by SIGUSR2.
import { createReporter } from '../../../scripts/reporter.mjs';
import { createShutdown, stopOnSignals } from '../../../scripts/shutdown.mjs';

const report = createReporter(process.stdout);
const shutdown = createShutdown(report);
const released = new Promise((resolve) => process.on('SIGUSR2', resolve));
shutdown.add({ name: 'part', stop: async () => void (await released), endNow: () => report.say('part ended at once') });
stopOnSignals(shutdown, { report, exitCode: 0, togetherMs: Number(process.argv[2]) });
setInterval(() => {}, 1000); // stays alive until told
report.say('up');
