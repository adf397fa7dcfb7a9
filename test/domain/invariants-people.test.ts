// I8, and two people for each bank file: who combined duties, decided without the role, or decided though their role never does.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import type { RequestEvidence } from '../../domain/invariants/evidence.js';
import type { Evidence } from '../../domain/invariants/finding.js';
import { batchByTwoPeople, dutiesStaySeparate } from '../../domain/invariants/people.js';
import { batchLine, soundBatch } from '../support/batch-evidence.js';
import type { Change } from '../support/broken-evidence.js';
import { actedBy, edited, firstOf, relinked } from '../support/broken-evidence.js';
import { evidenceOf, planHash } from '../support/evidence.js';
import { journeyTo, payTranche } from '../support/journey.js';
import { panel, people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const running = evidenceOf(payTranche(journeyTo('implementation'), 1));

type Said = readonly [string, Evidence];
const saidOf = (evidence: RequestEvidence): Said[] =>
  dutiesStaySeparate(evidence).map(({ breach, evidence: seen }) => [breach, seen] as const);
const after = (...changes: readonly Change[]): Said[] =>
  saidOf(changes.reduce((evidence, change) => change(evidence), running));
const combined = (personId: string, duties: string): Said => ['dutiesCombined', { personId, duties }];
const member = { ...people.hana, personId: 'member-1' };
const voterReleases = actedBy('releaseTranche', { ...people.releaser, personId: 'member-1' });
const voterMay = (voterMayRelease: boolean) => ({ ...calmPlan, tranches: { ...calmPlan.tranches, voterMayRelease } });

describe('duties on one request', () => {
  it('are separate on the plain way', () => {
    expect(after()).toEqual([]);
  });

  it.each<[string, Change, Said[]]>([
    ['screened and voted', actedBy('recordScreening', member), [combined('member-1', 'judge-eligibility vote')]],
    [
      'prepared and released',
      actedBy('releaseTranche', { ...people.releaser, personId: 'finance' }),
      [combined('finance', 'prepare-payment release-payment')],
    ],
    ['voted and released', voterReleases, [combined('member-1', 'vote release-payment')]],
    [
      'applied and countersigned',
      actedBy('countersignAgreement', { ...people.fundSignatory, personId: 'samira' }),
      [combined('samira', 'apply countersign')],
    ],
    [
      'prepared, and another released for them',
      actedBy('releaseTranche', { ...people.releaser, onBehalfOf: { personId: 'finance', name: 'finance' } }),
      [combined('finance', 'prepare-payment release-payment')],
    ],
    ['only voted, each of them once', actedBy('castVote', { ...people.chair, personId: 'member-1' }), []],
  ])('were combined by who %s', (_what, change, expected) => {
    expect(after(change)).toEqual(expected);
  });

  it('are said once of each person, however often they acted', () => {
    const all = actedBy('castVote', { ...people.chair, personId: 'hana' });
    expect(after(all)).toEqual([combined('hana', 'judge-eligibility vote')]);
    const scored = actedBy('recordScore', { ...people.hana, personId: 'deputy', roles: [{ role: 'reviewer' }] });
    expect(after(scored)).toEqual([combined('deputy', 'score authorise')]);
  });

  it('may be voting and releasing where a plan of the request allows it, and nothing else', () => {
    expect(after(voterReleases, edited({ plans: { [planHash]: voterMay(true) } }))).toEqual([]);
    expect(after(voterReleases, edited({ plans: { [planHash]: voterMay(false), later: voterMay(true) } }))).toEqual([]);
    expect(after(voterReleases, edited({ plans: {} }))).toEqual([combined('member-1', 'vote release-payment')]);
    const others: readonly Change[] = [
      actedBy('recordScreening', member),
      actedBy('releaseTranche', { ...people.releaser, personId: 'finance' }),
    ];
    expect(after(...others, edited({ plans: { [planHash]: voterMay(true) } }))).toEqual([
      combined('member-1', 'judge-eligibility vote'),
      combined('finance', 'prepare-payment release-payment'),
    ]);
  });

  it('are never voting and judging the appeal, whoever may release', () => {
    const appealed: Change = (sound) =>
      relinked(sound, (rows) =>
        rows.map((row) =>
          row.command === 'releaseTranche'
            ? { ...row, command: 'decideAppeal' as const, actor: { ...firstOf(panel), personId: 'member-1' } }
            : row,
        ),
      );
    expect(after(appealed, edited({ plans: { [planHash]: voterMay(true) } }))).toEqual([
      combined('member-1', 'vote judge-appeal'),
    ]);
  });

  it('are a finding about the request', () => {
    const findings = dutiesStaySeparate(
      actedBy('recordScreening', { ...people.auditor, personId: 'member-1' })(running),
    );
    expect(findings.map(({ breach }) => breach)).toEqual(['dutiesCombined', 'neverDecidingActed', 'roleNotHeld']);
    for (const { subject } of findings) expect(subject).toEqual({ kind: 'request', id: running.requestId });
  });
});

describe('a decision', () => {
  const screenedBy = (actor: Actor): Said[] => after(actedBy('recordScreening', actor));
  const seen = (personId: string) => ({ personId, command: 'recordScreening', seq: 2 });

  it('needs its role', () => {
    expect(screenedBy(people.finance)).toContainEqual(['roleNotHeld', seen('finance')]);
    expect(screenedBy({ ...people.hana, roles: [] })).toEqual([['roleNotHeld', seen('hana')]]);
  });

  it.each(['auditor', 'donorObserver', 'administrator', 'operator'] as const)(
    'is never taken by who is %s as well',
    (role) => {
      expect(screenedBy({ ...people.hana, roles: [...people.hana.roles, { role }] })).toEqual([
        ['neverDecidingActed', { ...seen('hana'), role }],
      ]);
    },
  );

  it('is not what a machine reports: it holds no role', () => {
    expect(after(actedBy('reportReservation', { ...people.auditor }))).toEqual([]);
  });
});

describe('what an administrator does to a request', () => {
  const migrated = (by: Actor): RequestEvidence => {
    const told = journeyTo('screening').act(
      people.administrator,
      'migratePlan',
      { plan: { ...calmPlan, version: '99.0.0' }, planHash: 'b'.repeat(64), fromPlanHash: 'a'.repeat(64) },
      { reason: 'the rules changed' },
    );
    return actedBy('migratePlan', by)(evidenceOf(told));
  };
  const seen = { personId: 'administrator', command: 'migratePlan', seq: 2 };

  it('decides nothing, so the role may do it', () => {
    expect(saidOf(migrated(people.administrator))).toEqual([]);
  });

  it('is done by nobody who is an auditor as well', () => {
    const both = { ...people.administrator, roles: [...people.administrator.roles, ...people.auditor.roles] };
    expect(saidOf(migrated(both))).toEqual([['neverDecidingActed', { ...seen, role: 'auditor' }]]);
  });
});

describe('a bank file', () => {
  const said = (releaser: Actor, preparedBy: string | null = 'mona') => {
    const sound = soundBatch(releaser, [{ ...batchLine, preparedBy }]);
    return batchByTwoPeople(sound);
  };
  const notTwo = (releasedBy: string) => [
    {
      ...{ invariant: 'I4', breach: 'notTwoPeople', subject: { kind: 'batch', id: 'b' } },
      evidence: { releasedBy, seq: 2 },
    },
  ];
  const releasingFor = (personId: string): Actor => ({ ...people.releaser, onBehalfOf: { personId, name: personId } });

  it('is released by somebody who neither built it nor prepared one of its payments', () => {
    expect(said(people.releaser)).toEqual([]);
    expect(said(people.releaser, null)).toEqual([]);
    expect(said(people.finance)).toEqual(notTwo('finance'));
    expect(said({ ...people.releaser, personId: 'mona' })).toEqual(notTwo('mona'));
  });

  it('is not released for one of them either', () => {
    expect(said(releasingFor('samira'))).toEqual([]);
    expect(said(releasingFor('mona'))).toEqual(notTwo('releaser'));
    expect(said(releasingFor('finance'))).toEqual(notTwo('releaser'));
  });

  it('has lines that count even where the entry of its building is gone', () => {
    const { chain, ...sound } = soundBatch({ ...people.releaser, personId: 'mona' }, [
      { ...batchLine, preparedBy: 'mona' },
    ]);
    const another = chain.map((row) =>
      row.command === 'buildBatch' ? { ...row, command: 'linesHeldBack' as const } : row,
    );
    expect(batchByTwoPeople({ ...sound, chain: another })).toEqual(notTwo('mona'));
    expect(batchByTwoPeople({ ...sound, chain: chain.slice(1) })).toEqual([]);
  });
});
