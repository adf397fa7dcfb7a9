// Plans judged as a whole: each way of being unsound is named at its place, all at once, and a sound plan has no fault.
import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../../domain/plan.js';
import type { HeldRole } from '../../domain/plan-check/held-role-faults.js';
import { heldRoleFaults } from '../../domain/plan-check/held-role-faults.js';
import { planFaults, publishingFaults, sectionFaults } from '../../domain/plan-check/plan-faults.js';
import { lifecycleDiagram } from '../../domain/lifecycle-diagram.js';
import { developmentGrant as sound } from '../../domain/plans/development-grant.js';

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
    ['a role that nobody holds', holding('screeningOfficer', 0), ['route']],
    ['too few reviewers', holding('reviewer', 2), ['review.reviewers']],
    ['members below the quorum', holding('committeeMember', 6), ['committee.quorum']],
    ['one releaser where first payments need two', holding('paymentReleaser', 1), ['tranches.firstPaymentReleasers']],
    ['one person at a level of two', holding('approver', 1), ['authority.up-to-50m', 'authority.above-50m']],
  ])('are missing with %s', (_what, held, paths) => {
    expect(heldRoleFaults(sound, held).map(({ path }) => path)).toEqual(paths);
  });

  it('are not asked for stages that the route leaves out', () => {
    const route = sound.route.filter((stage) => stage !== 'authority');
    expect(heldRoleFaults({ ...sound, route }, holding('approver', 0)).map(({ en }) => en)).toEqual([
      'approver: 1 needed, 0 hold it',
    ]);
  });
});

describe('the diagram of a plan', () => {
  it('draws the route it has, and one that is unsound without failing', () => {
    const route = sound.route.filter((stage) => stage !== 'regional-opinion');
    expect(lifecycleDiagram({ route })).toContain('screening --> technical_review: eligible');
    expect(lifecycleDiagram({ route })).not.toContain('regional_opinion');
    expect(lifecycleDiagram({ route: ['screening', 'committee'] })).toContain('committee --> rejected: reject');
  });
});
