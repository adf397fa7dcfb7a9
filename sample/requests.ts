// Sample requests: each case of the table with its amount, budget, place and Arabic text. Sums are asserted here.
import type { AmountMinor } from '../domain/amount.js';
import { amountMinor, sumMinor } from '../domain/amount.js';
import type { BudgetLine } from './budget.js';
import { budgetLinesFor, factorsInTenths, requestedAmount } from './budget.js';
import { callCodeFor } from './calls.js';
import { addDays, dayOf, nearestWorkingDay } from './days.js';
import { arabicDigits } from './digits.js';
import type { GovernorateCode } from './governorates.js';
import { governorateOf } from './governorates.js';
import { organisationIdOf } from './organisations.js';
import { organisationRows } from './organisation-rows.js';
import type { ProgrammeCode } from './programmes.js';
import { minorOfPounds } from './programmes.js';
import type { RequestCase } from './request-cases.js';
import { requestCases } from './request-cases.js';
import type { Lateness, Scenario } from './scenarios.js';
import type { Stream } from './stream.js';
import { opaqueId, pathOf, streamFor } from './stream.js';
import type { Title } from './titles.js';
import { neighbourhoods, titles, villages } from './titles.js';

export type SampleSize = 'small' | 'full';

export type SampleRequest = {
  readonly index: number;
  /** The business key: the same seed gives the same one at every size and on every day. */
  readonly key: string;
  readonly id: string;
  readonly organisationId: string;
  readonly organisationNumber: number;
  readonly programmeCode: ProgrammeCode;
  readonly callCode: string;
  readonly governorates: readonly GovernorateCode[];
  readonly localityAr: string;
  readonly titleAr: string;
  readonly titleEn: string;
  readonly summaryAr: string;
  readonly project: { readonly startsOn: string; readonly months: number; readonly beneficiaries: number };
  readonly budgetLines: readonly BudgetLine[];
  readonly requestedMinor: AmountMinor;
  /** Where the driver leaves it. */
  readonly target: Scenario;
  readonly lateness?: Lateness;
  /** A registry finding on the NGO freezes it where it stands. */
  readonly suspended?: true;
};

type Place = { readonly ar: string; readonly en: string };

const placeText = (codes: readonly GovernorateCode[]): Place => {
  const places = codes.map(governorateOf);
  const arabic = places.map((place) => place.nameAr).join(' و');
  const english = places.map((place) => place.nameEn);
  if (places.length === 1) return { ar: `محافظة ${arabic}`, en: `${english.join('')} governorate` };
  return {
    ar: `محافظات ${arabic}`,
    en: `${english.slice(0, -1).join(', ')} and ${english.slice(-1).join('')} governorates`,
  };
};

const governoratesOf = (row: RequestCase): readonly GovernorateCode[] => {
  if (row.governorates !== undefined) return row.governorates;
  return organisationRows.filter(({ number }) => number === row.organisation).map(({ governorate }) => governorate);
};

/** By the NGO's number, so that neighbours, whose numbers are close, do not ask for the same project by accident. */
const titleOf = (row: RequestCase): Title => {
  const list = titles[row.programme];
  const title = list[row.title ?? row.organisation % list.length];
  if (title === undefined) throw new Error(`request case ${row.index} names a title that ${row.programme} lacks`);
  return title;
};

const urban: readonly GovernorateCode[] = ['EG-C', 'EG-ALX', 'EG-PTS', 'EG-SUZ'];

const localityOf = (row: RequestCase, governorates: readonly GovernorateCode[], stream: Stream): string => {
  const inTown = row.programme === 'early-childhood' || governorates.some((code) => urban.includes(code));
  const list = inTown ? neighbourhoods : villages;
  const drawn = stream.pick(list);
  return row.locality === undefined ? drawn : (list[row.locality] ?? drawn);
};

/** The counted noun is plural from 3 to 10 and singular in the accusative from 11 to 99. */
const monthsInArabic = (months: number): string => `${arabicDigits(months)} ${months <= 10 ? 'أشهر' : 'شهراً'}`;

const amountOf = (row: RequestCase, stream: Stream): bigint => {
  const factor = row.factor ?? stream.pick(factorsInTenths);
  return row.requestedEgp === undefined ? requestedAmount(row.programme, factor) : minorOfPounds(row.requestedEgp);
};

/** Hundreds keep the counted noun in the singular genitive, so that the Arabic sentence stays right. */
const beneficiariesFor = (requested: bigint, stream: Stream): number => {
  const poundsEach = stream.pick([900, 1_500, 2_400]);
  return Math.max(1, Math.round(Number(requested / minorOfPounds(1)) / poundsEach / 100)) * 100;
};

const requestFrom = (seed: string, demoNow: string, row: RequestCase): SampleRequest => {
  const stream = streamFor(seed, 'request', row.index);
  const governorates = governoratesOf(row);
  const place = placeText(governorates);
  const title = titleOf(row);
  const requested = amountOf(row, stream);
  const months = stream.pick([6, 8, 9, 10, 12, 18]);
  const localityAr = localityOf(row, governorates, stream);
  const beneficiaries = beneficiariesFor(requested, stream);
  const startsOn = nearestWorkingDay(addDays(dayOf(demoNow), stream.between(30, 120)));
  const titleAr = title.ar.replace('{place}', place.ar);
  return {
    index: row.index,
    key: pathOf(seed, 'request', row.index),
    id: opaqueId(seed, 'request', row.index),
    organisationId: organisationIdOf(seed, row.organisation),
    organisationNumber: row.organisation,
    programmeCode: row.programme,
    callCode: callCodeFor(row.programme, row.scenario === 'draft' ? row.lateness : undefined),
    governorates,
    localityAr,
    titleAr,
    titleEn: title.en.replace('{place}', place.en),
    summaryAr:
      `يهدف المشروع إلى ${title.aimAr}. ينفَّذ في ${localityAr} والمناطق المجاورة في ${place.ar} على مدى ` +
      `${monthsInArabic(months)}، ويستهدف ${arabicDigits(beneficiaries)} مستفيد.`,
    project: { startsOn, months, beneficiaries },
    budgetLines: checkedLines(row, requested, months),
    requestedMinor: amountMinor(requested),
    target: row.scenario,
    ...(row.lateness === undefined ? {} : { lateness: row.lateness }),
    ...(row.suspended === undefined ? {} : { suspended: row.suspended }),
  };
};

const checkedLines = (row: RequestCase, requested: bigint, months: number): BudgetLine[] => {
  const lines = budgetLinesFor(row.programme, requested, months);
  const sum = sumMinor(lines.map((line) => line.amountMinor));
  if (sum !== requested) throw new Error(`budget of request case ${row.index} adds up to ${sum}, not ${requested}`);
  return lines;
};

export type RequestSettings = { readonly seed: string; readonly demoNow: string; readonly size: SampleSize };

export const generateRequests = ({ seed, demoNow, size }: RequestSettings): SampleRequest[] =>
  requestCases.filter((row) => size === 'full' || row.small === true).map((row) => requestFrom(seed, demoNow, row));
