// A campaign of seconds against one build: two lifecycles, a worker killed while it records, an answer lost while money leaves, every
// third call sent twice, something forbidden tried in each. Says what it complains about; nothing, when all is well.
import { join } from 'node:path';
import { createApiClient } from '../../../cli/api-client.js';
import type { Stack } from '../../faults/stack.js';
import { startStack } from '../../faults/stack.js';
import { openBook } from '../book.js';
import { complaintsIn, examine } from '../checks.js';
import { openLives } from '../lives.js';
import { openNemesis } from '../nemesis.js';
import { untilQuiet } from '../quiet.js';
import type { Fault } from '../schedule.js';
import { seedStack } from '../seeding.js';

export type Ground = {
  readonly tree: string;
  readonly name: string;
  readonly servers: Pick<Stack, 'mongodbUri' | 'temporalAddress'>;
};

const seed = 'short-1';
const lifecycles = 2;
const repeatEvery = 3;
const deadlineMs = 4_000;
const clientPatienceMs = 15_000;
/** With short-lived transactions (see seeding.ts) nothing takes longer to be recorded. */
const recordedWithinMs = 8_000;
/** Without a fault a request moves many times in a second. */
const stuckAfterMs = 12_000;

const faults: readonly Fault[] = [
  { kind: 'kill', part: 'worker', at: { step: 'record', skip: 1 }, downMs: 0, afterDecisions: 4 },
  { kind: 'lost-reply', step: 'mark-sent', skip: 0, untilDeadline: false, afterDecisions: 10 },
];

const campaign = async (stack: Stack, tree: string): Promise<string[]> => {
  const api = createApiClient({ url: stack.url, patienceMs: clientPatienceMs });
  const book = openBook(api, join(stack.folder, 'book.jsonl'), repeatEvery);
  const nemesis = openNemesis(stack, faults, { deadlineMs });
  book.onAcknowledged(nemesis.reached);
  const lives = openLives({
    ...{ api: book.api, seed, lifecycles, concurrency: lifecycles, mix: 'plain', alwaysWrong: true },
    ...{ patienceMs: stuckAfterMs, tries: 1, ended: () => undefined },
  });
  await lives.run();
  await nemesis.quiesce();
  const told = await lives.finish();
  await untilQuiet(stack, { acknowledged: book.acknowledged(), recordedWithinMs });
  const found = await examine(stack, { book, provoked: lives.refusedOnPurpose(), tree });
  const between = nemesis.done().filter((one) => one.between).length;
  return [
    ...complaintsIn(found),
    ...told
      .filter(({ outcome }) => outcome === null)
      .map(({ requestId, hindrances }) => `stuck: ${requestId}: ${hindrances.at(-1)?.got ?? 'no reason given'}`),
    ...(between < faults.length ? [`only ${between} of ${faults.length} faults fell where they should`] : []),
  ];
};

export const shortCampaign = async ({ tree, name, servers }: Ground): Promise<string[]> => {
  const database = `bug_${name.replaceAll('-', '_')}`;
  const settings = {
    SANAD_DECISION_DEADLINE_MS: String(deadlineMs),
    SANAD_LOG_LEVEL: 'error',
    SANAD_BANK_DELAY_MS: '0',
    SANAD_TASK_QUEUE: name,
  };
  const stack = await startStack(settings, { tree, proxies: true, servers, database });
  try {
    await seedStack(stack, { tree, seed: 'sanad-demo-1' });
    await Promise.all([stack.start('worker'), stack.start('api')]);
    return await campaign(stack, tree);
  } finally {
    await stack.stop();
  }
};
