// A named scenario for every stage and verdict that leaves the plain path, with where it leads and what becomes of the money.
import { describe, expect, it } from '@jest/globals';
import { treasury } from '../../domain/actor.js';
import { edges } from '../../domain/lifecycle.js';
import type { Entry } from '../../domain/audit-entry.js';
import { tasksOf } from '../../domain/task.js';
import { postingsOf } from '../../domain/money/ledger.js';
import type { Account } from '../../domain/money/ledger.js';
import type { Journey } from '../support/journey.js';
import {
  approveBody,
  dayMs,
  fileOf,
  fullScores,
  journeyTo,
  metChecklist,
  openWith,
  paymentFacts,
  payTranche,
  text,
  walk,
  unspent,
  recovering,
} from '../support/journey.js';
import { members, panel, people, reviewers } from '../support/people.js';
import { appealingPlan, calmPlan, hastyPlan } from '../support/plans.js';

const answered = { checklist: metChecklist(calmPlan), points: [], reasonCodes: [] };
const points = [{ section: 'budget', note: 'the sums differ' }];
const voteAll = (told: Journey, vote: 'approve' | 'reject'): Journey => {
  told.act(people.secretary, 'openItem', openWith());
  for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote });
  return told;
};
const close = (told: Journey, change: object): Journey =>
  told.act(people.chair, 'closeItem', { ...approveBody, ...change }, { reason: 'as discussed' });

/** What the ledger holds after these entries, reservations included; the sum over all accounts is always zero. */
const balances = (entries: readonly Entry[]): Partial<Record<Account, bigint>> => {
  const sums: Partial<Record<Account, bigint>> = {};
  const move = (account: Account, by: bigint): void => void (sums[account] = (sums[account] ?? 0n) + by);
  let asked = 0n;
  for (const event of entries.flatMap((entry) => entry.events)) {
    if (event.kind === 'fundsAsked') asked = BigInt(event.amountMinor);
    if (event.kind === 'fundsReserved') {
      move('available', -asked);
      move('reserved', asked);
    }
    for (const { from, to, amountMinor } of postingsOf(event)) {
      move(from, -BigInt(amountMinor));
      move(to, BigInt(amountMinor));
    }
  }
  return sums;
};
const left = (told: Journey): Record<string, string> =>
  Object.fromEntries(
    Object.entries(balances(told.entries()))
      .filter(([, sum]) => sum !== 0n)
      .map(([account, sum]) => [account, String(sum)]),
  );

const scenarios: Record<string, { play: () => Journey; at: string; money: Record<string, string> }> = {
  'draft submit': { play: () => journeyTo('screening'), at: 'screening', money: {} },
  'screening eligible': { play: () => journeyTo('regional-opinion'), at: 'regional-opinion', money: {} },
  'screening incomplete': {
    play: () =>
      journeyTo('screening').act(people.hana, 'recordScreening', { ...answered, verdict: 'incomplete', points }),
    at: 'correction',
    money: {},
  },
  'screening ineligible': {
    play: () =>
      journeyTo('screening').act(people.hana, 'recordScreening', {
        ...answered,
        verdict: 'ineligible',
        reasonCodes: ['expired-licence'],
      }),
    at: 'ineligible',
    money: {},
  },
  'correction resubmit': {
    play: () =>
      journeyTo('screening')
        .act(people.hana, 'recordScreening', { ...answered, verdict: 'incomplete', points })
        .act(people.samira, 'resubmit', {
          file: fileOf({ sections: { project: 'a', budget: 'mended' } }),
          answers: points,
        }),
    at: 'screening',
    money: {},
  },
  'regional-opinion support': {
    play: () =>
      journeyTo('regional-opinion').act(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'support' }),
    at: 'technical-review',
    money: {},
  },
  'regional-opinion support-with-remarks': {
    play: () =>
      journeyTo('regional-opinion').act(people.cairo, 'recordOpinion', {
        governorate: 'EG-C',
        verdict: 'support-with-remarks',
      }),
    at: 'technical-review',
    money: {},
  },
  'regional-opinion object': {
    play: () =>
      journeyTo('regional-opinion').act(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'object' }),
    at: 'technical-review',
    money: {},
  },
  'technical-review scored': { play: () => journeyTo('committee'), at: 'committee', money: {} },
  'committee approve': {
    play: () => close(voteAll(journeyTo('committee'), 'approve'), {}).reserve(),
    at: 'authority',
    money: { available: '-60000000', reserved: '60000000' },
  },
  'committee defer': {
    play: () => close(voteAll(journeyTo('committee'), 'approve'), { verdict: 'defer' }),
    at: 'committee',
    money: {},
  },
  'committee return': {
    play: () => close(voteAll(journeyTo('committee'), 'approve'), { verdict: 'return', points }),
    at: 'correction',
    money: {},
  },
  'committee reject': {
    play: () => close(voteAll(journeyTo('committee'), 'reject'), { verdict: 'reject' }),
    at: 'rejected',
    money: {},
  },
  'authority approve': {
    play: () => journeyTo('agreement'),
    at: 'agreement',
    money: { available: '-60000000', reserved: '60000000' },
  },
  'authority return': {
    play: () => journeyTo('authority').act(people.programmeDirector, 'recordApproval', { verdict: 'return' }),
    at: 'committee',
    money: {},
  },
  'authority reject': {
    play: () => journeyTo('authority').act(people.programmeDirector, 'recordApproval', { verdict: 'reject' }),
    at: 'rejected',
    money: {},
  },
  'agreement sign': {
    play: () => journeyTo('agreement').act(people.samira, 'signAgreement', { documentSha256: text }),
    at: 'agreement',
    money: { available: '-60000000', reserved: '60000000' },
  },
  'agreement countersign': {
    play: () => journeyTo('implementation'),
    at: 'implementation',
    money: { available: '-60000000', committed: '60000000' },
  },
  'agreement decline': {
    play: () => journeyTo('agreement').act(people.samira, 'declineAgreement', {}),
    at: 'declined',
    money: {},
  },
  'appeal-window appeal': { play: () => appealed(), at: 'appeal', money: {} },
  'appeal uphold': { play: () => judged('uphold'), at: 'rejected', money: {} },
  'appeal send-back': { play: () => judged('send-back', 'committee'), at: 'committee', money: {} },
  'implementation settled': {
    play: () => journeyTo('final-review'),
    at: 'final-review',
    money: { available: '-60000000', spent: '60000000' },
  },
  'final-review settled': {
    play: () => journeyTo(undefined),
    at: 'closed',
    money: { available: '-60000000', spent: '60000000' },
  },
  'final-review not-settled': {
    play: () =>
      unspent().act(people.monitor, 'closeRequest', {
        verdict: 'not-settled',
        unspentMinor: '10000000',
        returnedMinor: '4000000',
      }),
    at: 'recovery',
    money: { available: '-56000000', spent: '50000000', disbursed: '6000000' },
  },
  'recovery recovered': {
    play: () => recovering().act(people.finance, 'recordRecovery', { kind: 'received', amountMinor: '6000000' }),
    at: 'closed',
    money: { available: '-50000000', spent: '50000000' },
  },
  'recovery written-off': {
    play: () =>
      recovering().act(people.executiveDirector, 'recordRecovery', { kind: 'written-off', amountMinor: '6000000' }),
    at: 'terminated',
    money: { available: '-56000000', spent: '50000000', 'written-off': '6000000' },
  },
};

/** Rejected by an authority, with money reserved until then, and appealed. */
const appealed = (): Journey =>
  journeyTo('authority', appealingPlan)
    .act(people.programmeDirector, 'recordApproval', { verdict: 'reject' })
    .act(people.samira, 'fileAppeal', {}, { reason: 'the price offers were not read' });
const judged = (verdict: 'uphold' | 'send-back', toStage?: 'committee'): Journey => {
  const told = appealed();
  for (const judge of panel.slice(0, 2))
    told.act(judge, 'decideAppeal', { verdict, ...(toStage ? { toStage } : {}) }, { reason: 'heard both sides' });
  return told;
};

const whereIs = (told: Journey): string => told.request().outcome ?? told.request().position.stage;

describe('every stage and verdict', () => {
  it.each(Object.entries(scenarios))(
    '%s leads where the table says, with the money where it belongs',
    (_, { play, at, money }) => {
      const told = play();
      expect(whereIs(told)).toBe(at);
      expect(left(told)).toEqual(money);
    },
  );

  it('has a scenario for each row of the table', () => {
    expect(Object.keys(scenarios).sort()).toEqual(edges.map(({ from, verdict }) => `${from} ${verdict}`).sort());
  });
});

describe('returns and silence', () => {
  it('shows which sections a correction changed', () => {
    const told = scenarios['correction resubmit']?.play();
    const resubmitted = told
      ?.entries()
      .flatMap((entry) => entry.events)
      .find((event) => event.kind === 'requestResubmitted');
    expect(resubmitted).toMatchObject({ changedSections: ['budget'], answers: points });
  });

  it('lapses when a correction stays unanswered, and lets the money go when an agreement does', () => {
    const correction = scenarios['screening incomplete']?.play().passDeadline();
    expect(correction?.request().outcome).toBe('lapsed');
    const agreement = journeyTo('agreement').passDeadline();
    expect([whereIs(agreement), left(agreement)]).toEqual(['lapsed', {}]);
  });

  it('records that no opinion came in time and goes on', () => {
    const told = journeyTo('regional-opinion').passDeadline();
    expect(told.request().opinions).toEqual({ 'EG-C': 'none-in-time' });
    expect(whereIs(told)).toBe('technical-review');
  });

  it('marks a late screening late, then escalated, and still takes the verdict', () => {
    const told = journeyTo('screening', hastyPlan({ screening: 1000 }, 1000)).passDeadline();
    expect(told.request().position.lateness).toBe('late');
    expect(told.passDeadline().request().position.lateness).toBe('escalated');
    expect(
      told.act(people.hana, 'recordScreening', { ...answered, verdict: 'eligible' }).request().position.stage,
    ).toBe('regional-opinion');
  });

  it('goes on with enough scores when the last reviewer stays silent', () => {
    const told = journeyTo('technical-review', hastyPlan({ 'technical-review': 1000 }));
    const panel = reviewers.slice(0, 3);
    told.act(people.secretary, 'assignReviewers', {
      reviewers: panel.map(({ personId, name }) => ({ personId, name })),
    });
    for (const reviewer of panel.slice(0, 2))
      told
        .act(reviewer, 'declareInterest', { interest: 'none' })
        .act(reviewer, 'recordScore', { scores: fullScores(calmPlan) });
    expect(told.passDeadline().request().position.stage).toBe('committee');
  });

  it('marks a report overdue', () => {
    expect(journeyTo('implementation').passDeadline().request().reports[0]?.state).toBe('expected');
    const told = journeyTo('implementation', {
      ...calmPlan,
      reports: calmPlan.reports.map((report) => ({ ...report, due: { unit: 'time', ms: dayMs } })),
    });
    expect(told.passDeadline().request().reports[0]?.state).toBe('overdue');
  });
});

describe('a wide spread of scores', () => {
  it('adds one more reviewer, once', () => {
    const told = journeyTo('technical-review');
    const panel = reviewers.slice(0, 3);
    told.act(people.secretary, 'assignReviewers', {
      reviewers: panel.map(({ personId, name }) => ({ personId, name })),
    });
    panel.forEach((reviewer, index) =>
      told
        .act(reviewer, 'declareInterest', { interest: 'none' })
        .act(reviewer, 'recordScore', { scores: fullScores(calmPlan, index === 0 ? 1 : 9) }),
    );
    expect(told.request()).toMatchObject({
      position: { stage: 'technical-review' },
      review: { wanted: 4, widened: true },
    });
    const fourth = reviewers[3] ?? people.hana;
    told.act(people.secretary, 'assignReviewers', { reviewers: [{ personId: fourth.personId, name: fourth.name }] });
    told
      .act(fourth, 'declareInterest', { interest: 'none' })
      .act(fourth, 'recordScore', { scores: fullScores(calmPlan, 1) });
    expect(whereIs(told)).toBe('committee');
  });
});

describe('committee and money', () => {
  it('asks the chair to answer every objection before closing', () => {
    const told = journeyTo('regional-opinion');
    told.act(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'object' });
    voteAll(walk(told, 'technical-review', 'committee'), 'approve');
    const silent = told.ask(people.chair, 'closeItem', approveBody, { reason: 'sound' });
    expect(silent.refusal).toEqual({ code: 'conditionsNotMet', rule: 'objection-unanswered', accepted: 'EG-C' });
    close(told, { answersToObjections: { 'EG-C': 'the building permit was shown' } });
    expect(told.request().award?.funds).toBe('asked');
  });

  it('returns the item with the missing sum when the envelope cannot carry the award', () => {
    const told = close(voteAll(journeyTo('committee'), 'approve'), {});
    const key = told.request().award?.decisionKey ?? '';
    told.tell({ kind: 'reportReservation', by: treasury, key, body: { outcome: 'refused', missingMinor: '5' } });
    expect(told.request()).toMatchObject({ position: { stage: 'committee' }, award: null, ballot: null });
  });

  it('uses the row of the twelve-month sum, so that splitting an award does not lower the level', () => {
    const told = close(voteAll(journeyTo('committee'), 'approve'), { amountMinor: '20000000' }).reserve('70000000');
    expect(told.request().authority?.row).toBe('up-to-5m');
  });

  it('lets a vote be changed until closing and follows the ballot', () => {
    const told = voteAll(journeyTo('committee'), 'approve');
    const [first] = members;
    if (first) told.act(first, 'castVote', { vote: 'reject' });
    expect(
      told.ask(people.chair, 'closeItem', { ...approveBody, verdict: 'reject' }, { reason: 'no' }).refusal,
    ).toMatchObject({
      code: 'conditionsNotMet',
      rule: 'verdict-follows-ballot',
      accepted: 'approve',
    });
  });

  it('replaces a rejected instruction by a new one that names it', () => {
    const told = journeyTo('implementation');
    told
      .act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) })
      .act(people.releaser, 'releaseTranche', { number: 1 });
    told.pay(1, 'rejected').act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) });
    told.act(people.releaser, 'releaseTranche', { number: 1 });
    const instructed = told
      .entries()
      .flatMap((entry) => entry.events)
      .filter((event) => event.kind === 'paymentInstructed');
    expect(instructed.map(({ instructionId, replaces }) => [instructionId, replaces])).toEqual([
      ['req0000000000001-t1-1', null],
      ['req0000000000001-t1-2', 'req0000000000001-t1-1'],
    ]);
    for (const { instructionId } of instructed) expect(instructionId.length).toBeLessThanOrEqual(35);
  });

  it('is withdrawn only before the first payment instruction', () => {
    const told = journeyTo('implementation');
    expect(told.ask(people.samira, 'withdraw', {}).refusal).toBeUndefined();
    payTranche(told, 1);
    expect(told.ask(people.samira, 'withdraw', {}).refusal).toMatchObject({
      code: 'conditionsNotMet',
      accepted: 'terminate',
    });
  });

  it('is terminated by the level that approved, and what was not accounted for is recovered', () => {
    const told = payTranche(journeyTo('implementation'), 1);
    expect(told.ask(people.programmeDirector, 'terminate', {}).refusal?.code).toBe('notYourRole');
    told.act(people.deputy, 'terminate', {}, { reason: 'misuse' });
    expect(whereIs(told)).toBe('recovery');
    expect(told.request().recovery?.dueMinor).toBe('21600000');
    expect(left(told)).toEqual({ available: '-21600000', disbursed: '21600000' });
  });
});

describe('suspension', () => {
  it('freezes every clock, keeps what was left, and holds money steps', () => {
    const told = journeyTo('implementation');
    const leftBefore = told.request().deadlines.map(({ atMs }) => atMs - told.nowMs());
    told.act(people.monitor, 'suspend', { ground: 'fraud-alarm' }).wait(40 * dayMs);
    expect(told.request().deadlines).toEqual([]);
    expect(
      told.ask(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) }).refusal?.code,
    ).toBe('suspended');
    told.act(people.deputy, 'liftSuspension', {});
    expect(told.request().deadlines.map(({ atMs }) => atMs - told.nowMs())).toEqual(leftBefore);
  });

  it('is lifted by another person than the one who imposed it, also in another role, and the other way round', () => {
    const told = journeyTo('implementation').act(people.monitor, 'suspend', { ground: 'registry-finding' });
    const alsoApprover = { ...people.monitor, roles: [...people.monitor.roles, ...people.deputy.roles] };
    expect(told.ask(alsoApprover, 'liftSuspension', {}).refusal?.code).toBe('dutyConflict');
    told.act(people.deputy, 'liftSuspension', {});
    const deputyWhoSuspends = { ...people.deputy, roles: [...people.deputy.roles, ...people.monitor.roles] };
    expect(told.ask(deputyWhoSuspends, 'suspend', { ground: 'flagged-visit' }).refusal?.code).toBe('dutyConflict');
    expect(told.ask(people.deputy, 'liftSuspension', {}).refusal?.code).toBe('notThisStage');
  });

  it('holds a withdrawal back until it is lifted; then the signatory alone may withdraw', () => {
    const told = journeyTo('committee').act(people.monitor, 'suspend', { ground: 'fraud-alarm' });
    expect(told.ask(people.samira, 'withdraw', {}).refusal?.code).toBe('suspended');
    told.act(people.deputy, 'liftSuspension', {});
    expect(told.ask(people.adel, 'withdraw', {}).refusal?.code).toBe('notYourRole');
    expect(told.act(people.samira, 'withdraw', {}).request().outcome).toBe('withdrawn');
  });
});

describe('a task whose due time has passed', () => {
  it('keeps showing when it was due', () => {
    const told = journeyTo('screening', hastyPlan({ screening: 1000 }));
    const context = { plan: calmPlan, nowMs: told.nowMs() };
    const [before] = tasksOf(told.request(), context);
    const [after] = tasksOf(told.passDeadline().request(), context);
    expect(after?.dueAtMs).toBe(before?.dueAtMs);
  });
});
