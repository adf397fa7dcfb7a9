// What a recorded entry tells people outside the room: which notice, to whom. Pure, and without personal data: a notice names a
// kind, an audience and a request; who that is today and in which language they read is settled when it is delivered.
import type { Role } from './actor.js';
import type { Entry } from './audit-entry.js';
import type { EventKind, RequestEvent } from './event.js';
import type { GrantRequest } from './grant-request.js';
import { reportDeadlineId } from './grant-request.js';
import type { Outcome } from './lifecycle.js';
import { awaitedGovernorates } from './review/opinion-state.js';

export const noticeKinds = [
  'submission-received',
  'correction-asked',
  'work-assigned',
  'opinion-asked',
  'decision-refused',
  'agreement-to-sign',
  'agreement-concluded',
  'payment-settled',
  'tranche-reduced',
  'report-due-soon',
  'report-overdue',
  'report-returned',
  'instalment-due-soon',
  'instalment-overdue',
  'request-suspended',
  'suspension-lifted',
  'request-ended',
  'authority-unresolved',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** One person, the people of one NGO, or the holders of a role (in one governorate, when it says so). */
export type NoticeAudience =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'organisation'; readonly organisationId: string }
  | { readonly kind: 'role'; readonly role: Role; readonly governorate?: string };

export type Notice = {
  readonly kind: NoticeKind;
  readonly audience: NoticeAudience;
  /** Of the report or tranche it is about. */
  readonly number?: number;
  /** When it is told; a reminder lies in the future. */
  readonly atMs: number;
};

/** An audience in one word, so that a notice has an id that follows from what it says. */
export const audienceName = (audience: NoticeAudience): string => {
  switch (audience.kind) {
    case 'person':
      return `person/${audience.personId}`;
    case 'organisation':
      return `organisation/${audience.organisationId}`;
    case 'role':
      return audience.governorate === undefined
        ? `role/${audience.role}`
        : `role/${audience.role}/governorate/${audience.governorate}`;
  }
};

/** The one who brought it about knows already; these outcomes come from somebody else or from a clock. */
const outcomesTold: readonly Outcome[] = ['lapsed', 'terminated', 'closed'];

/** How long before its due time a report is asked for. */
export const remindBeforeMs = 14 * 86_400_000;

/** The one page a notice leads to, below the address people reach Sanad at. */
export const requestPage = (requestId: string): string => `/requests/${requestId}`;

type Said = Omit<Notice, 'atMs'> & { readonly atMs?: number };
type About = { readonly after: GrantRequest; readonly ngo: NoticeAudience; readonly nowMs: number };
type Telling = { readonly [K in EventKind]?: (event: RequestEvent<K>, about: About) => Said[] };

const reminders = ({ reports }: Pick<RequestEvent<'agreementConcluded'>, 'reports'>, { ngo, nowMs }: About): Said[] =>
  reports.map(({ number, dueAtMs }) => {
    // A report that is due sooner than a reminder would come is asked for half way.
    const atMs = Math.max(dueAtMs - remindBeforeMs, nowMs + Math.floor((dueAtMs - nowMs) / 2));
    return { kind: 'report-due-soon', audience: ngo, number, atMs };
  });

const opinionsAsked = (request: GrantRequest): Said[] =>
  awaitedGovernorates(request).map((governorate) => ({
    kind: 'opinion-asked',
    audience: { kind: 'role', role: 'directorateOfficer', governorate },
  }));

const refusedWhen = (refused: boolean, ngo: NoticeAudience): Said[] =>
  refused ? [{ kind: 'decision-refused', audience: ngo }] : [];

const ofReport = /^report-(\d+)$/;
const ofInstalment = /^instalment-(\d+)$/;

/** Told to the NGO when the deadline is one of these. */
const aboutNumber = (kind: NoticeKind, pattern: RegExp, deadlineId: string, audience: NoticeAudience): Said[] => {
  const number = pattern.exec(deadlineId)?.[1];
  return number === undefined ? [] : [{ kind, audience, number: Number(number) }];
};

/** Which events tell somebody something; all others are seen by those who open the request. */
const telling: Telling = {
  requestSubmitted: (_, { ngo }) => [{ kind: 'submission-received', audience: ngo }],
  correctionAsked: (_, { ngo }) => [{ kind: 'correction-asked', audience: ngo }],
  screeningRecorded: ({ verdict }, { ngo }) => refusedWhen(verdict === 'ineligible', ngo),
  itemClosed: ({ verdict }, { ngo }) => refusedWhen(verdict === 'reject', ngo),
  approvalRecorded: ({ verdict }, { ngo }) => refusedWhen(verdict === 'reject', ngo),
  reviewersAssigned: ({ reviewers }) =>
    reviewers.map(({ personId }) => ({ kind: 'work-assigned', audience: { kind: 'person', personId } })),
  stageEntered: ({ stage }, { ngo, after }) => {
    if (stage === 'agreement') return [{ kind: 'agreement-to-sign', audience: ngo }];
    return stage === 'regional-opinion' ? opinionsAsked(after) : [];
  },
  authorityUnresolved: () => [{ kind: 'authority-unresolved', audience: { kind: 'role', role: 'administrator' } }],
  agreementConcluded: (event, about) => [
    { kind: 'agreement-concluded', audience: about.ngo },
    ...reminders(event, about),
  ],
  awardConcluded: reminders,
  paymentSettled: ({ number }, { ngo }) => [{ kind: 'payment-settled', audience: ngo, number }],
  deadlineReminded: ({ deadlineId }, { ngo }) => aboutNumber('instalment-due-soon', ofInstalment, deadlineId, ngo),
  deadlineMissed: ({ deadlineId }, { ngo }) => [
    ...aboutNumber('report-overdue', ofReport, deadlineId, ngo),
    ...aboutNumber('instalment-overdue', ofInstalment, deadlineId, ngo),
  ],
  trancheEarned: ({ number, unearnedMinor }, { ngo }) =>
    unearnedMinor === '0' ? [] : [{ kind: 'tranche-reduced', audience: ngo, number }],
  trancheUnearned: ({ number }, { ngo }) => [{ kind: 'tranche-reduced', audience: ngo, number }],
  reportReviewed: ({ verdict, number }, { ngo }) =>
    verdict === 'returned' ? [{ kind: 'report-returned', audience: ngo, number }] : [],
  requestSuspended: (_, { ngo }) => [{ kind: 'request-suspended', audience: ngo }],
  suspensionLifted: (_, { ngo }) => [{ kind: 'suspension-lifted', audience: ngo }],
  requestEnded: ({ outcome }, { ngo }) =>
    outcomesTold.includes(outcome) ? [{ kind: 'request-ended', audience: ngo }] : [],
};

const said = <K extends EventKind>(event: RequestEvent<K>, about: About): Said[] => {
  const tell: Telling[K] = telling[event.kind];
  return tell?.(event, about) ?? [];
};

/** Everything one entry tells; the same entry always tells the same, each notice once. */
export const noticesOf = (after: GrantRequest, entry: Entry): Notice[] => {
  const { file } = after;
  if (file === null) return [];
  const ngo: NoticeAudience = { kind: 'organisation', organisationId: file.organisationId };
  const about: About = { after, ngo, nowMs: entry.atMs };
  return entry.events
    .flatMap((event) => said(event, about))
    .map((notice) => ({ ...notice, atMs: notice.atMs ?? entry.atMs }));
};

const dayMs = 86_400_000;

/**
 * When a notice whose time has come is told: now, later, or never. Only a reminder can be overtaken by what happened since it
 * was written: the report came, its due time moved, or the clocks stand still.
 */
export const whenToTell = (
  { kind, number }: Pick<Notice, 'kind' | 'number'>,
  request: GrantRequest,
  nowMs: number,
): number | null => {
  if (kind !== 'report-due-soon') return nowMs;
  const report = request.reports.find((one) => one.number === number);
  if (request.outcome !== null || report?.state !== 'expected') return null;
  if (request.suspension !== null) return nowMs + dayMs;
  const due = request.deadlines.find(({ id, step }) => id === reportDeadlineId(report.number) && step === 'due');
  return due === undefined ? null : Math.max(due.atMs - remindBeforeMs, nowMs);
};
