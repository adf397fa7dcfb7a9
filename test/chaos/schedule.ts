// Which faults a run has and where: follows from seed, number of lifecycles and what was asked for alone. Points are counts of
// acknowledged decisions and of requests on a hop, never times, so that a seed puts the same faults at the same places again.
import type { Stream } from '../../sample/stream.js';
import { streamFor } from '../../sample/stream.js';
import type { FaultKind, Hop, Misbehaviour, Part, Step } from './vocabulary.js';
import { hops, parts, recognised, steps } from './vocabulary.js';

type Point = { readonly afterDecisions: number };
/** At a step: when its effect is there and its answer is on the way. */
type AtStep = { readonly step: Step; readonly skip: number };

export type Fault = Point &
  (
    | ({ readonly kind: 'kill'; readonly part: Part; readonly downMs: number } & { readonly at: AtStep | null })
    | { readonly kind: 'pause'; readonly part: Part; readonly ms: number }
    | ({ readonly kind: 'lost-reply'; readonly untilDeadline: boolean } & AtStep)
    | {
        readonly kind: 'latency';
        readonly hop: Hop;
        readonly how: 'delay' | 'trickle' | 'reset';
        readonly ms: number;
        readonly forMs: number;
      }
    | { readonly kind: 'bank'; readonly does: Misbehaviour }
  );

export type Asked = {
  readonly seed: string;
  readonly lifecycles: number;
  readonly kinds: readonly FaultKind[];
  /** Whether the bank is a process of its own. */
  readonly bank: boolean;
};

/** Fewer than a lifecycle of the mix really has, so that the last faults still fall into the run. */
export const decisionsPerLifecycle = 45;
const faultsPerLifecycle = 0.45;
const leastPerKind = 3;
/** Batches are few, and each has its steps once. */
const batchSteps: readonly Step[] = ['claim', 'mark-sending', 'submit', 'mark-sent', 'tell'];
const mostSkipped = (step: Step): number => (batchSteps.includes(step) ? 0 : 3);

export const faultsPerKind = ({ lifecycles, kinds }: Pick<Asked, 'lifecycles' | 'kinds'>): number =>
  Math.max(leastPerKind, Math.ceil((lifecycles * faultsPerLifecycle) / Math.max(1, kinds.length)));

const misbehaviours: readonly Misbehaviour[] = [
  { loseReplies: 1 },
  { duplicate: true },
  { reorder: true },
  { contradict: true },
  { reject: 1 },
  { unknown: 1 },
  { down: true },
  { delayMs: 2_000 },
];

type Deal = { readonly stream: Stream; readonly nth: number; readonly asked: Asked };

/** Round the table rather than by chance, so that a small run too meets each of them. */
const inTurn = <T>(items: readonly T[], nth: number): T => {
  const item = items[nth % items.length];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
};

const stepsFor = (caller?: Part): readonly Step[] =>
  steps.filter((step) => caller === undefined || recognised[step].caller === caller);

const kill = ({ stream, nth, asked }: Deal, point: Point): Fault => {
  const part = inTurn(
    parts.filter((one) => asked.bank || one !== 'bank'),
    nth,
  );
  const own = stepsFor(part);
  // Every other round at a random moment: what lies between the steps must be survived too.
  const step = own.length > 0 && Math.floor(nth / parts.length) % 2 === 0 ? stream.pick(own) : null;
  const at = step === null ? null : { step, skip: stream.between(0, mostSkipped(step)) };
  return { kind: 'kill', ...point, part, at, downMs: stream.pick([0, 0, 500, 3_000]) };
};

const pause = ({ stream, nth, asked }: Deal, point: Point): Fault => ({
  ...{ kind: 'pause', ...point, ms: stream.between(20, 100) * 100 },
  part: inTurn(
    parts.filter((one) => asked.bank || one !== 'bank'),
    nth,
  ),
});

const lostReply = ({ stream, nth }: Deal, point: Point): Fault => {
  const step = inTurn(steps, nth);
  return {
    ...{ kind: 'lost-reply', ...point, step, skip: stream.between(0, mostSkipped(step)) },
    // Built-in retries hide a single lost answer; now and then it stays dark until the caller's deadline has passed.
    untilDeadline: Math.floor(nth / steps.length) % 2 === 1 || nth % 5 === 4,
  };
};

const latency = ({ stream, nth, asked }: Deal, point: Point): Fault => ({
  ...{ kind: 'latency', ...point, how: inTurn(['delay', 'reset', 'trickle'] as const, nth) },
  hop: inTurn(
    hops.filter((one) => asked.bank || one !== 'worker-bank'),
    nth,
  ),
  ms: stream.between(5, 50) * 100,
  forMs: stream.between(5, 30) * 100,
});

const bank = ({ nth }: Deal, point: Point): Fault => ({ kind: 'bank', ...point, does: inTurn(misbehaviours, nth) });

const made: Readonly<Record<FaultKind, (deal: Deal, point: Point) => Fault>> = {
  kill,
  pause,
  'lost-reply': lostReply,
  latency,
  bank,
};

export const scheduleOf = (asked: Asked): Fault[] => {
  const { seed, lifecycles, kinds, bank: hasBank } = asked;
  const able = kinds.filter((kind) => kind !== 'bank' || hasBank);
  const each = faultsPerKind({ lifecycles, kinds: able });
  const lastPoint = Math.max(1, Math.floor(lifecycles * decisionsPerLifecycle * 0.8));
  const faults = able.flatMap((kind) =>
    Array.from({ length: each }, (_, nth) => {
      const stream = streamFor(seed, `chaos-${kind}`, nth);
      return made[kind]({ stream, nth, asked }, { afterDecisions: stream.between(1, lastPoint) });
    }),
  );
  return faults.sort((one, other) => one.afterDecisions - other.afterDecisions);
};
