// P4: a refused decision writes nothing into history and costs no more time than an accepted one.
import { median, ratioOf } from '../arithmetic.js';
import type { Pair } from '../arithmetic.js';
import type { Bench } from '../bench.js';
import type { ProductLifecycle } from '../drivers/product.js';
import { bodyOf, prepareProduct } from '../drivers/product.js';
import { waitUntil } from '../../scripts/wait-until.mjs';
import { isQuiet, keptOf } from '../histories.js';
import type { Answer } from '../http.js';
import { l16Steps, stepNumbered } from '../l16.js';
import type { Figure } from '../results.js';
import { workflowIdOf } from '../../workflows/contract.js';
import { z } from 'zod';

export const refusalLegs = 1;

const firstScore = l16Steps.findIndex(({ command }) => command === 'recordScore');

type Measured = Pair & { readonly eventsWritten: number };

const timed = async (run: () => Promise<Answer>): Promise<{ answer: Answer; ms: number }> => {
  const sentAt = performance.now();
  const answer = await run();
  return { answer, ms: performance.now() - sentAt };
};

const mustBeRefused = ({ status, body }: Answer): void => {
  const { code } = z.looseObject({ code: z.string() }).parse(body);
  if (status !== 409 || code !== 'alreadyActed') throw new Error(`a second score was answered ${status} ${code}`);
};

/** Accepted, refused, refused, accepted (ABBA); each on a request with nothing on its way. */
const measureOne = async (bench: Bench, lifecycle: ProductLifecycle): Promise<Measured> => {
  const { client } = await bench.field();
  const workflowId = workflowIdOf(lifecycle.id);
  const quiet = () => waitUntil('nothing on its way', () => isQuiet(client, workflowId), { everyMs: 10 });
  const score = async (step: number, key: string): Promise<{ answer: Answer; ms: number }> => {
    await quiet();
    return timed(() => lifecycle.send(stepNumbered(step), key));
  };
  for (let step = 0; step < firstScore; step += 1) await lifecycle.take(step);
  const accepted = [await score(firstScore, `${lifecycle.id}-first`)];
  await quiet();
  const before = await keptOf(client, workflowId);
  const refused = [
    await score(firstScore, `${lifecycle.id}-again-1`),
    await score(firstScore, `${lifecycle.id}-again-2`),
  ];
  await quiet();
  const after = await keptOf(client, workflowId);
  accepted.push(await score(firstScore + 1, `${lifecycle.id}-second`));
  for (const { answer } of accepted) bodyOf(z.unknown(), answer, 'a score');
  for (const { answer } of refused) mustBeRefused(answer);
  const [a, b] = [refused, accepted].map((sent) => median(sent.map(({ ms }) => ms)));
  return { a: a ?? 0, b: b ?? 0, eventsWritten: after.events - before.events };
};

export const measureRefusals = async (bench: Bench): Promise<Figure[]> => {
  const field = await bench.field();
  const measured: Measured[] = [];
  for (let index = 0; index < bench.size.refusalLifecycles; index += 1)
    measured.push(await measureOne(bench, await prepareProduct(field, { noWait: true })));
  const events = Math.max(...measured.map(({ eventsWritten }) => eventsWritten));
  bench.leg(`P4: ${events} events by refused decisions`);
  const msOf = (of: (pair: Pair) => number): number => Number(median(measured.map(of)).toFixed(2));
  return [
    { id: 'P4', estimate: { value: events, ci95: [events, events], n: measured.length * 2 }, detail: {} },
    {
      id: 'P4.latency',
      estimate: ratioOf(measured),
      detail: { refusedMs: msOf(({ a }) => a), acceptedMs: msOf(({ b }) => b) },
    },
  ];
};
