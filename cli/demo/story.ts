// One demo lifecycle: which NGO asks for what, who acts, and how the story ends. Follows from the seed alone.
import { amountMinor } from '../../domain/amount.js';
import { budgetLinesFor } from '../../sample/budget.js';
import { addDays } from '../../sample/days.js';
import { governorateOf } from '../../sample/governorates.js';
import type { OrganisationRow } from '../../sample/organisation-rows.js';
import { organisationRows, planted } from '../../sample/organisation-rows.js';
import type { ProgrammeCode } from '../../sample/programmes.js';
import { minorOfPounds, programmes } from '../../sample/programmes.js';
import { requestCases } from '../../sample/request-cases.js';
import type { Stream } from '../../sample/stream.js';
import { streamFor } from '../../sample/stream.js';
import { titles } from '../../sample/titles.js';
import { endsAs, stopsAt, unaskedAt } from '../driving/aims.js';
import type { Cast } from '../driving/cast.js';
import { castFor } from '../driving/cast.js';
import type { DraftContent } from '../driving/form.js';
import type { Scenario } from '../driving/scenario.js';
import { declining, withdrawal } from '../driving/unasked-acts.js';
import type { Lifecycle } from './mix.js';

export type Story = {
  readonly cast: Cast;
  readonly content: DraftContent;
  readonly scenario: Scenario;
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

const scenarioOf = ({ kind, withdrawnAt }: Lifecycle, cast: Cast, stream: Stream): Scenario => {
  const spentPercent = stream.pick([100, 100, 100, 95]);
  switch (kind) {
    case 'plain':
      return endsAs('closed', { spentPercent });
    case 'correction':
      return endsAs('closed', { spentPercent, screening: 'incomplete', notMet: ['two-years-of-final-accounts'] });
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
  const cast = castFor({ organisationNumber: organisation.number, programmeCode: code, turn: lifecycle.index });
  const other = stream.pick(suitable.filter(({ number }) => number !== organisation.number));
  return {
    cast,
    content: contentOf(organisation, code, stream),
    scenario: scenarioOf(lifecycle, cast, stream),
    stranger: `signatory-${other.number}`,
  };
};
