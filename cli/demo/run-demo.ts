// Runs the lifecycles of a demo side by side over HTTP, with a payment desk in the background, and gathers what happened.
import type { ApiClient } from '../api-client.js';
import { look, drive } from '../driving/drive.js';
import { fillIn, startDraft, submit } from '../driving/drafting.js';
import { openPaymentDesk } from '../driving/payment-desk.js';
import type { PaymentDesk } from '../driving/payment-desk.js';
import { openSessionDesk } from '../driving/session-desk.js';
import type { SessionDesk } from '../driving/session-desk.js';
import { Unexpected } from '../driving/unexpected.js';
import type { UnexpectedDetails } from '../driving/unexpected.js';
import { inLanes } from '../lanes.js';
import type { Progress } from '../progress.js';
import type { Absence } from './absence.js';
import { openAbsence } from './absence.js';
import type { Kind, Lifecycle, MixName } from './mix.js';
import { mixOf } from './mix.js';
import type { Sightings } from './sightings.js';
import { missingIn, sightingsIn, sumOf } from './sightings.js';
import { storyOf } from './story.js';
import { tryWrong } from './wrong-attempts.js';

export type DemoSettings = {
  readonly api: ApiClient;
  readonly seed: string;
  /** Plain when absent. */
  readonly mix?: MixName;
  readonly requests: number;
  readonly concurrency: number;
  readonly progress: Progress;
  /** Asked before each new lifecycle: once true, no more are begun. */
  readonly stopping: () => boolean;
};

export type LifecycleEnd = {
  readonly kind: Kind;
  readonly requestId: string | null;
  readonly outcome: string | null;
  readonly ms: number;
};

export type DemoResult = {
  readonly ends: readonly LifecycleEnd[];
  readonly decisions: number;
  /** Refusals that were provoked and came as they must, by code. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly unexpected: readonly UnexpectedDetails[];
  /** From the timelines of a full mix; a plain one does not read them. */
  readonly seen: Sightings | null;
  readonly batches: { readonly batches: number; readonly payments: number };
  readonly seconds: number;
};

type Gathered = {
  decisions: number;
  readonly refusals: Record<string, number>;
  readonly unexpected: UnexpectedDetails[];
  readonly sightings: Sightings[];
};

type Run = {
  readonly settings: DemoSettings;
  readonly desk: PaymentDesk;
  readonly sessions: SessionDesk;
  readonly absence: Absence;
  readonly gathered: Gathered;
};

const provoke = async (
  run: Run,
  requestId: string,
  lifecycle: Lifecycle,
  story: ReturnType<typeof storyOf>,
): Promise<void> => {
  const { settings, gathered } = run;
  if (lifecycle.wrong === null) return;
  const seen = await look({ api: settings.api, requestId }, 1);
  if (seen === null) return;
  const { code, fault } = await tryWrong(settings.api, lifecycle.wrong, { ...story, seen });
  if (fault) gathered.unexpected.push(fault);
  else gathered.refusals[code] = (gathered.refusals[code] ?? 0) + 1;
};

const tellApart = async ({ settings, gathered }: Run, { kind }: Lifecycle, requestId: string): Promise<void> => {
  if (settings.mix !== 'full') return;
  const seen = await sightingsIn(settings.api, requestId);
  gathered.sightings.push(seen);
  const missing = missingIn(kind, seen);
  if (missing.length > 0)
    gathered.unexpected.push({ requestId, step: 'timeline', expected: missing.join(', '), got: 'none of it' });
};

const live = async (run: Run, lifecycle: Lifecycle, begun: (requestId: string) => void): Promise<string | null> => {
  const { settings, desk, sessions, gathered } = run;
  const { api, seed } = settings;
  const story = storyOf(seed, lifecycle);
  const { cast, content, scenario, callId } = story;
  if (scenario.script.delegate !== null) await run.absence.begin();
  const draft = await startDraft(api, { callId, as: cast.applicant });
  begun(draft.draftId);
  await submit(api, await fillIn(api, draft, content, cast.applicant), cast);
  const decided = (): void => void (gathered.decisions += 1);
  decided();
  await provoke(run, draft.draftId, lifecycle, story);
  const { outcome } = await drive({
    ...{ api, desk, sessions, requestId: draft.draftId, cast, content, scenario, decided },
  });
  await tellApart(run, lifecycle, draft.draftId);
  return outcome;
};

const oneLifecycle = async (run: Run, lifecycle: Lifecycle): Promise<LifecycleEnd> => {
  const startedAt = performance.now();
  const { kind } = lifecycle;
  let requestId: string | null = null;
  const ended = (outcome: string | null): LifecycleEnd => ({
    kind,
    requestId,
    outcome,
    ms: performance.now() - startedAt,
  });
  try {
    return ended(await live(run, lifecycle, (id) => (requestId = id)));
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    run.gathered.unexpected.push(error.details);
    return ended(null);
  }
};

export const runDemo = async (settings: DemoSettings): Promise<DemoResult> => {
  const { api, seed, mix = 'plain', requests, concurrency, progress, stopping } = settings;
  const desk = openPaymentDesk(api);
  const gathered: Gathered = { decisions: 0, refusals: {}, unexpected: [], sightings: [] };
  const sessions = openSessionDesk(api);
  const absence = openAbsence(api);
  const run: Run = { settings, desk, sessions, absence, gathered };
  const startedAt = performance.now();
  let done = 0;
  const work = async (lifecycle: Lifecycle): Promise<LifecycleEnd[]> => {
    if (stopping()) return [];
    const end = await oneLifecycle(run, lifecycle);
    progress.step((done += 1), `${gathered.decisions} decisions, ${gathered.unexpected.length} unexpected`);
    return [end];
  };
  try {
    const ends = await inLanes(mixOf(seed, requests, mix), ({ index }) => String(index), { concurrency, work });
    const seconds = (performance.now() - startedAt) / 1000;
    await desk.close();
    await sessions.close();
    await absence.end();
    const unexpected = [...gathered.unexpected, ...desk.faults().map(({ details }) => details)];
    const seen = mix === 'plain' ? null : sumOf(gathered.sightings);
    return { ...gathered, seen, ends: ends.flat(), unexpected, batches: desk.batches(), seconds };
  } finally {
    progress.end();
  }
};
