// The scenario of each sample request: how its target (sample/scenarios.ts) is reached and what it is left waiting for.
import type { Scenario } from '../driving/scenario.js';
import { endsAs, stopsAt, stopsProject, unaskedAt } from '../driving/aims.js';
import type { Cast } from '../driving/cast.js';
import { plainScript } from '../driving/script.js';
import type { Script } from '../driving/script.js';
import type { Awaited, Situation } from '../driving/situation.js';
import { declining, suspension, termination, withdrawal } from '../driving/unasked-acts.js';
import type { Lateness } from '../../domain/grant-request.js';
import { planted } from '../../sample/organisation-rows.js';
import { reviewerOnBoard } from '../../sample/organisations.js';
import type { SampleRequest } from '../../sample/requests.js';
import type { Funding } from './funding.js';
import { timingOf } from './timing.js';

export type Story = {
  readonly request: SampleRequest;
  readonly funding: Funding;
  readonly cast: Cast;
  /** Whether the aim includes the lateness; a first pass leaves it out, so that nobody waits while others could act. */
  readonly untilLate: boolean;
};

/** How far a request has come within its stage differs from case to case, so that inboxes show every kind of task. */
const variantOf = ({ index }: SampleRequest, count: number): number => index % count;

const latenessOf = ({ request, untilLate }: Story): Lateness | null => {
  const kind = timingOf(request)?.kind;
  return untilLate && (kind === 'late' || kind === 'escalated') ? kind : null;
};

const isDone = (allowed: readonly Awaited['command'][]) => (task: Awaited) => allowed.includes(task.command);

const technicalReview = (story: Story, script: Partial<Script>): Scenario => {
  const { request } = story;
  const steps = [[], ['assignReviewers'], ['assignReviewers', 'declareInterest']] as const;
  const variant = script.connectedReviewer === undefined ? variantOf(request, steps.length + 1) : steps.length;
  const early = isDone(steps[variant] ?? ['assignReviewers', 'declareInterest']);
  /** At the last variant one score is in: not enough for the review to go on by itself when its time is up. */
  const mayScore = (task: Awaited, { review, internal }: Situation): boolean =>
    variant === steps.length &&
    task.command === 'recordScore' &&
    review.received === 0 &&
    task.personId === internal?.assigned[0]?.personId;
  return stopsAt({
    stage: 'technical-review',
    script,
    lateness: latenessOf(story),
    does: (task, seen) => early(task) || mayScore(task, seen),
  });
};

const fewVotes = 3;

const committee = (story: Story, script: Partial<Script>): Scenario => {
  const { request, funding, cast } = story;
  const variant = variantOf(request, 3);
  const stop = stopsAt({
    stage: 'committee',
    script,
    lateness: latenessOf(story),
    does: ({ command, personId }) =>
      (command === 'openItem' && variant > 0) ||
      (command === 'castVote' && variant > 1 && personId !== null && cast.voters.slice(0, fewVotes).includes(personId)),
  });
  if (!funding.overflows) return stop;
  // The one that is meant to ask for more than is left: the closing is tried and refused, and the item stays open.
  return {
    script: stop.script,
    aim: 'committee, refused with envelopeExceeded',
    reached: () => false,
    overflows: true,
  };
};

const authority = (story: Story, script: Partial<Script>): Scenario =>
  stopsAt({
    stage: 'authority',
    script,
    lateness: latenessOf(story),
    does: (task, { internal }) =>
      task.command === 'recordApproval' && (internal?.authority?.approvals.length ?? 0) < variantOf(story.request, 3),
  });

const agreement = ({ request }: Story, script: Partial<Script>): Scenario =>
  stopsAt({
    stage: 'agreement',
    script,
    does: ({ command }) => command === 'signAgreement' && variantOf(request, 2) === 1,
  });

/** Where the plain projects stand, in steps of `projectStep`. */
const projectStops = [0, 1, 3, 4, 5, 6, 8, 9, 10] as const;

const implementation = (story: Story, script: Partial<Script>): Scenario =>
  stopsProject(projectStops[variantOf(story.request, projectStops.length)] ?? 0, {
    script,
    lateness: latenessOf(story),
  });

const finalReview = (story: Story, script: Partial<Script>): Scenario =>
  stopsAt({
    stage: 'final-review',
    script: { ...script, spentPercent: variantOf(story.request, 2) === 0 ? 100 : 94 },
    lateness: latenessOf(story),
    does: ({ role }) => role === 'monitoringOfficer' && variantOf(story.request, 3) === 0,
  });

const afterFirstReport = 5;
const beforeFirstReport = 3;
const untilReceipt = 2;

/** One of the two is owed after a termination, the other after a closing that was not settled. */
const recovery = (story: Story, script: Partial<Script>): Scenario => {
  const lateness = latenessOf(story);
  const inRecovery = stopsAt({ stage: 'recovery', script, lateness, does: isDone(['agreeRecoveryPlan']) });
  if (variantOf(story.request, 2) === 1)
    return { ...inRecovery, script: { ...inRecovery.script, spentPercent: 85, leftover: 'owed' } };
  const stop = stopsProject(afterFirstReport, { script: { ...script, spentPercent: 60 } });
  const terminated = unaskedAt(stop, { act: termination, aim: inRecovery.aim, then: inRecovery.reached });
  const holdsBack: NonNullable<Scenario['holdsBack']> = (task, seen) =>
    (stop.holdsBack?.(task, seen) ?? false) || (inRecovery.holdsBack?.(task, seen) ?? false);
  return { ...terminated, holdsBack };
};

const terminated = (_story: Story, script: Partial<Script>): Scenario =>
  unaskedAt(stopsProject(afterFirstReport, { script }), {
    act: termination,
    aim: 'terminated',
    then: ({ outcome }) => outcome === 'terminated',
  });

const rejected = ({ request }: Story, script: Partial<Script>): Scenario =>
  endsAs('rejected', {
    ...script,
    ...(variantOf(request, 2) === 0 ? { authority: 'reject' } : { committee: 'reject' }),
  });

const ineligible = ({ request }: Story): Scenario =>
  request.organisationNumber === planted.boardOfSix
    ? endsAs('ineligible', { screening: 'ineligible', notMet: ['active-board'], reasonCodes: ['board-number-even'] })
    : endsAs('ineligible', {
        screening: 'ineligible',
        notMet: ['registered-under-law'],
        reasonCodes: ['licence-expired'],
      });

const firstTranche = ({ tranches }: Situation) => tranches.find(({ number }) => number === 1)?.state;

const builders: Readonly<
  Record<Exclude<SampleRequest['target'], 'draft'>, (story: Story, script: Partial<Script>) => Scenario>
> = {
  screening: (story, script) => stopsAt({ stage: 'screening', script, lateness: latenessOf(story) }),
  correction: (_story, script) =>
    stopsAt({
      stage: 'correction',
      script: { ...script, screening: 'incomplete', notMet: ['two-years-of-final-accounts'] },
    }),
  'regional-opinion': (_story, script) => stopsAt({ stage: 'regional-opinion', script }),
  'technical-review': technicalReview,
  committee,
  authority,
  agreement,
  implementation,
  'implementation-suspended': (_story, script) => stopsProject(beforeFirstReport, { script }),
  'payment-unknown': (_story, script) =>
    stopsProject(untilReceipt, { script, also: (seen) => firstTranche(seen) === 'unknown' }),
  'payment-rejected-replaced': (_story, script) => stopsProject(beforeFirstReport, { script }),
  'awaiting-receipt': (_story, script) => stopsProject(untilReceipt, { script }),
  'report-overdue': (story, script) =>
    stopsProject(beforeFirstReport, {
      script,
      lateness: latenessOf(story),
      also: ({ reports }) => reports[0]?.state === 'overdue',
    }),
  'final-review': finalReview,
  recovery,
  closed: ({ request }, script) =>
    endsAs('closed', { ...script, spentPercent: variantOf(request, 3) === 0 ? 96 : 100 }),
  terminated,
  rejected,
  ineligible,
  withdrawn: ({ cast }, script) =>
    unaskedAt(stopsAt({ stage: 'regional-opinion', script }), {
      act: () => withdrawal(cast),
      aim: 'withdrawn',
      then: ({ outcome }) => outcome === 'withdrawn',
    }),
  lapsed: () => ({
    script: { ...plainScript, screening: 'incomplete', notMet: ['two-years-of-final-accounts'] },
    aim: 'lapsed',
    reached: ({ outcome }) => outcome === 'lapsed',
    holdsBack: ({ command }) => command === 'resubmit',
  }),
  declined: ({ cast }, script) =>
    unaskedAt(stopsAt({ stage: 'agreement', script }), {
      act: () => declining(cast),
      aim: 'declined',
      then: ({ outcome }) => outcome === 'declined',
    }),
};

/** Where a request of the sample meets a planted case: a reviewer on the board, an objection that must be answered, a trimmed award. */
const plantedIn = ({ request, funding }: Story): Partial<Script> => ({
  ...(request.organisationNumber === planted.reviewerOnBoard && request.programmeCode === 'disability'
    ? { connectedReviewer: reviewerOnBoard }
    : {}),
  ...(request.target === 'implementation' && variantOf(request, 5) === 0
    ? { objectingGovernorates: request.governorates.slice(0, 1) }
    : {}),
  ...(funding.awardMinor === request.requestedMinor ? {} : { awardMinor: funding.awardMinor }),
});

/** Null for a draft, which nobody hands in. */
export const sampleScenario = (story: Story): Scenario | null => {
  const { target } = story.request;
  return target === 'draft' ? null : builders[target](story, plantedIn(story));
};

/** The registry's finding freezes the NGO's live requests where they stand. */
export const suspensionOf = (cast: Cast): Scenario => ({
  script: plainScript,
  aim: 'suspended',
  reached: ({ suspended }) => suspended,
  holdsBack: () => true,
  unasked: ({ suspended }) => (suspended ? null : suspension(cast)),
});
