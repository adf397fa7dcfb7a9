// Which sample requests run under due times of their own, and the plans that give them: variants of the reference plan as data.
import type { Period } from '../../domain/calendar.js';
import type { Stage } from '../../domain/lifecycle.js';
import type { Plan, StagePlan } from '../../domain/plan.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import type { SampleRequest } from '../../sample/requests.js';
import { placeOf } from '../../sample/scenarios.js';

/**
 * `lapses`: silence at the stage ends the request; `appealable`: the window stays open long enough to appeal in it; the others
 * are what people see of a due time that nears or has passed.
 */
export type TimingKind = 'late' | 'escalated' | 'due-today' | 'lapses' | 'appealable';
export type Timing = { readonly stage: Stage; readonly kind: TimingKind };

/**
 * Only where silence escalates can a request stand and be late. Correction and agreement lapse when their time is up, and
 * the regional opinions move on without the missing ones: there a request can be due today, never late. A sample request
 * that is meant to be late or escalated at one of these stages keeps the reference plan, so that it is still there tomorrow.
 */
const staysWhenLate: readonly Stage[] = [
  'screening',
  'technical-review',
  'committee',
  'authority',
  'implementation',
  'final-review',
  'recovery',
];

const isStage = (place: string): place is Stage => place in developmentGrant.stages;

/** A decision against a request ends it once the time for an appeal is over; here nobody appeals, and nobody waits a month. */
export const unappealed: Timing = { stage: 'appeal-window', kind: 'lapses' };

/** Of demo runs: a window in which somebody does appeal, and a correction that nobody answers. */
export const appealable: Timing = { stage: 'appeal-window', kind: 'appealable' };
export const lapsing: Timing = { stage: 'correction', kind: 'lapses' };

/** What the request's own plan has to bring about; null for the reference plan as it is. Drafts are timed by their call. */
export const timingOf = ({ target, lateness }: Pick<SampleRequest, 'target' | 'lateness'>): Timing | null => {
  if (target === 'lapsed') return lapsing;
  if (target === 'rejected' || target === 'ineligible') return unappealed;
  const place = placeOf(target);
  if (lateness === undefined || !isStage(place)) return null;
  return lateness === 'due-today' || staysWhenLate.includes(place) ? { stage: place, kind: lateness } : null;
};

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Seeding just before midnight leaves nothing of the day; then "today" is at least this long. */
const least = 30 * minuteMs;
const margin = 20 * minuteMs;

const cairoAheadMs = (nowMs: number): number =>
  (developmentGrant.calendar.offsets.findLast(({ fromMs }) => fromMs <= nowMs)?.minutes ?? 0) * minuteMs;

const time = (ms: number): Period => ({ unit: 'time', ms });

/** Long enough that a request which enters its stage while the others are driven is still due on this day in Cairo. */
const untilEvening = (nowMs: number): number => {
  const left = dayMs - ((nowMs + cairoAheadMs(nowMs)) % dayMs) - margin;
  return Math.max(least, Math.floor(left / minuteMs) * minuteMs);
};

/** Being late stops nobody from acting, so it may come while the steps before a stop are still done. */
const soonMs = 2_000;
const lapseMs = 2_000;
const unappealedMs = 300;
const appealableMs = 10 * minuteMs;

const stageTiming = ({ stage, kind }: Timing, usual: StagePlan, nowMs: number): StagePlan => {
  switch (kind) {
    case 'late':
      return { ...usual, due: time(soonMs) };
    case 'escalated':
      return { due: time(soonMs), escalateAfter: time(1_000) };
    case 'due-today':
      return { ...usual, due: time(untilEvening(nowMs)) };
    case 'appealable':
      return { ...usual, due: time(appealableMs) };
    case 'lapses':
      return { ...usual, due: time(stage === unappealed.stage ? unappealedMs : lapseMs) };
  }
};

/** A late project owes its first report as well, so that both are seen. */
const reportsFor = ({ stage, kind }: Timing): Plan['reports'] =>
  stage === 'implementation' && kind === 'late'
    ? developmentGrant.reports.map((report, index) => (index === 0 ? { ...report, due: time(soonMs) } : report))
    : developmentGrant.reports;

const versionText = ({ stage, kind }: Timing, { due }: StagePlan): string =>
  `${developmentGrant.version}-${stage}-${kind}${due.unit === 'time' && kind === 'due-today' ? `-${due.ms / minuteMs}m` : ''}`;

/** Published plans never change, so a due time that follows from the hour of seeding stands in the version's name. */
export const planFor = (timing: Timing | null, nowMs: number): Plan => {
  if (timing === null) return developmentGrant;
  const usual = developmentGrant.stages[timing.stage];
  if (usual === undefined) throw new Error(`the reference plan has no due time for ${timing.stage}`);
  const changed = stageTiming(timing, usual, nowMs);
  return {
    ...developmentGrant,
    code: 'development-grant-demo',
    version: versionText(timing, changed),
    stages: { ...developmentGrant.stages, [timing.stage]: changed },
    reports: reportsFor(timing),
  };
};
