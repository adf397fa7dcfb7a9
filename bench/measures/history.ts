// P3 and P5: what one lifecycle leaves in Temporal's history at 16 concurrent and at people's pace, and that no text is in it.
import { median, medianOf, seededRandom } from '../arithmetic.js';
import type { Estimate } from '../arithmetic.js';
import type { Bench } from '../bench.js';
import { canary } from '../form.js';
import type { Kept } from '../histories.js';
import { keptOf, searchHistory } from '../histories.js';
import { paymentsPerLifecycle } from '../l16.js';
import { closedLoop, openLoop } from '../load.js';
import type { Figure } from '../results.js';
import { batchWorkflowIdOf, workflowIdOf } from '../../workflows/contract.js';

/** Legs of this measure: product at load, product paced, bare at load. */
export const historyLegs = 3;
const pacedGapMs = 250;
const pacedPerSecond = 2;

const keptOfAll = async (bench: Bench, workflowIds: readonly string[]): Promise<Kept[]> => {
  const { client } = await bench.field();
  return Promise.all(workflowIds.map((workflowId) => keptOf(client, workflowId)));
};

const summaryOf = (kept: readonly Kept[]) => ({
  events: median(kept.map(({ events }) => events)),
  bytes: median(kept.map(({ bytes }) => bytes)),
  stateTransitions: median(kept.map(({ transitions }) => transitions)),
});

/** Histories of the batches that paid these lifecycles, shared out over the instructions in them. */
const batchesOf = async (bench: Bench, batchIds: readonly string[], lifecycles: number) => {
  const kept = await keptOfAll(bench, batchIds.map(batchWorkflowIdOf));
  const instructions = lifecycles * paymentsPerLifecycle;
  const events = kept.reduce((sum, batch) => sum + batch.events, 0);
  return { batches: kept.length, instructions, eventsPerInstruction: Number((events / instructions).toFixed(2)) };
};

const atLoad = async (bench: Bench) => {
  const field = await bench.field();
  const { historyLifecycles: lifecycles, clients } = bench.size;
  const batchesBefore = field.payments.batchIds.length;
  const leg = await closedLoop(await bench.driver('product'), { lifecycles, clients }, field.measured);
  const workflowIds = leg.lifecycles.map(workflowIdOf);
  const kept = await keptOfAll(bench, workflowIds);
  bench.leg(`P3 at load: ${summaryOf(kept).events} events`);
  const batchIds = field.payments.batchIds.slice(batchesBefore);
  const batches = await batchesOf(bench, batchIds, lifecycles);
  const found = await Promise.all(workflowIds.map((workflowId) => searchHistory(field.client, workflowId, canary)));
  return { kept, found, batches };
};

const paced = async (bench: Bench): Promise<Kept[]> => {
  const { measured } = await bench.field();
  const seconds = bench.size.pacedLifecycles / pacedPerSecond;
  const load = { lifecyclesPerSecond: pacedPerSecond, seconds, gapMs: pacedGapMs, random: seededRandom(3) };
  const leg = await openLoop(await bench.driver('product'), load, measured);
  const kept = await keptOfAll(bench, leg.lifecycles.map(workflowIdOf));
  bench.leg(`P3 paced: ${summaryOf(kept).events} events`);
  return kept;
};

const bareAtLoad = async (bench: Bench): Promise<Kept[]> => {
  const { measured } = await bench.field();
  const { clients } = bench.size;
  const leg = await closedLoop(await bench.driver('bare'), { lifecycles: clients, clients }, measured);
  const kept = await keptOfAll(bench, leg.lifecycles);
  bench.leg(`P3 bare Temporal: ${summaryOf(kept).events} events`);
  return kept;
};

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const exactly = (value: number, n: number): Estimate => ({ value, ci95: [value, value], n });

export const measureHistory = async (bench: Bench): Promise<Figure[]> => {
  const { kept, found, batches } = await atLoad(bench);
  const slow = await paced(bench);
  const bare = summaryOf(await bareAtLoad(bench));
  const text = sumOf(found.map(({ textBytes }) => textBytes));
  const payload = sumOf(found.map(({ payloadBytes }) => payloadBytes));
  const bytes = kept.map((one) => one.bytes);
  return [
    {
      id: 'P3',
      estimate: medianOf(kept.map(({ events }) => events)),
      detail: { ...summaryOf(kept), batches, bare },
    },
    { id: 'P3.paced', estimate: medianOf(slow.map(({ events }) => events)), detail: summaryOf(slow) },
    { id: 'P3.text', estimate: exactly(text, found.length), detail: { historiesSearched: found.length } },
    {
      id: 'P5',
      estimate: medianOf(bytes),
      detail: { payloadShare: Number((payload / sumOf(bytes)).toFixed(2)), bareBytes: bare.bytes },
    },
  ];
};
