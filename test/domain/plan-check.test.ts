// Plans judged as a whole: each way of being unsound is named at its place, all at once, and a sound plan has no fault.
import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../../domain/plan.js';
import type { HeldRole } from '../../domain/plan-check/held-role-faults.js';
import { heldRoleFaults } from '../../domain/plan-check/held-role-faults.js';
import { planFaults, publishingFaults, sectionFaults } from '../../domain/plan-check/plan-faults.js';
import type { PlanSections } from '../../domain/plan-check/plan-fault.js';
import { developmentGrant as sound } from '../../domain/plans/development-grant.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { saidInBoth } from '../support/plan-faults.js';

const { authority, committee, review, tranches, calendar } = sound;
const [smallest, second, ...larger] = authority;
if (smallest === undefined || second === undefined) throw new Error('the reference matrix has rows');
const [, ...criteria] = review.criteria;
const without = (stage: keyof Plan['stages']): Plan['stages'] =>
  Object.fromEntries(Object.entries(sound.stages).filter(([name]) => name !== stage));

type Broken = readonly [what: string, change: Partial<Plan>, path: string];
const broken: readonly Broken[] = [
  ['stages out of order', { route: ['committee', 'screening', 'agreement', 'implementation', 'final-review'] }, 'route'],
  ['a stage nobody reaches', { route: ['final-review', 'committee'] }, 'route.committee'],
  ['a route that stops too early', { route: ['screening', 'committee'] }, 'route'],
  ['a verdict that leads nowhere', { route: ['screening', 'committee'] }, 'route.committee'],
  ['a stage without its due time', { stages: without('committee') }, 'stages.committee'],
  ['a verdict to a stage without due time', { stages: without('correction') }, 'stages.correction'],
  ['recovery without due time', { stages: without('recovery') }, 'stages.recovery'],
  ['money without an agreement', { route: ['screening', 'committee', 'implementation', 'final-review'] }, 'route'],
  ['corrections without a bound', { correctionRounds: 1_000 }, 'correctionRounds'],
  ['half a round', { correctionRounds: 1.5 }, 'correctionRounds'],
  ['a silence that never comes', { stages: { ...sound.stages, agreement: { due: { unit: 'time', ms: 0 }, escalateAfter: { unit: 'working-days', count: 1 } } } }, 'stages.agreement.due.ms'],
  ['a quorum above the seats', { committee: { ...committee, quorum: 13 } }, 'committee.quorum'],
  ['too few civil-society seats', { committee: { ...committee, seats: { total: 12, civilSociety: 3 } } }, 'committee.seats'],
  ['a matrix with a gap', { authority: [smallest, ...larger] }, `authority.${larger[0]?.row}`],
  ['a matrix with an overlap', { authority: [smallest, { ...second, aboveMinor: '1' }, ...larger] }, 'authority.up-to-5m'],
  ['an amount that is none', { authority: [{ ...smallest, upToMinor: '1.5' }] }, 'authority'],
  ['a level without people', { authority: [{ ...smallest, levels: [{ level: 'director', people: 0 }] }, second, ...larger] }, 'authority.up-to-250k'],
  ['a level that stands twice', { authority: [{ ...smallest, levels: [...smallest.levels, ...smallest.levels] }, second, ...larger] }, 'authority.up-to-250k'],
  ['two rows of one name', { authority: [smallest, { ...second, row: smallest.row }, ...larger] }, 'authority.up-to-250k'],
  ['weights that do not add up', { review: { ...review, criteria } }, 'review.criteria'],
  ['more scores than reviewers', { review: { ...review, enoughScores: 4 } }, 'review'],
  ['shares that do not add up', { tranches: { ...tranches, parts: tranches.parts.slice(1) } }, 'tranches.parts'],
  ['everything retained', { tranches: { ...tranches, retentionBasisPoints: 10_000 } }, 'tranches.retentionBasisPoints'],
  ['a first payment that one person releases', { tranches: { ...tranches, firstPaymentReleasers: 1 } }, 'tranches.firstPaymentReleasers'],
  ['a negative retention', { tranches: { ...tranches, retentionBasisPoints: -1 } }, 'tranches.retentionBasisPoints'],
  ['a tranche that waits for itself', { tranches: { ...tranches, parts: [{ shareBasisPoints: 10_000, requires: [{ kind: 'tranche-settled', number: 1 }] }] } }, 'tranches.parts.0.requires.0'],
  ['a tranche that waits for no report', { tranches: { ...tranches, parts: [{ shareBasisPoints: 10_000, requires: [{ kind: 'report-accepted', number: 4 }] }] } }, 'tranches.parts.0.requires.0'],
  ['no final report', { reports: sound.reports.slice(0, 1) }, 'reports'],
  ['a closure nobody may sign', { closure: { signoffs: ['reviewer'] } }, 'closure.signoffs'],
  ['a week without working days', { calendar: { ...calendar, weekend: [0, 1, 2, 3, 4, 5, 6] } }, 'calendar.weekend'],
  ['a holiday that is no day', { calendar: { ...calendar, holidays: ['2026-02-30'] } }, 'calendar.holidays.0'],
  ['an assumption about nothing', { assumptions: ['committee.colour'] }, 'assumptions'],
]; // prettier-ignore

describe('a plan', () => {
  it('that is sound has no fault', () => {
    expect(publishingFaults(sound)).toEqual([]);
  });

  it.each(broken)('with %s is faulted there', (_what, change, path) => {
    const faults = planFaults({ ...sound, ...change });
    expect(faults.map((fault) => fault.path)).toContain(path);
    for (const { en, ar } of faults) expect([en !== '', /[\u0600-\u06ff]/.test(ar)]).toEqual([true, true]);
  });

  it('that is broken in several places is told all of them at once', () => {
    const paths = planFaults({
      ...sound,
      stages: without('committee'),
      review: { ...review, criteria },
      tranches: { ...tranches, retentionBasisPoints: 10_000 },
      voiding: [],
    }).map(({ path }) => path);
    expect(paths).toEqual(['stages.committee', 'tranches.retentionBasisPoints', 'review.criteria']);
  });

  it('is not published while a sum has no row, though a running request may wait under it', () => {
    const short = { ...sound, authority: [smallest, second] };
    expect(planFaults(short)).toEqual([]);
    expect(publishingFaults(short).map(({ path }) => path)).toEqual(['authority']);
    expect(publishingFaults({ ...sound, authority: [] }).map(({ path }) => path)).toEqual(['authority']);
  });

  it('of which a section cannot be read is still judged by the others', () => {
    const unread = { ...sound, stages: without('committee'), review: undefined };
    expect(sectionFaults(unread).map(({ path }) => path)).toEqual(['stages.committee']);
  });

  it.each(Object.keys(sound))('of which %s cannot be read gets no other fault for that', (section) => {
    expect(sectionFaults({ ...sound, [section]: undefined })).toEqual([]);
  });

  it('of which nothing can be read has no fault yet', () => {
    expect(sectionFaults({})).toEqual([]);
  });
});

const enough: readonly HeldRole[] = [
  ...[...new Set(authority.flatMap(({ levels }) => levels.map(({ level }) => level)))].map(
    (level): HeldRole => ({ role: 'approver', level, people: 2 }),
  ),
  ...(['signatory', 'screeningOfficer', 'directorateOfficer', 'committeeSecretary', 'committeeChair'] as const).map(
    (role): HeldRole => ({ role, people: 1 }),
  ),
  ...(['fundSignatory', 'financeOfficer', 'monitoringOfficer'] as const).map((role): HeldRole => ({ role, people: 1 })),
  { role: 'paymentReleaser', people: 2 },
  { role: 'reviewer', people: 3 },
  { role: 'committeeMember', people: 12 },
];
const holding = (role: HeldRole['role'], people: number) =>
  enough.map((held) => (held.role === role ? { ...held, people } : held));

describe('the people a plan waits for', () => {
  it('are there when each role and level is held by enough', () => {
    expect(heldRoleFaults(sound, enough)).toEqual([]);
  });

  it.each([
    ['a role that nobody holds', holding('screeningOfficer', 0), ['route: screeningOfficer: 1 needed, 0 hold it']],
    ['too few reviewers', holding('reviewer', 2), ['review.reviewers: reviewer: 3 needed, 2 hold it']],
    ['members below the quorum', holding('committeeMember', 6), ['committee.quorum: committeeMember: 7 needed, 6 hold it']],
    ['one releaser where first payments need two', holding('paymentReleaser', 1), ['tranches.firstPaymentReleasers: paymentReleaser: 2 needed, 1 hold it']],
    ['no releaser', holding('paymentReleaser', 0), ['route: paymentReleaser: 1 needed, 0 hold it', 'tranches.releasers: paymentReleaser: 1 needed, 0 hold it', 'tranches.firstPaymentReleasers: paymentReleaser: 2 needed, 0 hold it']],
    ['one person at a level of two', holding('approver', 1), ['up-to-50m', 'above-50m'].map((row) => `authority.${row}: approver board-deputy: 2 needed, 1 hold it`)],
  ])('are missing with %s', (_what, held, told) => {
    expect(saidInBoth(heldRoleFaults(sound, held)).map(({ path, en }) => `${path}: ${en}`)).toEqual(told);
  }); // prettier-ignore

  it('are counted over all rows of a role, and by level where one is asked', () => {
    const members: HeldRole = { role: 'committeeMember', people: 3 };
    const more = [...holding('committeeMember', 4), members];
    expect(heldRoleFaults(sound, more)).toEqual([]);
    const deputies: HeldRole = { role: 'reviewer', level: 'board-deputy', people: 9 };
    const [fault] = saidInBoth(heldRoleFaults(sound, [...holding('approver', 1), deputies]));
    expect(fault?.en).toBe('approver board-deputy: 2 needed, 1 hold it');
    expect(fault?.ar).toMatch(/^approver board-deputy: .* 2 .* 1$/);
  });

  /** The roles that are missing where nobody holds any, and what else is asked, by its path. */
  const asked = (plan: PlanSections): { roles: string; others: string[] } => {
    const faults = saidInBoth(heldRoleFaults(plan, []));
    return {
      roles: faults.flatMap(({ path, en }) => (path === 'route' ? [en.split(':')[0]] : [])).join(' '),
      others: [...new Set(faults.map(({ path }) => path))].filter((path) => path !== 'route'),
    };
  };
  const rows = authority.map(({ row }) => `authority.${row}`);
  const routed = (...names: Plan['route']): Plan => {
    const { appeal, ...rest } = sound;
    expect(appeal).toBeDefined();
    return { ...rest, route: names };
  };

  it('are those that the route awaits, each asked for once', () => {
    expect(asked(sound)).toEqual({
      roles:
        'signatory screeningOfficer directorateOfficer reviewer committeeSecretary committeeMember committeeChair approver fundSignatory financeOfficer paymentReleaser monitoringOfficer',
      others: ['review.reviewers', 'committee.quorum', ...rows, 'tranches.releasers', 'tranches.firstPaymentReleasers'],
    });
    expect(asked(routed('screening', 'technical-review', 'final-review'))).toEqual({
      roles: 'signatory screeningOfficer reviewer monitoringOfficer financeOfficer approver',
      others: ['review.reviewers'],
    });
    expect(asked(routed('screening', 'committee', 'final-review'))).toEqual({
      roles:
        'signatory screeningOfficer committeeSecretary committeeMember committeeChair monitoringOfficer financeOfficer approver',
      others: ['committee.quorum'],
    });
  });

  it('are a committee that sits, and approvers that release, where money goes out before it judges', () => {
    expect(asked(reliefFastLane)).toEqual({
      roles:
        'signatory screeningOfficer approver financeOfficer paymentReleaser monitoringOfficer committeeSecretary committeeMember committeeChair',
      others: [
        'committee.quorum',
        ...rows,
        'tranches.releasers',
        'tranches.firstPaymentReleasers',
        'tranches.provisional',
      ],
    });
    expect(heldRoleFaults(reliefFastLane, []).at(-1)?.en).toBe('approver: 2 needed, 0 hold it');
    const nobody = { ...reliefFastLane, authority: [] };
    const deputy: HeldRole = { role: 'approver', level: 'board-deputy', people: 1 };
    const provisional = heldRoleFaults(nobody, [...holding('approver', 0), deputy]);
    expect(provisional.map(({ path, en }) => `${path}: ${en}`)).toEqual([
      'tranches.provisional: approver: 2 needed, 1 hold it',
    ]);
    const { firstPaymentReleasers, ...usual } = tranches;
    expect(firstPaymentReleasers).toBe(2);
    expect(asked({ ...sound, tranches: usual }).others).not.toContain('tranches.firstPaymentReleasers');
  });

  it('are asked of the sections that are there', () => {
    for (const section of ['route', 'review', 'committee', 'authority', 'tranches'] as const)
      expect(heldRoleFaults({ ...sound, [section]: undefined }, enough)).toEqual([]);
    expect(asked({ route: sound.route }).others).toEqual([]);
    expect(asked({ ...sound, tranches: undefined }).others).toEqual(['review.reviewers', 'committee.quorum']);
    expect(asked({ ...sound, review: undefined }).others[0]).toBe('authority.up-to-250k');
  });

  it('are not asked for stages that the route leaves out', () => {
    const route = sound.route.filter((stage) => stage !== 'authority');
    expect(heldRoleFaults({ ...sound, route }, holding('approver', 0)).map(({ en }) => en)).toEqual([
      'approver: 1 needed, 0 hold it',
    ]);
  });
});
