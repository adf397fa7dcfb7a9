// Who plays which part for one request, by the ids of the sample people (sample/people.ts), so that no person has two duties
// that exclude each other.
import { approversPerLevel } from '../../sample/people.js';
import type { ProgrammeCode } from '../../sample/programmes.js';
import { programmes } from '../../sample/programmes.js';

export type Cast = {
  readonly applicant: string;
  readonly signatory: string;
  readonly screeningOfficer: string;
  readonly secretary: string;
  /** In the order in which they are asked; more than a plan wants, for conflicts and widely differing scores. */
  readonly reviewers: readonly string[];
  readonly present: readonly string[];
  readonly voters: readonly string[];
  readonly chair: string;
  readonly fundSignatory: string;
  readonly financeOfficer: string;
  readonly paymentReleaser: string;
  readonly monitoringOfficer: string;
  /** The other one, e.g. to lift what the first imposed. */
  readonly otherMonitoringOfficer: string;
};

/** Reads everything, decides nothing: who looks at requests for the driver. */
export const observer = 'auditor';

export type Casting = {
  readonly organisationNumber: number;
  readonly programmeCode: ProgrammeCode;
  /** Shares the work out among the holders of a role. */
  readonly turn: number;
};

const nth = (slug: string, count: number, turn: number): string => `${slug}-${(turn % count) + 1}`;

const rotated = <T>(items: readonly T[], by: number): T[] => {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
};

const memberCount = 11;
const members = Array.from({ length: memberCount }, (_, index) => `committee-member-${index + 1}`);
const chair = 'committee-chair';
/** The same for every request: sessions are of the committee, not of a request. */
export const committee = { chair, secretary: 'committee-secretary', present: [chair, ...members] } as const;
/** One more than the quorum of the reference plan. */
const voterCount = 8;

const reviewersOf = (programme: ProgrammeCode): string[] =>
  [1, 2, 3].map((number) => `reviewer-${programme}-${number}`);

export const castFor = ({ organisationNumber, programmeCode, turn }: Casting): Cast => {
  const others = rotated(programmes, turn).filter(({ code }) => code !== programmeCode);
  return {
    applicant: `applicant-${organisationNumber}`,
    signatory: `signatory-${organisationNumber}`,
    screeningOfficer: nth('screening-officer', 2, turn),
    secretary: committee.secretary,
    reviewers: [...reviewersOf(programmeCode), ...others.flatMap(({ code }) => reviewersOf(code))],
    present: committee.present,
    voters: rotated(members, turn).slice(0, voterCount),
    chair,
    fundSignatory: nth('fund-signatory', 2, turn),
    financeOfficer: nth('finance-officer', 3, turn),
    paymentReleaser: nth('payment-releaser', 2, turn),
    monitoringOfficer: nth('monitoring-officer', 3, turn),
    otherMonitoringOfficer: nth('monitoring-officer', 3, turn + 1),
  };
};

/** `directorate-officer-alx` for EG-ALX. */
export const directorateOfficerOf = (governorate: string): string =>
  `directorate-officer-${governorate.replace(/^EG-/, '').toLowerCase()}`;

/** Approvers of a level, all of them: the caller takes the first who has not approved yet. */
export const approversOf = (level: string): string[] => {
  const count = Object.entries(approversPerLevel).find(([name]) => name === level)?.[1] ?? 0;
  return Array.from({ length: count }, (_, index) => `approver-${level}-${index + 1}`);
};
