// Every refusal the rules can give, provoked once; the list is checked against the closed list of codes.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import type { RefusalCode } from '../../domain/refusal.js';
import { refusalCodes, refusalSentences, refuse } from '../../domain/refusal.js';
import { decideBatch, foldBatchEntry, newBatch } from '../../domain/money/payment-batch.js';
import type { Answer } from '../../domain/decide.js';
import {
  acceptReport,
  approveBody,
  dayMs,
  fileOf,
  fullScores,
  journey,
  journeyTo,
  metChecklist,
  openWith,
  paymentFacts,
  text,
} from '../support/journey.js';
import { members, panel, people, reviewers } from '../support/people.js';
import { appealingPlan, calmPlan, hastyPlan } from '../support/plans.js';

const eligible = { verdict: 'eligible', checklist: metChecklist(calmPlan), points: [], reasonCodes: [] } as const;
const [first, second] = members;
if (first === undefined || second === undefined) throw new Error('the committee has members');
const [reviewer] = reviewers;
if (reviewer === undefined) throw new Error('there are reviewers');
const secretaryWhoVotes = { ...first, personId: people.secretary.personId };

const opened = () => journeyTo('committee').act(people.secretary, 'openItem', openWith());
const prepared = () => {
  const told = journeyTo('implementation');
  return told.act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) });
};
const released = () => prepared().act(people.releaser, 'releaseTranche', { number: 1 });
const ineligible = () =>
  journeyTo('screening', appealingPlan).act(people.hana, 'recordScreening', {
    ...eligible,
    verdict: 'ineligible',
    reasonCodes: ['expired-licence'],
  });
const report = { number: 1, spentMinor: '100', indicators: [], documentSha256: text };

const provoked: Partial<Record<RefusalCode, () => Answer>> = {
  notYourRole: () => journeyTo('screening').ask(people.samira, 'recordScreening', eligible),
  notYourOrganisation: () => journeyTo('screening').ask(people.stranger, 'withdraw', {}),
  notYourGovernorate: () =>
    journeyTo('regional-opinion').ask(people.giza, 'recordOpinion', { governorate: 'EG-C', verdict: 'object' }),
  notAssigned: () => journeyTo('technical-review').ask(reviewer, 'recordScore', { scores: fullScores(calmPlan) }),
  notThisStage: () => journeyTo('screening').ask(people.samira, 'signAgreement', { documentSha256: text }),
  staleVersion: () => journeyTo('screening').ask(people.hana, 'recordScreening', eligible, { expectedVersion: 0 }),
  alreadyActed: () => opened().act(first, 'castVote', { vote: 'approve' }).ask(first, 'castVote', { vote: 'approve' }),
  conflictOfInterest: () =>
    journeyTo('screening')
      .act(people.hana, 'declareInterest', { interest: 'conflict' })
      .ask(people.hana, 'recordScreening', eligible),
  dutyConflict: () => opened().ask(secretaryWhoVotes, 'castVote', { vote: 'approve' }),
  quorumMissing: () => journeyTo('committee').ask(people.secretary, 'openItem', openWith(members.slice(0, 6))),
  ballotClosed: () => {
    const told = opened();
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'reject' });
    const rejected = { ...approveBody, verdict: 'defer' } as const;
    return told
      .act(people.chair, 'closeItem', rejected, { reason: 'more facts' })
      .ask(first, 'castVote', { vote: 'approve' });
  },
  notPresent: () =>
    journeyTo('committee')
      .act(people.secretary, 'openItem', openWith(members.slice(1)))
      .ask(first, 'castVote', { vote: 'approve' }),
  recused: () =>
    journeyTo('committee')
      .act(people.secretary, 'openItem', { ...openWith(), recused: [first.personId] })
      .ask(first, 'castVote', { vote: 'approve' }),
  pastDeadline: () =>
    journeyTo('regional-opinion', hastyPlan({ 'regional-opinion': 500 }))
      .wait(500)
      .ask(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'support' }),
  suspended: () =>
    journeyTo('screening')
      .act(people.monitor, 'suspend', { ground: 'fraud-alarm' })
      .ask(people.hana, 'recordScreening', eligible),
  authorityUnresolved: () => {
    const told = journeyTo('committee', { ...calmPlan, authority: [] }).act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    told.act(people.chair, 'closeItem', approveBody, { reason: 'sound' }).reserve();
    return told.ask(people.programmeDirector, 'recordApproval', { verdict: 'approve' });
  },
  conditionsNotMet: () => journeyTo('implementation').ask(people.releaser, 'releaseTranche', { number: 1 }),
  tranchesDoNotAddUp: () =>
    journeyTo('final-review').ask(people.monitor, 'closeRequest', {
      verdict: 'settled',
      unspentMinor: '1',
      returnedMinor: '1',
    }),
  bankDetailsUnverified: () => {
    const told = journeyTo('implementation');
    const facts = { ...paymentFacts(told.nowMs()), accountVerifiedAtMs: null };
    return told.ask(people.finance, 'prepareTranche', { number: 1, facts });
  },
  bankDetailsTooFresh: () => {
    const told = journeyTo('implementation');
    const facts = { ...paymentFacts(told.nowMs()), accountChangedAtMs: told.nowMs() - 2 * dayMs };
    return told.ask(people.finance, 'prepareTranche', { number: 1, facts });
  },
  instructionExists: () => released().ask(people.releaser, 'releaseTranche', { number: 1 }),
  reportNotAccepted: () => {
    const told = journeyTo('implementation');
    return told.ask(people.finance, 'prepareTranche', { number: 2, facts: paymentFacts(told.nowMs()) });
  },
  indicatorPartsDoNotAddUp: () =>
    journeyTo('implementation').ask(people.adel, 'submitReport', {
      ...report,
      indicators: [{ code: 'trained', total: 10, parts: { female: 6, male: 5 } }],
    }),
  amendmentNeeded: () =>
    journeyTo('implementation').ask(people.adel, 'submitReport', { ...report, spentMinor: '60000001' }),
  roundsExhausted: () =>
    journeyTo('screening', { ...calmPlan, correctionRounds: 0 }).ask(people.hana, 'recordScreening', {
      ...eligible,
      verdict: 'incomplete',
      points: [{ section: 'budget', note: 'sums' }],
    }),
  appealWindowClosed: () =>
    ineligible()
      .wait(31 * dayMs)
      .ask(people.samira, 'fileAppeal', {}, { reason: 'too late' }),
  appealAlreadyDecided: () => {
    const told = ineligible().act(people.samira, 'fileAppeal', {}, { reason: 'the licence was renewed' });
    for (const judge of panel.slice(0, 2))
      told.act(judge, 'decideAppeal', { verdict: 'uphold' }, { reason: 'it was not' });
    return told.ask(people.samira, 'fileAppeal', {}, { reason: 'it was' });
  },
  panelNotIndependent: () => {
    const told = ineligible().act(people.samira, 'fileAppeal', {}, { reason: 'the licence was renewed' });
    const screener = {
      ...people.hana,
      roles: [...people.hana.roles, { role: 'approver', level: 'appeal-panel' }],
    } as const;
    return told.ask(screener, 'decideAppeal', { verdict: 'uphold' }, { reason: 'as I said' });
  },
  requestEnded: () => journeyTo(undefined).ask(people.samira, 'withdraw', {}),
  keyReusedWithOtherContent: () =>
    journeyTo('screening')
      .act(people.hana, 'recordScreening', eligible, { key: 'one-key', fingerprint: 'one' })
      .ask(people.hana, 'recordScreening', eligible, { key: 'one-key', fingerprint: 'two' }),
  planNotApplicable: () =>
    journeyTo('screening').ask(
      people.administrator,
      'migratePlan',
      { plan: { ...calmPlan, code: 'another' }, planHash: 'b'.repeat(64), fromPlanHash: 'a'.repeat(64) },
      { reason: 'the rules changed' },
    ),
  unknownStatus: () => {
    const told = released().pay(1, 'unknown');
    return told.ask(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) });
  },
};

/** Given outside the domain: at the edge (sign-in, the friendly look at the envelope) or by back-pressure. */
const elsewhere: readonly RefusalCode[] = ['notSignedIn', 'envelopeExceeded', 'recordingBehind'];

describe('the closed list of refusals', () => {
  it.each(Object.entries(provoked))('%s is given by the rule it names', (code, provoke) => {
    expect(provoke().refusal?.code).toBe(code);
  });

  it('is covered in full', () => {
    expect([...Object.keys(provoked), ...elsewhere].sort()).toEqual([...refusalCodes].sort());
  });

  it('has a sentence in Arabic and in English for each code', () => {
    for (const code of refusalCodes) {
      expect(refusalSentences[code].ar).toMatch(/[\u0600-\u06ff]/);
      expect(refusalSentences[code].en).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('has a sentence of its own for each code', () => {
    for (const language of ['ar', 'en'] as const)
      expect(new Set(refusalCodes.map((code) => refusalSentences[code][language])).size).toBe(refusalCodes.length);
  });
});

describe('a refusal', () => {
  it('says no more than it was given', () => {
    expect(refuse('suspended')).toStrictEqual({ refusal: { code: 'suspended' } });
    expect(refuse('suspended', 'fraud-alarm')).toStrictEqual({ refusal: { code: 'suspended', rule: 'fraud-alarm' } });
    expect(refuse('notYourRole', undefined, 'approver')).toStrictEqual({
      refusal: { code: 'notYourRole', accepted: 'approver' },
    });
  });
});

describe('a refused decision', () => {
  it('leaves state and version as they were', () => {
    const told = journeyTo('screening');
    const before = structuredClone(told.request());
    told.ask(people.samira, 'recordScreening', eligible);
    expect(told.request()).toEqual(before);
  });

  it('names the rule and what would be accepted', () => {
    const answer = journeyTo('screening').ask(people.hana, 'recordScreening', {
      ...eligible,
      checklist: eligible.checklist.slice(1),
    });
    expect(answer.refusal).toEqual({
      code: 'conditionsNotMet',
      rule: 'checklist-incomplete',
      accepted: 'registered-under-law',
    });
  });
});

describe('separation of duties on one request', () => {
  it('keeps everybody who acted for the NGO away from every duty of the Fund', () => {
    const both = { ...people.samira, roles: [...people.samira.roles, { role: 'screeningOfficer' } as const] };
    expect(journeyTo('screening').ask(both, 'recordScreening', eligible).refusal?.code).toBe('dutyConflict');
  });

  it('keeps the person who prepared a payment from releasing it', () => {
    const both = { ...people.finance, roles: [...people.finance.roles, { role: 'paymentReleaser' } as const] };
    expect(prepared().ask(both, 'releaseTranche', { number: 1 }).refusal?.code).toBe('dutyConflict');
  });

  it('keeps a voter from releasing money unless the plan allows it', () => {
    const voter = { ...first, roles: [...first.roles, { role: 'paymentReleaser' } as const] };
    expect(prepared().ask(voter, 'releaseTranche', { number: 1 }).refusal?.rule).toBe('vote-with-release-payment');
  });

  it('keeps auditors, observers, administrators and operators from deciding anything', () => {
    for (const role of ['auditor', 'donorObserver', 'administrator', 'operator'] as const) {
      const both = { ...people.hana, roles: [...people.hana.roles, { role }] };
      expect(journeyTo('screening').ask(both, 'recordScreening', eligible).refusal?.code).toBe('dutyConflict');
    }
  });

  it('asks another person to lift a suspension than the one who imposed it', () => {
    const told = journeyTo('implementation').act(people.monitor, 'suspend', { ground: 'flagged-visit' });
    expect(told.ask(people.monitor, 'liftSuspension', {}).refusal?.code).toBe('dutyConflict');
    expect(told.ask(people.executiveDirector, 'liftSuspension', {}).refusal).toBeUndefined();
  });

  it('wants distinct approvers at all levels', () => {
    const everywhere = {
      ...people.programmeDirector,
      roles: [...people.programmeDirector.roles, ...people.executiveDirector.roles],
    };
    const told = journeyTo('authority').act(everywhere, 'recordApproval', { verdict: 'approve' });
    expect(told.ask(everywhere, 'recordApproval', { verdict: 'approve' }).refusal?.code).toBe('alreadyActed');
  });

  it('wants approvers in the order of their levels', () => {
    const early = journeyTo('authority').ask(people.deputy, 'recordApproval', { verdict: 'approve' });
    expect(early.refusal).toEqual({ code: 'notYourRole', rule: 'authority-level', accepted: 'programme-director' });
  });
});

describe('a payment batch', () => {
  const line = {
    instructionId: 'r-t1-1',
    requestId: 'r',
    number: 1,
    amountMinor: '500',
    accountId: 'a',
    preparedBy: 'finance',
    status: 'claimed',
  } as const;
  const built = foldBatchEntry(newBatch('b', people.finance), {
    seq: 1,
    atMs: 0,
    kind: 'decision',
    command: 'buildBatch',
    actor: people.finance,
    events: [{ kind: 'batchBuilt', lines: [line] }],
  });
  const release = (by: Actor, controlSumMinor = '500') =>
    decideBatch(built, {
      kind: 'releaseBatch',
      by,
      key: 'k',
      fingerprint: 'f',
      expectedVersion: 1,
      body: { count: 1, controlSumMinor },
    });

  it('is released by other eyes than those that prepared its lines', () => {
    const both = { ...people.finance, roles: [{ role: 'paymentReleaser' } as const] };
    expect(release(people.releaser).refusal).toBeUndefined();
    expect(
      decideBatch(built, {
        kind: 'releaseBatch',
        by: both,
        key: 'k',
        fingerprint: 'f',
        expectedVersion: 1,
        body: { count: 1, controlSumMinor: '500' },
      }).refusal?.code,
    ).toBe('dutyConflict');
  });

  it('is not released when the sum the releaser saw differs by a piastre', () => {
    expect(release(people.releaser, '501').refusal?.code).toBe('tranchesDoNotAddUp');
  });
});

describe('the reference plan before anything is submitted', () => {
  it('takes a submission only from a signatory of that NGO', () => {
    const file = fileOf({ organisationId: 'ngo-other' });
    expect(journey(developmentGrant).ask(people.samira, 'submitRequest', { file }).refusal?.code).toBe(
      'notYourOrganisation',
    );
    expect(journey(developmentGrant).ask(people.adel, 'submitRequest', { file: fileOf() }).refusal?.code).toBe(
      'notYourRole',
    );
  });

  it('takes reports only in order', () => {
    const told = journeyTo('implementation');
    expect(told.ask(people.adel, 'submitReport', { ...report, number: 2 }).refusal?.code).toBe('reportNotAccepted');
    expect(acceptReport(told, 1, '1').request().reports[0]?.state).toBe('accepted');
  });
});
