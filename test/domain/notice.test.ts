// Notices: what an entry tells whom, and that what is written on the outside of an e-mail says nothing about anybody.
import { describe, expect, it } from '@jest/globals';
import { applyEntry } from '../../domain/apply.js';
import type { RequestEvent } from '../../domain/event.js';
import { emptyRequest } from '../../domain/grant-request.js';
import type { Notice } from '../../domain/notice.js';
import { audienceName, noticeKinds, noticesOf, remindBeforeMs, requestPage, whenToTell } from '../../domain/notice.js';
import { noticeText } from '../../domain/notice-text.js';
import { outcomes } from '../../domain/lifecycle.js';
import type { Journey } from '../support/journey.js';
import {
  acceptReport,
  approveBody,
  dayMs,
  fileOf,
  journeyTo,
  metChecklist,
  openWith,
  payTranche,
} from '../support/journey.js';
import { members, organisationId, people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const all = (told: Journey): Notice[] => {
  let request = emptyRequest(told.request().id, 0, 0);
  return told.entries().flatMap((entry) => {
    request = applyEntry(request, entry);
    return noticesOf(request, entry);
  });
};
const spoken = (notices: readonly Notice[]): string[] =>
  notices.map((notice) => [notice.kind, notice.number, audienceName(notice.audience)].filter(Boolean).join(' '));
const lastOf = (told: Journey): string[] => {
  const entry = told.entries().at(-1);
  if (entry === undefined) throw new Error('nothing happened yet');
  return spoken(noticesOf(told.request(), entry));
};
const ngo = `organisation/${organisationId}`;
const points = [{ section: 'budget', note: 'the sums differ' }];

describe('a request that goes the plain way', () => {
  it('tells its NGO of every step that concerns it, and others only of their own work', () => {
    expect(spoken(all(journeyTo(undefined, calmPlan)))).toEqual([
      `submission-received ${ngo}`,
      'opinion-asked role/directorateOfficer/governorate/EG-C',
      'work-assigned person/reviewer-1',
      'work-assigned person/reviewer-2',
      'work-assigned person/reviewer-3',
      `agreement-to-sign ${ngo}`,
      `agreement-concluded ${ngo}`,
      ...[1, 2, 3].map((number) => `report-due-soon ${number} ${ngo}`),
      ...[1, 2, 3, 4].map((number) => `payment-settled ${number} ${ngo}`),
      `request-ended ${ngo}`,
    ]);
  });
});

describe('a request that leaves it', () => {
  it('tells its NGO of a correction asked for and of a refusal at every place that can refuse', () => {
    const answered = { checklist: metChecklist(calmPlan), points: [], reasonCodes: [] };
    const screening = journeyTo('screening');
    screening.act(people.hana, 'recordScreening', { ...answered, verdict: 'incomplete', points });
    expect(lastOf(screening)).toEqual([`correction-asked ${ngo}`]);

    const ineligible = journeyTo('screening');
    ineligible.act(people.hana, 'recordScreening', { ...answered, verdict: 'ineligible', reasonCodes: ['not-an-ngo'] });
    expect(lastOf(ineligible)).toEqual([`decision-refused ${ngo}`]);

    const committee = journeyTo('committee').act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) committee.act(member, 'castVote', { vote: 'reject' });
    committee.act(people.chair, 'closeItem', { ...approveBody, verdict: 'reject' }, { reason: 'weak' });
    expect(lastOf(committee)).toEqual([`decision-refused ${ngo}`]);

    const authority = journeyTo('authority');
    authority.act(people.programmeDirector, 'recordApproval', { verdict: 'reject' }, { reason: 'no' });
    expect(lastOf(authority)).toEqual([`decision-refused ${ngo}`]);
  });

  it('tells its NGO of suspension and lifting, of returned and overdue reports', () => {
    const told = payTranche(journeyTo('implementation'), 1);
    told.act(people.monitor, 'suspend', { ground: 'registry-finding' }, { reason: 'found' });
    expect(lastOf(told)).toEqual([`request-suspended ${ngo}`]);
    told.act(people.deputy, 'liftSuspension', {}, { reason: 'gone' });
    expect(lastOf(told)).toEqual([`suspension-lifted ${ngo}`]);

    const late = payTranche(journeyTo('implementation'), 1);
    while (late.request().reports[0]?.state === 'expected') late.passDeadline();
    expect(lastOf(late)).toEqual([`report-overdue 1 ${ngo}`]);

    const back = payTranche(journeyTo('implementation'), 1);
    const report = { number: 1, spentMinor: '1', indicators: [], documentSha256: 'c'.repeat(64) };
    back.act(people.adel, 'submitReport', report);
    back.act(people.monitor, 'recordReportReview', { number: 1, verdict: 'returned', points });
    expect(lastOf(back)).toEqual([`report-returned 1 ${ngo}`]);
  });

  it('tells nobody of a late stage: a passed due time is not news to an NGO', () => {
    const told = journeyTo('screening').passDeadline();

    expect(told.request().position.lateness).toBe('late');
    expect(lastOf(told)).toEqual([]);
  });
});

describe('one event', () => {
  const told = journeyTo('regional-opinion');
  const [entry] = told.entries();
  if (entry === undefined) throw new Error('the request was submitted');
  const tells = (event: RequestEvent, after = told.request()): Notice[] =>
    noticesOf(after, { ...entry, events: [event] });

  const checklist = { checklist: [], reasonCodes: [] };
  const item = { tally: { approve: 0, reject: 8, abstain: 0 }, castingVote: false, answersToObjections: {} };
  const earned = { number: 2, plannedMinor: '9', earnedMinor: '9', indicator: 'i', reached: 1, target: 1 };
  const reviewers = ['mona', 'karim'].map((personId) => ({ personId, name: personId }));

  it.each<readonly [string, RequestEvent, string[]]>([
    ['requestSubmitted', { kind: 'requestSubmitted', file: fileOf() }, [`submission-received ${ngo}`]],
    ['correctionAsked', { kind: 'correctionAsked', returnTo: 'screening', points }, [`correction-asked ${ngo}`]],
    [
      'screeningRecorded',
      { kind: 'screeningRecorded', verdict: 'ineligible', ...checklist },
      [`decision-refused ${ngo}`],
    ],
    ['screeningRecorded', { kind: 'screeningRecorded', verdict: 'eligible', ...checklist }, []],
    ['screeningRecorded', { kind: 'screeningRecorded', verdict: 'incomplete', ...checklist }, []],
    ['itemClosed', { kind: 'itemClosed', verdict: 'reject', ...item }, [`decision-refused ${ngo}`]],
    ['itemClosed', { kind: 'itemClosed', verdict: 'approve', ...item }, []],
    ['itemClosed', { kind: 'itemClosed', verdict: 'defer', ...item }, []],
    [
      'reviewersAssigned',
      { kind: 'reviewersAssigned', reviewers, wanted: 2 },
      ['work-assigned person/mona', 'work-assigned person/karim'],
    ],
    ['stageEntered', { kind: 'stageEntered', stage: 'agreement', dueAtMs: 0 }, [`agreement-to-sign ${ngo}`]],
    ['stageEntered', { kind: 'stageEntered', stage: 'committee', dueAtMs: 0 }, []],
    [
      'stageEntered',
      { kind: 'stageEntered', stage: 'regional-opinion', dueAtMs: 0 },
      ['opinion-asked role/directorateOfficer/governorate/EG-C'],
    ],
    [
      'authorityUnresolved',
      { kind: 'authorityUnresolved', basisMinor: '5' },
      ['authority-unresolved role/administrator'],
    ],
    [
      'paymentSettled',
      { kind: 'paymentSettled', number: 2, instructionId: 'i', amountMinor: '5' },
      [`payment-settled 2 ${ngo}`],
    ],
    ['deadlineReminded', { kind: 'deadlineReminded', deadlineId: 'instalment-12' }, [`instalment-due-soon 12 ${ngo}`]],
    ['deadlineReminded', { kind: 'deadlineReminded', deadlineId: 'report-1' }, []],
    ['deadlineReminded', { kind: 'deadlineReminded', deadlineId: 'stage' }, []],
    ['deadlineReminded', { kind: 'deadlineReminded', deadlineId: 'no-instalment-1' }, []],
    ['deadlineReminded', { kind: 'deadlineReminded', deadlineId: 'instalment-1-again' }, []],
    [
      'deadlineMissed',
      { kind: 'deadlineMissed', deadlineId: 'report-12', nextAtMs: null },
      [`report-overdue 12 ${ngo}`],
    ],
    [
      'deadlineMissed',
      { kind: 'deadlineMissed', deadlineId: 'instalment-3', nextAtMs: null },
      [`instalment-overdue 3 ${ngo}`],
    ],
    ['deadlineMissed', { kind: 'deadlineMissed', deadlineId: 'stage', nextAtMs: null }, []],
    ['deadlineMissed', { kind: 'deadlineMissed', deadlineId: 'no-report-1', nextAtMs: null }, []],
    ['deadlineMissed', { kind: 'deadlineMissed', deadlineId: 'report-1-again', nextAtMs: null }, []],
    ['trancheEarned', { kind: 'trancheEarned', ...earned, unearnedMinor: '1' }, [`tranche-reduced 2 ${ngo}`]],
    ['trancheEarned', { kind: 'trancheEarned', ...earned, unearnedMinor: '0' }, []],
    [
      'trancheUnearned',
      { kind: 'trancheUnearned', number: 3, amountMinor: '5', condition: 'spent-share' },
      [`tranche-reduced 3 ${ngo}`],
    ],
    ['trancheReady', { kind: 'trancheReady', number: 2 }, []],
    ['holdEnded', { kind: 'holdEnded' }, []],
  ])('%s tells who it concerns', (_kind, event, expected) => {
    const notices = tells(event);
    expect(spoken(notices)).toEqual(expected);
    for (const { atMs } of notices) expect(atMs).toBe(entry.atMs);
  });

  it('asks every directorate whose opinion is still awaited', () => {
    const { file, ...request } = told.request();
    const wide = { ...request, file: file && { ...file, governorates: ['EG-C', 'EG-GZ', 'EG-ALX'] } };
    const opinions = { 'EG-GZ': 'support' } as const;
    expect(
      spoken(tells({ kind: 'stageEntered', stage: 'regional-opinion', dueAtMs: 0 }, { ...wide, opinions })),
    ).toEqual([
      'opinion-asked role/directorateOfficer/governorate/EG-C',
      'opinion-asked role/directorateOfficer/governorate/EG-ALX',
    ]);
  });

  it('tells of an end that the NGO did not bring about and was not told of yet', () => {
    const toldOf = outcomes.filter((outcome) => tells({ kind: 'requestEnded', outcome }).length > 0);
    expect(toldOf.sort()).toEqual(['closed', 'lapsed', 'terminated']);
    expect(spoken(tells({ kind: 'requestEnded', outcome: 'lapsed' }))).toEqual([`request-ended ${ngo}`]);
  });

  it('tells nobody anything before there is a submission', () => {
    expect(tells({ kind: 'requestEnded', outcome: 'lapsed' }, emptyRequest('r', 0, 0))).toEqual([]);
  });

  it('writes a reminder of each report, two weeks before it is due, or half way where that is sooner', () => {
    const report = { kind: 'progress', state: 'expected', changedVersion: 1, spentMinor: '0' } as const;
    const reports = [20, 28, 29, 101].map((days, index) => ({
      ...report,
      number: index + 1,
      dueAtMs: entry.atMs + days * dayMs + 1,
    }));
    const concluded = { amountMinor: '5', tranches: [], reports };
    const reminders = [10, 14, 15, 87].map((days, index) => ({
      ...{ kind: 'report-due-soon', number: index + 1, audience: { kind: 'organisation', organisationId } },
      atMs: entry.atMs + days * dayMs + (days < 14 ? 0 : 1),
    }));
    expect(tells({ kind: 'awardConcluded', ...concluded })).toEqual(reminders);
    expect(tells({ kind: 'agreementConcluded', ...concluded }).slice(1)).toEqual(reminders);
    expect(spoken(tells({ kind: 'agreementConcluded', ...concluded }).slice(0, 1))).toEqual([
      `agreement-concluded ${ngo}`,
    ]);
  });
});

describe('a notice', () => {
  it.each([
    [{ kind: 'person', personId: 'mona' }, 'person/mona'],
    [{ kind: 'organisation', organisationId: 'ngo' }, 'organisation/ngo'],
    [{ kind: 'role', role: 'auditor' }, 'role/auditor'],
    [{ kind: 'role', role: 'auditor', governorate: 'EG-C' }, 'role/auditor/governorate/EG-C'],
  ] as const)('has an audience that is named in one word', (audience, name) => {
    expect(audienceName(audience)).toBe(name);
  });

  it('leads to the page of its request', () => {
    expect(requestPage('req1')).toBe('/requests/req1');
  });
});

describe('a reminder of a report', () => {
  const told = journeyTo('implementation');
  const reminder = all(told).find(({ kind }) => kind === 'report-due-soon');
  const firstDue = told.request().reports[0]?.dueAtMs ?? 0;
  const asked = { kind: 'report-due-soon', number: 1 } as const;

  it('comes before the report is due', () => {
    expect(reminder?.atMs).toBeGreaterThan(told.nowMs());
    expect(reminder?.atMs).toBeLessThan(firstDue);
  });

  it('is told when the report is still expected, and never once it is in', () => {
    expect(whenToTell(asked, told.request(), firstDue - dayMs)).toBe(firstDue - dayMs);

    const reported = acceptReport(payTranche(journeyTo('implementation'), 1), 1, '20000000');
    expect(whenToTell(asked, reported.request(), firstDue - dayMs)).toBeNull();
  });

  it('is told two weeks before, at once when that is past, and never when nothing is due any more', () => {
    const request = told.request();
    expect(whenToTell(asked, request, firstDue - 20 * dayMs)).toBe(firstDue - 14 * dayMs);
    expect(whenToTell(asked, request, firstDue - 13 * dayMs)).toBe(firstDue - 13 * dayMs);
    expect(whenToTell({ ...asked, number: 2 }, request, firstDue)).toBe(
      (request.reports[1]?.dueAtMs ?? 0) - 14 * dayMs,
    );
    expect(whenToTell({ ...asked, number: 9 }, request, firstDue)).toBeNull();
    expect(whenToTell(asked, { ...request, outcome: 'terminated' }, firstDue)).toBeNull();
    const noLonger = request.deadlines.filter(({ id }) => id !== 'report-1');
    expect(whenToTell(asked, { ...request, deadlines: noLonger }, firstDue)).toBeNull();
    const reminding = request.deadlines.filter(({ step }) => step === 'remind');
    expect(whenToTell(asked, { ...request, deadlines: reminding }, firstDue)).toBeNull();
  });

  it('is the only notice that can be overtaken', () => {
    const over = journeyTo().request();
    for (const kind of noticeKinds)
      expect(whenToTell({ kind, number: 1 }, over, 5)).toBe(kind === 'report-due-soon' ? null : 5);
  });

  it('waits while clocks stand still, and moves with the due time', () => {
    const suspended = journeyTo('implementation').act(
      people.monitor,
      'suspend',
      { ground: 'registry-finding' },
      { reason: 'found' },
    );
    expect(whenToTell(asked, suspended.request(), firstDue - dayMs)).toBe(firstDue);

    suspended.wait(60 * dayMs).act(people.deputy, 'liftSuspension', {}, { reason: 'gone' });
    expect(whenToTell(asked, suspended.request(), firstDue - dayMs)).toBe(firstDue + 60 * dayMs - remindBeforeMs);
  });
});

describe.each(noticeKinds)('the words of %s', (kind) => {
  const about = { reference: 'SND-2026-000123', number: 7 };

  it.each(['ar', 'en'] as const)('in %s name the request in the subject and nothing else that varies', (language) => {
    const { subject, body, action } = noticeText(kind, language, about);

    expect(subject.replaceAll(about.reference, '')).not.toMatch(/[0-9٠-٩{}@]/);
    expect(subject.split(about.reference)).toHaveLength(2);
    expect(body).not.toMatch(/[{}]/);
    expect([subject, body, action].every((text) => /[؀-ۿ]/.test(text) === (language === 'ar'))).toBe(true);
  });
});

describe('the words of notices', () => {
  const numbered = noticeKinds.filter((kind) => /^(payment|tranche|report|instalment)-/.test(kind));

  it.each(['ar', 'en'] as const)(
    'in %s are whole sentences that say which report or tranche, and no two the same',
    (language) => {
      const bodies = noticeKinds.map((kind) => noticeText(kind, language, { reference: 'SND-1', number: 777 }).body);
      expect(new Set(bodies).size).toBe(noticeKinds.length);
      for (const body of bodies) expect(body).toMatch(/\S{2,} \S{2,}.*\.$/);
      const said = noticeKinds.filter((_kind, index) => bodies[index]?.includes('777'));
      expect(said).toEqual(numbered);
    },
  );

  it('lead to the request', () => {
    const actions = noticeKinds.flatMap((kind) =>
      (['en', 'ar'] as const).map((language) => noticeText(kind, language, { reference: 'SND-1' }).action),
    );
    expect(new Set(actions)).toEqual(new Set(['Open the request', 'فتح الطلب']));
  });

  it('put the numbers in', () => {
    expect(noticeText('report-overdue', 'en', { reference: 'SND-2026-000123', number: 2 })).toEqual({
      subject: 'A report on request SND-2026-000123 is overdue',
      body: 'Report 2 has not arrived in time. Tranches that depend on it wait until it is accepted.',
      action: 'Open the request',
    });
    expect(noticeText('report-overdue', 'en', { reference: 'SND-1' }).body).toMatch(
      /^Report {2}has not arrived in time/,
    );
  });
});
