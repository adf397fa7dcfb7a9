// Sections of a plan, each with its edges: people, sessions, appeals, rerouting, eligibility, voiding, suggestions, publication.
import { describe, expect, it } from '@jest/globals';
import { planFaults, publishingFaults, sectionFaults } from '../../domain/plan-check/plan-faults.js';
import type { EligibilityPlan, VoidingRow } from '../../domain/plan-review.js';
import type { AppealPlan, Plan, StagePlan, SuggestionPlan } from '../../domain/plan.js';
import { developmentGrant as sound } from '../../domain/plans/development-grant.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { saidInBoth } from '../support/plan-faults.js';

const { committee, review, tranches } = sound;
const told = (change: Partial<Plan>, plan: Plan = sound): string[] =>
  saidInBoth(planFaults({ ...plan, ...change })).map(({ path, en }) => `${path}: ${en}`);
const inArabic = (change: Partial<Plan>): string => planFaults({ ...sound, ...change })[0]?.ar ?? '';

describe('the review of a plan', () => {
  const [first, second, ...others] = review.criteria;
  if (first === undefined || second === undefined) throw new Error('the reference plan has criteria');
  const twice = { ...second, code: first.code };
  const scores = (enoughScores: number, reviewers: number) => ({ review: { ...review, enoughScores, reviewers } });

  it.each<readonly [string, Partial<Plan>, readonly string[]]>([
    ['as many scores as reviewers', scores(3, 3), []],
    ['one score', scores(1, 3), []],
    ['no score', scores(0, 3), ['review: 0 scores are asked of 3 reviewers: more than there are, or none']],
    ['more scores than reviewers', scores(4, 3), ['review: 4 scores are asked of 3 reviewers: more than there are, or none']],
    ['weights that do not add up', { review: { ...review, criteria: [{ ...first, weight: 29 }, second, ...others] } }, ['review.criteria: the weights add up to 99, not 100']],
    ['a criterion twice', { review: { ...review, criteria: [first, twice, ...others] } }, [`review.criteria: the criterion ${first.code} stands twice`]],
  ])('%s', (_what, change, faults) => {
    // What a change voids names the criteria of the reference plan.
    expect(told({ voiding: [], ...change })).toEqual(faults);
  }); // prettier-ignore

  it('carries its numbers in Arabic too', () => {
    expect(inArabic(scores(4, 3))).toMatch(/4 .* 3 /);
  });

  const points = (change: Partial<SuggestionPlan>): string[] =>
    told({ review: { ...review, suggestion: { expertise: 0, perOpenTask: 0, perEarlierReview: 0, deviationNeedsReason: true, ...change } } }); // prettier-ignore
  it('ranks reviewers by whole points, or suggests nobody', () => {
    const fault = 'review.suggestion: points are whole numbers from 0';
    const { suggestion, ...unsuggested } = review;
    expect(suggestion).toBeDefined();
    expect([points({}), told({ review: unsuggested })]).toEqual([[], []]);
    expect([points({ expertise: -1 }), points({ perEarlierReview: 0.5 })]).toEqual([[fault], [fault]]);
  });
});

describe('the committee of a plan', () => {
  const sitting = (change: Partial<Plan['committee']>): string[] => told({ committee: { ...committee, ...change } });
  const seats = (total: number, civilSociety: number) => ({ seats: { total, civilSociety } });
  const majority = (quorum: number, needed: number, there: number): string =>
    `committee.seats: a civil-society majority in a quorum of ${quorum} needs ${needed} of its members, there are ${there}`;

  it.each<readonly [string, Partial<Plan['committee']>, readonly string[]]>([
    ['as many seats as the quorum', seats(7, 7), []],
    ['a seat less', seats(6, 6), ['committee.quorum: a quorum of 7 is not possible with 6 seats']],
    ['more than half of an odd quorum', seats(12, 4), []],
    ['less than half of an odd quorum', seats(12, 3), [majority(7, 4, 3)]],
    ['more than half of an even quorum', { quorum: 8, ...seats(12, 5) }, []],
    ['half of an even quorum', { quorum: 8, ...seats(12, 4) }, [majority(8, 5, 4)]],
    ['no majority asked', { civilSocietyMajority: false, ...seats(12, 0) }, []],
    ['nobody from civil society', seats(12, 0), [majority(7, 4, 0)]],
    ['civil society alone', seats(12, 12), []],
    ['more of civil society than seats', seats(12, 13), ['committee.seats: more seats for civil society than there are seats']],
    ['a quorum of one', { quorum: 1 }, []],
    ['a quorum of nobody', { quorum: 0 }, ['committee.quorum: a quorum is at least one']],
  ])('%s', (_what, change, faults) => {
    expect(sitting(change)).toEqual(faults);
  }); // prettier-ignore

  it('may have no number of seats', () => {
    const { seats: places, ...unseated } = committee;
    expect(places).toBeDefined();
    const assumptions = sound.assumptions.filter((path) => path !== 'committee.seats');
    expect(told({ committee: { ...unseated, quorum: 50 }, assumptions })).toEqual([]);
  });

  it('carries its numbers in Arabic too', () => {
    expect(inArabic({ committee: { ...committee, ...seats(6, 6) } })).toMatch(/7 .* 6 /);
    expect(inArabic({ committee: { ...committee, ...seats(12, 3) } })).toMatch(/7 .* 4 .* 3$/);
  });

  const standing = { opening: 'standing', closing: 'at-quorum' } as const;
  const { sessions, ballot, ...unkept } = committee;
  const open = sound.assumptions.filter((path) => path !== 'committee.ballot');
  const noSession = 'committee.sessions: a standing ballot belongs to no session';
  const noVote = 'committee.ballot: no session is kept that could say how it votes';
  it.each<readonly [string, Plan['committee'], readonly string[]]>([
    ['kept, and each says how it votes', { ...unkept, sessions: 'kept', ballot: 'by-session' }, []],
    ['kept, with every vote open', { ...unkept, sessions: 'kept', ballot: 'open' }, []],
    ['not kept, with every vote secret', { ...unkept, ballot: 'secret' }, []],
    ['not kept, and still asked how they vote', { ...unkept, ballot: 'by-session' }, [noVote]],
    ['kept beside a standing ballot', { ...unkept, ...standing, sessions: 'kept' }, [noSession]],
    ['not kept beside a standing ballot', { ...unkept, ...standing }, []],
  ])('has sessions that are %s', (_what, change, faults) => {
    expect([sessions, ballot]).toEqual(['kept', 'by-session']);
    expect(told({ committee: change, assumptions: open })).toEqual(faults);
  });
});

describe('the closing of a plan', () => {
  it.each<readonly [string, Plan['closure']['signoffs'], readonly string[]]>([
    ['one of those who may sign', ['financeOfficer'], []],
    ['nobody', [], ['closure: somebody has to sign the closure']],
    ['somebody who may not', ['monitoringOfficer', 'reviewer'], ['closure.signoffs: reviewer may not sign a closure']],
    ['one of them twice', ['financeOfficer', 'financeOfficer'], ['closure.signoffs: financeOfficer stands twice']],
  ])('is signed by %s', (_what, signoffs, faults) => {
    expect(told({ closure: { signoffs } })).toEqual(faults);
  });
});

describe('the checklist of a plan', () => {
  it('has each item once, however often it was written', () => {
    const checklist = [...sound.checklist, ...sound.checklist.slice(0, 1), ...sound.checklist.slice(0, 1)];
    expect(told({ checklist })).toEqual([`checklist: the item ${sound.checklist[0]} stands twice`]);
  });
});

describe('the appeal of a plan', () => {
  const appealing = (change: Partial<AppealPlan>): string[] =>
    told({ appeal: { panel: { level: 'appeal-panel', people: 3 }, sendBackTo: ['screening'], ...change } });
  const tie = 'appeal.panel: only an odd number of people cannot tie';
  const back = 'appeal.sendBackTo: stages on the route, up to the committee, at least one';

  it.each<readonly [string, Partial<AppealPlan>, readonly string[]]>([
    ['one judge', { panel: { level: 'x', people: 1 } }, []],
    ['two judges', { panel: { level: 'x', people: 2 } }, [tie]],
    ['nobody', { panel: { level: 'x', people: 0 } }, [tie]],
    ['every stage that judges', { sendBackTo: ['screening', 'regional-opinion', 'technical-review', 'committee'] }, []],
    ['no stage to go back to', { sendBackTo: [] }, [back]],
    ['a stage after the committee', { sendBackTo: ['screening', 'authority'] }, [back]],
  ])('%s', (_what, change, faults) => {
    expect(appealing(change)).toEqual(faults);
  });

  it('goes back only to stages of the route', () => {
    const route = sound.route.filter((stage) => stage !== 'technical-review');
    expect(told({ route })).toEqual([back]);
  });
});

describe('the ladder of a stage', () => {
  const due = { unit: 'working-days', count: 5 } as const;
  const rerouted = (stage: keyof Plan['stages'], change: Partial<StagePlan>): string[] =>
    told({ stages: { ...sound.stages, [stage]: { due, escalateAfter: due, ...change } } });
  const half = 'rerouting needs both a time and a role';

  it('is rerouted by a time and a role together', () => {
    expect(rerouted('screening', {})).toEqual([]);
    expect(rerouted('screening', { rerouteAfter: due, rerouteTo: 'administrator' })).toEqual([]);
    expect(rerouted('screening', { rerouteAfter: due })).toEqual([`stages.screening: ${half}`]);
    expect(rerouted('screening', { rerouteTo: 'administrator' })).toEqual([`stages.screening: ${half}`]);
  });

  it.each(['correction', 'regional-opinion', 'agreement', 'appeal-window'] as const)(
    'is not rerouted where silence moves the request: %s',
    (stage) => {
      expect(rerouted(stage, { rerouteAfter: due, rerouteTo: 'administrator' })).toEqual([
        `stages.${stage}: a stage that moves on by itself when it is due is never rerouted`,
      ]);
    },
  );
});

describe('the eligibility of a plan', () => {
  const count = 'eligibility: a count is a whole number from zero';
  const board = 'eligibility.board: no board could have this number of members';
  const { eligibility } = sound;
  if (eligibility === undefined) throw new Error('the reference plan asks the registry');

  it.each<readonly [string, Partial<EligibilityPlan>, readonly string[]]>([
    ['no years, no violations', { minimumAccountYears: 0, mostOpenViolations: 0 }, []],
    ['less than no years', { minimumAccountYears: -1 }, [count]],
    ['half a violation', { mostOpenViolations: 0.5 }, [count]],
    ['a board of one', { board: { least: 1, most: 1, odd: true } }, []],
    ['a board of nobody', { board: { least: 0, most: 5, odd: true } }, [board]],
    ['a board of less than its least', { board: { least: 5, most: 4, odd: true } }, [board]],
  ])('%s', (_what, change, faults) => {
    expect(told({ eligibility: { ...eligibility, ...change } })).toEqual(faults);
  });
});

describe('what a change voids', () => {
  const row = (change: Partial<VoidingRow>): VoidingRow => ({
    ...{ changed: 'budget', checklist: [], criteria: [], opinions: 'kept' },
    ...change,
  });
  const [item = ''] = sound.checklist;
  const [criterion = ''] = review.criteria.map(({ code }) => code);
  const unknown = 'voiding.budget: names an item or criterion that is not there';

  it.each<readonly [string, readonly VoidingRow[], readonly string[]]>([
    ['nothing', [row({})], []],
    ['an item and a criterion', [row({ checklist: [item], criteria: [criterion] })], []],
    ['an unknown item beside a known one', [row({ checklist: [item, 'colour'] })], [unknown]],
    ['an unknown criterion beside a known one', [row({ criteria: [criterion, 'colour'] })], [unknown]],
    ['by one row for each part', [row({}), row({ changed: 'project' })], []],
    ['by two rows for one part', [row({}), row({})], ['voiding: two rows speak about budget']],
  ])('%s', (_what, voiding, faults) => {
    expect(told({ voiding })).toEqual(faults);
  });
});

describe('money before the committee', () => {
  const variant = (change: object): string[] =>
    saidInBoth(sectionFaults({ ...reliefFastLane, ...change })).map(({ path, en }) => `${path}: ${en}`);
  const { provisional, ...unprovisional } = reliefFastLane.tranches;
  const releasedBy = (approvers: number): string[] =>
    variant({ tranches: { ...reliefFastLane.tranches, provisional: { number: 1, approvers } } });
  const few = 'tranches.provisional: a provisional release takes two approvers or more';

  it('is sound in the relief fast lane', () => {
    expect(provisional).toEqual({ number: 1, approvers: 2 });
    expect([variant({}), releasedBy(3)]).toEqual([[], []]);
  });

  it('takes two whole approvers', () => {
    expect([releasedBy(1), releasedBy(2.5)]).toEqual([[few], [few]]);
  });

  it('is looked at afterwards, and only where there is some', () => {
    expect(variant({ afterReview: undefined })).toEqual([
      'afterReview: an award without the committee needs its after-review',
      'afterReview: a provisional release needs an after-review',
    ]);
    expect(variant({ tranches: unprovisional })).toEqual([
      'tranches.provisional: an after-review needs a tranche that is paid before it',
    ]);
    expect(variant({ route: ['screening', 'final-review'] })).toEqual([
      'afterReview: there is no money on the route to review',
    ]);
  });

  it('is nothing that a plan without money would lack', () => {
    const { appeal, ...unappealed } = sound;
    expect(appeal).toBeDefined();
    expect(told({ route: ['screening', 'final-review'], assumptions: [] }, unappealed)).toEqual([]);
  });

  it('is not judged before the route can be read', () => {
    expect(variant({ route: undefined })).toEqual([]);
  });

  it('is not for plans in which the committee sets the award', () => {
    expect(told({ award: { by: 'screening' } })).toEqual([
      'award: the committee is on the route and sets the award itself',
      'afterReview: an award without the committee needs its after-review',
    ]);
  });
});

describe('the assumptions of a plan', () => {
  it('name what is there, each once', () => {
    const there = ['code', 'review.criteria.0.weight', 'tranches.parts.1.requires.2.basisPoints'];
    expect(told({ assumptions: there })).toEqual([]);
    expect(told({ assumptions: ['code', 'code', 'code'] })).toEqual(['assumptions: code stands twice']);
  });

  it.each(['colour', 'code.0', 'review.colour', 'review.criteria.5', 'correctionRounds.least', 'appeal.panel.people.most'])(
    'do not name %s',
    (path) => {
      expect(told({ assumptions: [path] })).toEqual([`assumptions: ${path} is not in the plan`]);
    },
  ); // prettier-ignore
});

describe('a plan that is to be published', () => {
  it.each<readonly [string, Partial<Plan>, string]>([
    ['for measuring', { purpose: 'measurement' }, 'purpose: a measurement plan cannot be published'],
    ['without a releaser', { tranches: { ...tranches, releasers: 0 } }, 'tranches.releasers: no payment without a releaser'],
    ['that pays by itself', { tranches: { ...tranches, preparation: 'automatic' } }, 'tranches.preparation: a person prepares payments'],
    ['that one side signs', { agreement: { countersigned: false } }, 'agreement: the Fund has to countersign'],
  ])('is refused %s, though a request could run under it', (_what, change, fault) => {
    expect(told(change)).toEqual([]);
    expect(saidInBoth(publishingFaults({ ...sound, ...change })).map(({ path, en }) => `${path}: ${en}`)).toEqual([fault]);
    expect(sectionFaults({ ...sound, ...change })).toHaveLength(1);
  }); // prettier-ignore
});
