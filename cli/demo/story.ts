// One demo lifecycle: which NGO asks for what, who acts, and how the story ends. Follows from the seed alone.
import { amountMinor } from '../../domain/amount.js';
import { budgetLinesFor } from '../../sample/budget.js';
import { addDays } from '../../sample/days.js';
import { governorateOf } from '../../sample/governorates.js';
import type { OrganisationRow } from '../../sample/organisation-rows.js';
import { organisationRows, planted } from '../../sample/organisation-rows.js';
import { reviewerOnBoard } from '../../sample/organisations.js';
import type { ProgrammeCode } from '../../sample/programmes.js';
import { minorOfPounds, programmes } from '../../sample/programmes.js';
import { requestCases } from '../../sample/request-cases.js';
import type { Stream } from '../../sample/stream.js';
import { streamFor } from '../../sample/stream.js';
import { titles } from '../../sample/titles.js';
import { endsAs, isAt, onTheWay, stopsAt, unaskedAt } from '../driving/aims.js';
import type { Cast } from '../driving/cast.js';
import { castFor } from '../driving/cast.js';
import type { DraftContent } from '../driving/form.js';
import type { Scenario } from '../driving/scenario.js';
import { appealCallId, demoCallId, lapseCallId } from '../seeding/demo-call.js';
import {
  conflictOf,
  declining,
  deferral,
  lifting,
  refund,
  visitSuspension,
  withdrawal,
} from '../driving/unasked-acts.js';
import { standIn } from './absence.js';
import type { Kind, Lifecycle } from './mix.js';

export type Story = {
  readonly cast: Cast;
  readonly content: DraftContent;
  readonly scenario: Scenario;
  readonly callId: string;
  /** A signatory of another NGO. */
  readonly stranger: string;
};

const withTarget = (target: string): number[] =>
  requestCases.filter(({ scenario }) => scenario === target).map(({ organisation }) => organisation);

/** NGOs whose payments bounce, hang or are refused by a rule, or that are not in order, take no part in plain lifecycles. */
const bouncing = withTarget('payment-rejected-replaced');
const unsuitable: readonly number[] = [
  ...withTarget('payment-unknown'),
  ...bouncing,
  planted.licenceExpired,
  planted.openViolation,
  planted.boardOfSix,
  planted.staleRegistryData,
  planted.borderPermitMissing,
  planted.secondRecord,
];
const suitable = organisationRows.filter(({ number }) => !unsuitable.includes(number));

const organisationFor = (stream: Stream, bounces: boolean): OrganisationRow =>
  stream.pick(bounces ? organisationRows.filter(({ number }) => bouncing.includes(number)) : suitable);

const ended =
  (outcome: string): Scenario['reached'] =>
  (seen) =>
    seen.outcome === outcome;

const callIdOf = (kind: Kind): string => {
  if (kind === 'lapsed') return lapseCallId;
  return kind === 'appeal-upheld' || kind === 'appeal-sent-back' ? appealCallId : demoCallId;
};

const conflicted = (cast: Cast): Scenario => {
  const member = cast.voters.at(-1) ?? '';
  const story = endsAs('closed', { conflictedReviewer: cast.reviewers[0] ?? null });
  return onTheWay(story, isAt('committee'), () => conflictOf(member));
};

/** The first money is there, and neither its receipt nor a report has been given: the next look would find both done at once. */
const isMidway: Scenario['reached'] = ({ tranches, reports, suspended }) =>
  !suspended && tranches[0]?.state === 'settled' && reports[0]?.state === 'expected';

const suspendedAndLifted = (cast: Cast): Scenario => {
  const story = onTheWay(endsAs('closed'), isMidway, () => visitSuspension(cast));
  return onTheWay(
    story,
    ({ suspended }) => suspended,
    () => lifting(cast),
  );
};

const refunding = (cast: Cast): Scenario => onTheWay(endsAs('closed'), isMidway, (seen) => refund(cast, seen));

const deferMs = 2_500;
const deferred = (cast: Cast, forMs: number | null): Scenario =>
  onTheWay(
    endsAs('closed'),
    (seen) => isAt('committee')(seen) && seen.awaited.some(({ command }) => command === 'closeItem'),
    () => deferral(cast, forMs),
  );

const incomplete = { screening: 'incomplete', notMet: ['two-years-of-final-accounts'] } as const;

type Told = { readonly cast: Cast; readonly content: DraftContent; readonly stream: Stream };

const scenarioOf = ({ kind, withdrawnAt }: Lifecycle, { cast, content, stream }: Told): Scenario => {
  const spentPercent = stream.pick([100, 100, 100, 95]);
  switch (kind) {
    case 'plain':
      return endsAs('closed', { spentPercent });
    case 'correction':
      return endsAs('closed', { spentPercent, ...incomplete });
    case 'returned':
      return endsAs('closed', { committeeReturnsFirst: true });
    case 'objection':
      return endsAs('closed', { objectingGovernorates: content.governorates.slice(0, 1) });
    case 'conflict':
      return conflicted(cast);
    case 'delegated':
      return endsAs('closed', { delegate: standIn });
    case 'appeal-upheld':
      return endsAs('rejected', { committee: 'reject', appeal: 'uphold' });
    case 'appeal-sent-back':
      return endsAs('closed', { committee: 'reject', appeal: 'send-back' });
    case 'suspended':
      return suspendedAndLifted(cast);
    case 'deferred':
      return deferred(cast, stream.pick([deferMs, null]));
    case 'lapsed':
      return { ...endsAs('lapsed', incomplete), holdsBack: ({ command }) => command === 'resubmit' };
    case 'refunded':
      return refunding(cast);
    case 'written-off':
      return endsAs('terminated', { spentPercent: 90, leftover: 'owed', recovers: 'written-off' });
    case 'rejected':
      return endsAs('rejected', { committee: 'reject' });
    case 'ineligible':
      return endsAs('ineligible', {
        screening: 'ineligible',
        notMet: ['active-board'],
        reasonCodes: ['board-number-even'],
      });
    case 'withdrawn': {
      const stop = stopsAt({ stage: withdrawnAt ?? 'screening' });
      return unaskedAt(stop, { act: () => withdrawal(cast), aim: 'withdrawn', then: ended('withdrawn') });
    }
    case 'declined':
      return unaskedAt(stopsAt({ stage: 'agreement' }), {
        act: () => declining(cast),
        aim: 'declined',
        then: ended('declined'),
      });
  }
};

const stepPounds = 500;
const today = (): string => new Date().toISOString().slice(0, 10);

/** Small grants, so that a demo shows the usual number of approvals and stays within the call's ceiling. */
const contentOf = (organisation: OrganisationRow, programme: ProgrammeCode, stream: Stream): DraftContent => {
  const { nameAr, nameEn } = governorateOf(organisation.governorate);
  const title = stream.pick(titles[programme]);
  const months = stream.pick([6, 9, 12]);
  const requested = minorOfPounds(stream.between(60_000 / stepPounds, 240_000 / stepPounds) * stepPounds);
  return {
    titleAr: title.ar.replace('{place}', `محافظة ${nameAr}`),
    titleEn: title.en.replace('{place}', `${nameEn} governorate`),
    summaryAr: `يهدف المشروع إلى ${title.aimAr}، وينفَّذ في محافظة ${nameAr}.`,
    governorates: [organisation.governorate],
    localityAr: nameAr,
    project: { startsOn: addDays(today(), 45), months, beneficiaries: stream.between(1, 12) * 100 },
    budgetLines: budgetLinesFor(programme, requested, months).filter((line) => line.amountMinor !== amountMinor(0n)),
  };
};

export const storyOf = (seed: string, lifecycle: Lifecycle): Story => {
  const stream = streamFor(seed, 'demo-lifecycle', lifecycle.index);
  const organisation = organisationFor(stream, lifecycle.bounces);
  const { code } = stream.pick(programmes);
  const usual = castFor({ organisationNumber: organisation.number, programmeCode: code, turn: lifecycle.index });
  // Whoever sits on the NGO's board is never asked to review it: the assignment would be refused.
  const isOnBoard = (reviewer: string): boolean =>
    reviewer === reviewerOnBoard && organisation.number === planted.reviewerOnBoard;
  const cast = { ...usual, reviewers: usual.reviewers.filter((reviewer) => !isOnBoard(reviewer)) };
  const other = stream.pick(suitable.filter(({ number }) => number !== organisation.number));
  const content = contentOf(organisation, code, stream);
  return {
    cast,
    content,
    scenario: scenarioOf(lifecycle, { cast, content, stream }),
    callId: callIdOf(lifecycle.kind),
    stranger: `signatory-${other.number}`,
  };
};
