// Brings the faults of a schedule about, each when its count is reached, and writes down what it did and what it hit.
import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '../faults/stack.js';
import type { Caught } from './proxy.js';
import type { Fault } from './schedule.js';
import type { FaultKind, Hop, Misbehaviour, Part, Step } from './vocabulary.js';
import { hops, parts, recognised, submitWithoutBank } from './vocabulary.js';

export type Done = {
  readonly kind: FaultKind;
  readonly where: Part | Hop;
  /** The step between whose effect and acknowledgement it fell; null: at any moment. */
  readonly step: Step | null;
  /** Seen by the proxy: the answer was there, and nobody got it. */
  readonly between: boolean;
};
export type Recovery = { readonly part: Part; readonly ms: number };

export type Nemesis = {
  readonly reached: (decisions: number) => void;
  readonly done: () => readonly Done[];
  readonly recoveries: () => readonly Recovery[];
  /** No more faults; waits for those under way and puts everything back to order. */
  readonly quiesce: () => Promise<void>;
};

const answerWithinMs = 3_000;
/** Beyond the API's own deadline and the client's, so that the caller has to come back with its key. */
const darkBeyondDeadlineMs = 1_500;

const tidyBank: Misbehaviour = {
  loseReplies: 0,
  duplicate: false,
  reorder: false,
  contradict: false,
  reject: 0,
  unknown: 0,
  down: false,
  delayMs: 0,
};
const bankDownMs = 2_000;
const bankOddMs = 6_000;
/** Each is done so many times, then it is over by itself. */
const countedMisdeeds = ['loseReplies', 'reject', 'unknown'];

export const openNemesis = (
  stack: Stack,
  schedule: readonly Fault[],
  { deadlineMs }: { readonly deadlineMs: number },
): Nemesis => {
  const waiting = [...schedule];
  const done: Done[] = [];
  const recoveries: Recovery[] = [];
  const underWay = new Set<Promise<void>>();
  const traps = new Set<() => void>();
  let over = false;

  const restart = async (part: Part): Promise<void> => {
    const startedAt = performance.now();
    await stack.start(part);
    recoveries.push({ part, ms: performance.now() - startedAt });
  };
  /** One process at a time is down or frozen: two at once are still one outage after the other for whoever needs both. */
  let turn = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => (turn = turn.then(work));

  const placeOf = (step: Step) => (step === 'submit' && stack.bankUrl === null ? submitWithoutBank : recognised[step]);
  const caughtAt = async (step: Step, skip: number): Promise<Caught | null> => {
    const { hop, request, isAnswer } = placeOf(step);
    const { caught, takeAway } = stack.hop(hop).catchAnswer({ request, isAnswer, skip, patienceMs: answerWithinMs });
    traps.add(takeAway);
    const found = await caught;
    traps.delete(takeAway);
    return found;
  };

  const kill = (fault: Extract<Fault, { kind: 'kill' }>): Promise<void> => {
    const { part, at, downMs } = fault;
    const strike = (caught: Caught | null): Promise<void> =>
      inTurn(async () => {
        if (!stack.isRunning(part)) return;
        await stack.kill(part);
        caught?.cut();
        done.push({ kind: 'kill', where: part, step: at?.step ?? null, between: caught !== null });
        await pause(downMs);
        await restart(part);
      });
    return at === null
      ? strike(null)
      : caughtAt(at.step, at.skip).then((caught) => (caught === null ? undefined : strike(caught)));
  };
  const freeze = ({ part, ms }: Extract<Fault, { kind: 'pause' }>): Promise<void> =>
    inTurn(async () => {
      stack.freeze(part);
      done.push({ kind: 'pause', where: part, step: null, between: false });
      await pause(ms);
      stack.thaw(part);
    });
  const loseReply = async ({ step, skip, untilDeadline }: Extract<Fault, { kind: 'lost-reply' }>): Promise<void> => {
    const caught = await caughtAt(step, skip);
    if (caught === null) return;
    const { hop: name } = placeOf(step);
    const hop = stack.hop(name);
    done.push({ kind: 'lost-reply', where: name, step, between: true });
    if (!untilDeadline) return caught.cut();
    hop.behave({ kind: 'swallow' });
    await pause(deadlineMs + darkBeyondDeadlineMs);
    hop.behave({ kind: 'pass' });
    hop.cutAll();
  };
  const slowDown = async ({ hop: name, how, ms, forMs }: Extract<Fault, { kind: 'latency' }>): Promise<void> => {
    const hop = stack.hop(name);
    done.push({ kind: 'latency', where: name, step: null, between: false });
    if (how === 'reset') return hop.cutAll();
    hop.behave(how === 'delay' ? { kind: 'delay', ms } : { kind: 'trickle', bytes: 64 });
    await pause(forMs);
    hop.behave({ kind: 'pass' });
  };
  const tellBank = async (wanted: Misbehaviour): Promise<void> => {
    const response = await fetch(`${stack.bankUrl}/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wanted),
    });
    if (!response.ok) throw new Error(`the bank does not take ${JSON.stringify(wanted)}: ${response.status}`);
  };
  /** In turn with the kills: a bank that is down hears nothing. What is not a number of times lasts for a while. */
  const misbehave = async ({ does }: Extract<Fault, { kind: 'bank' }>): Promise<void> => {
    await inTurn(async () => {
      await tellBank(does);
      done.push({ kind: 'bank', where: 'bank', step: null, between: false });
    });
    await pause(does['down'] === true ? bankDownMs : bankOddMs);
    const lasting = Object.keys(does).filter((name) => !countedMisdeeds.includes(name));
    await inTurn(() => tellBank(Object.fromEntries(lasting.map((name) => [name, tidyBank[name] ?? false]))));
  };

  const bring = (fault: Fault): Promise<void> => {
    switch (fault.kind) {
      case 'kill':
        return kill(fault);
      case 'pause':
        return freeze(fault);
      case 'lost-reply':
        return loseReply(fault);
      case 'latency':
        return slowDown(fault);
      case 'bank':
        return misbehave(fault);
    }
  };

  const failures: unknown[] = [];
  const reached = (decisions: number): void => {
    while (!over && waiting[0] !== undefined && waiting[0].afterDecisions <= decisions) {
      const fault = waiting.shift();
      if (fault === undefined) return;
      const work = bring(fault).catch((error: unknown) => void failures.push(error));
      underWay.add(work);
      void work.then(() => underWay.delete(work));
    }
  };
  const quiesce = async (): Promise<void> => {
    over = true;
    for (const takeAway of traps) takeAway();
    await Promise.all(underWay);
    if (failures.length > 0) throw new AggregateError(failures, 'a fault could not be brought about');
    for (const name of hops) stack.hop(name).behave({ kind: 'pass' });
    for (const part of parts)
      if (!stack.isRunning(part) && (part !== 'bank' || stack.bankUrl !== null)) await stack.start(part);
    if (stack.bankUrl !== null) await tellBank(tidyBank);
  };
  return { reached, done: () => done, recoveries: () => recoveries, quiesce };
};
