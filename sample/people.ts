// The invented people of domain.md §7.3: every role, each person with one account and grants that have dates.
import type { Role, RoleHeld } from '../domain/actor.js';
import type { GovernorateCode } from './governorates.js';
import { governorates } from './governorates.js';
import { identityOf } from './identity.js';
import { organisationIdOf } from './organisations.js';
import { organisationRows } from './organisation-rows.js';
import type { FundingSourceCode, ProgrammeCode } from './programmes.js';
import { programmes } from './programmes.js';

export type ApproverLevel =
  | 'programme-director'
  | 'executive-director'
  | 'board-deputy'
  | 'board-chair'
  | 'minister-delegate'
  | 'appeal-panel';

export type Grant = Omit<RoleHeld, 'governorate' | 'level'> & {
  readonly governorate?: GovernorateCode;
  readonly level?: ApproverLevel;
  readonly civilSociety?: true;
  readonly from: string;
  readonly until: string | null;
};

export type CommitteeSeat = 'chair' | 'senior-official' | 'central-unit-head' | 'state-council' | 'civil-society';

export type Person = {
  /** A readable slug such as `screening-officer-1`; it never derives from the name. */
  readonly id: string;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly email: string;
  readonly nationalId: string;
  readonly organisationId?: string;
  readonly committeeSeat?: CommitteeSeat;
  /** The sector of a reviewer. */
  readonly programmeCode?: ProgrammeCode;
  /** The only source whose projects a donor observer sees. */
  readonly fundingSourceCode?: FundingSourceCode;
  readonly grants: readonly Grant[];
  readonly synthetic: true;
};

/** The start of the fiscal year of the envelopes. */
const grantedFrom = '2025-07-01T00:00:00.000Z';

type Scope = Pick<Grant, 'organisationId' | 'governorate' | 'level' | 'civilSociety'>;
type Post = {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly domain?: string;
  readonly scope?: Scope;
  readonly more?: Pick<Person, 'organisationId' | 'committeeSeat' | 'programmeCode' | 'fundingSourceCode'>;
};

const times = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

const numbered = (count: number, slug: string, role: Role): Post[] =>
  times(count, (number) => ({ id: `${slug}-${number}`, roles: [role] }));

const ngoPosts = (seed: string): Post[] =>
  organisationRows.flatMap(({ number }) => {
    const organisationId = organisationIdOf(seed, number);
    const shared = { domain: `ngo-${number}.example`, scope: { organisationId }, more: { organisationId } };
    return [
      { id: `applicant-${number}`, roles: ['applicant'], ...shared },
      { id: `signatory-${number}`, roles: ['signatory'], ...shared },
    ] satisfies Post[];
  });

/** The eleven besides the chair, in the order of `committee-member-1` to `-11`. */
const memberSeats: readonly CommitteeSeat[] = [
  'senior-official',
  'senior-official',
  'central-unit-head',
  'state-council',
  ...times(7, (): CommitteeSeat => 'civil-society'),
];

const committeePosts: readonly Post[] = [
  { id: 'committee-chair', roles: ['committeeChair', 'committeeMember'], more: { committeeSeat: 'chair' } },
  ...memberSeats.map(
    (committeeSeat, index): Post => ({
      id: `committee-member-${index + 1}`,
      roles: ['committeeMember'],
      scope: committeeSeat === 'civil-society' ? { civilSociety: true } : {},
      more: { committeeSeat },
    }),
  ),
  { id: 'committee-secretary', roles: ['committeeSecretary'] },
];

const reviewerPosts: readonly Post[] = programmes.flatMap(({ code }) =>
  times(
    3,
    (number): Post => ({ id: `reviewer-${code}-${number}`, roles: ['reviewer'], more: { programmeCode: code } }),
  ),
);

/** `directorate-officer-alx` for EG-ALX. */
const directoratePosts: readonly Post[] = governorates.map(({ code }) => ({
  id: `directorate-officer-${code.slice('EG-'.length).toLowerCase()}`,
  roles: ['directorateOfficer'],
  domain: 'directorate.example',
  scope: { governorate: code },
}));

/** One person more at each level than the authority matrix asks for (lifecycle.md §6). */
export const approversPerLevel = {
  'programme-director': 2,
  'executive-director': 2,
  'board-deputy': 3,
  'board-chair': 2,
  'minister-delegate': 2,
  // Four, so that three are left when one had a part in the decision.
  'appeal-panel': 4,
} as const satisfies Record<ApproverLevel, number>;

const approverPosts = (level: ApproverLevel): Post[] =>
  times(approversPerLevel[level], (number) => ({
    id: `approver-${level}-${number}`,
    roles: ['approver'],
    scope: { level },
  }));

const fundPosts: readonly Post[] = [
  ...numbered(2, 'screening-officer', 'screeningOfficer'),
  ...approverPosts('programme-director'),
  ...approverPosts('executive-director'),
  ...approverPosts('board-deputy'),
  ...approverPosts('board-chair'),
  ...approverPosts('minister-delegate'),
  ...approverPosts('appeal-panel'),
  ...numbered(2, 'fund-signatory', 'fundSignatory'),
  ...numbered(3, 'finance-officer', 'financeOfficer'),
  ...numbered(2, 'payment-releaser', 'paymentReleaser'),
  ...numbered(2, 'reconciler', 'reconciler'),
  ...numbered(3, 'monitoring-officer', 'monitoringOfficer'),
  { id: 'auditor', roles: ['auditor'] },
  {
    id: 'donor-observer',
    roles: ['donorObserver'],
    domain: 'donor.example',
    more: { fundingSourceCode: 'restricted-donor' },
  },
  { id: 'administrator', roles: ['administrator'] },
  { id: 'operator', roles: ['operator'] },
];

const personIn = (seed: string, post: Post): Person => ({
  id: post.id,
  ...identityOf(seed, post.id),
  email: `${post.id}@${post.domain ?? 'fund.example'}`,
  ...post.more,
  grants: post.roles.map((role) => ({ role, ...post.scope, from: grantedFrom, until: null })),
  synthetic: true,
});

export const generatePeople = (seed: string): Person[] =>
  [...ngoPosts(seed), ...committeePosts, ...reviewerPosts, ...directoratePosts, ...fundPosts].map((post) =>
    personIn(seed, post),
  );
