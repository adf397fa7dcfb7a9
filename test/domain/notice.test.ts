// Notices: what an entry tells whom, and that what is written on the outside of an e-mail says nothing about anybody.
import { describe, expect, it } from '@jest/globals';
import { applyEntry } from '../../domain/apply.js';
import { emptyRequest } from '../../domain/grant-request.js';
import type { Notice } from '../../domain/notice.js';
import { audienceName, noticeKinds, noticesOf, remindBeforeMs, whenToTell } from '../../domain/notice.js';
import { noticeText } from '../../domain/notice-text.js';
import type { Journey } from '../support/journey.js';
import { acceptReport, approveBody, dayMs, journeyTo, metChecklist, openWith, payTranche } from '../support/journey.js';
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
