// What an entry leaves in a request beside its events: the duty done, the key answered, the version; and how facts are kept that no rule takes.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import { bank, calendarKeeper, clock, registry } from '../../domain/actor.js';
import { applyEntry, sealEntry } from '../../domain/apply.js';
import type { Entry } from '../../domain/audit-entry.js';
import type { Command, FactKind } from '../../domain/command.js';
import { isPersonCommand, isPersonKind, personCommand, personCommandKinds } from '../../domain/command.js';
import { decide, noteAnomaly, refusalOf } from '../../domain/decide.js';
import type { Deadline, GrantRequest } from '../../domain/grant-request.js';
import { emptyRequest } from '../../domain/grant-request.js';
import { enterStage } from '../../domain/move.js';
import type { Plan } from '../../domain/plan.js';
import { permissions } from '../../domain/permissions.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { atStage } from '../support/at-stage.js';
import { bodyOf } from '../support/bodies.js';
import { fileOf, journey, journeyTo, openWith, startMs } from '../support/journey.js';
import { members, people } from '../support/people.js';
import { calmPlan, workingPlan } from '../support/plans.js';

const context = { plan: calmPlan, nowMs: startMs };
const time = { unit: 'time', ms: 7 } as const;
const entry = (change: Partial<Entry>): Entry => ({
  ...{ seq: 1, atMs: startMs, kind: 'decision', command: 'castVote', actor: people.chair },
  ...{ before: 'committee', after: 'committee', events: [] },
  ...change,
});

describe('keys that were answered', () => {
  /** After entries 1 to `count`, each with a key of its own unless `keyOf` says otherwise. */
  const after = (count: number, change: (seq: number) => Partial<Entry> = () => ({})): string[] => {
    let request = emptyRequest('r', 0, 0);
    for (let seq = 1; seq <= count; seq += 1)
      request = sealEntry(request, entry({ seq, key: `k${seq}`, fingerprint: 'f', ...change(seq) }));
    return Object.keys(request.keys);
  };

  it('stay with the fingerprint and the version of the answer', () => {
    const sealed = (change: Partial<Entry>) => sealEntry(emptyRequest('r', 0, 0), entry({ seq: 7, ...change }));
    expect(sealed({ key: 'k', fingerprint: 'f' })).toMatchObject({ version: 7, keys: { k: { version: 7 } } });
    expect(sealed({ key: 'k', fingerprint: 'f' }).keys).toEqual({ k: { fingerprint: 'f', version: 7 } });
    expect(sealed({ key: 'k', command: 'passDeadline' }).keys).toEqual({ k: { fingerprint: '', version: 7 } });
    expect(sealed({}).keys).toEqual({});
  });

  it('are two hundred; then the oldest is forgotten for each new one', () => {
    expect(after(200)).toHaveLength(200);
    expect(after(201)).toEqual(Array.from({ length: 200 }, (_, index) => `k${index + 2}`));
    expect(after(203)[0]).toBe('k4');
  });

  it('are counted, not the entries: some answer none', () => {
    const halved = after(300, (seq) => (seq % 2 === 0 ? {} : { key: 'k0' }));
    expect(halved).toHaveLength(151);
    const one = after(201, (seq) => (seq === 5 ? { key: 'k4' } : {}));
    expect([one.length, one[0]]).toEqual([200, 'k1']);
  });

  it.each(['prepareTranche', 'releaseTranche', 'recordRefund', 'recordRecovery', 'closeRequest'] as const)(
    'of %s moved money and are never forgotten',
    (command) => {
      const keys = after(202, (seq) => (seq <= 2 ? { command } : {}));
      expect(keys.slice(0, 3)).toEqual(['k1', 'k2', 'k5']);
      expect(after(205, () => ({ command }))).toHaveLength(205);
    },
  );

  it('give the earlier answer again, and are refused with other content', () => {
    const told = journeyTo('screening');
    const { version } = told.request();
    const extra = { key: 'one', fingerprint: 'f' };
    told.act(people.monitor, 'suspend', { ground: 'fraud-alarm' }, extra).act(people.deputy, 'liftSuspension', {});
    const again = told.ask(people.monitor, 'suspend', { ground: 'fraud-alarm' }, extra);
    expect(again).toEqual({ after: told.request(), version: version + 1 });
    const other = told.ask(people.monitor, 'suspend', { ground: 'flagged-visit' }, { ...extra, fingerprint: 'g' });
    expect(other.refusal).toEqual({ code: 'keyReusedWithOtherContent' });
  });

  it('of facts give the earlier answer whatever the fact says now', () => {
    const told = journeyTo('screening').passDeadline();
    const [first] = Object.keys(told.request().keys).slice(-1);
    const body = { deadlineId: 'another', atMs: 0 };
    expect(told.askFact({ kind: 'passDeadline', by: clock, key: first ?? '', body }).version).toBe(2);
  });
});

describe('acts of people', () => {
  const actsAfter = (request: GrantRequest, actor: Actor, command: Entry['command'] = 'castVote') =>
    sealEntry(request, entry({ actor, command })).acts;
  const blank = emptyRequest('r', 0, 0);
  const voted = (personId: string) => ({ personId, duty: 'vote' });
  const nabil: Actor = { ...people.chair, onBehalfOf: { personId: 'mona', name: 'Mona' } };

  it('are kept with the duty of the command, once for each person and duty', () => {
    const once = { ...blank, acts: actsAfter(blank, people.chair) };
    expect(once.acts).toEqual([voted('chair')]);
    expect(actsAfter(once, people.chair)).toEqual([voted('chair')]);
    expect(actsAfter(once, people.hana)).toEqual([voted('chair'), voted('hana')]);
    expect(actsAfter(once, people.chair, 'closeRequest')).toEqual([
      voted('chair'),
      { personId: 'chair', duty: 'close' },
    ]);
  });

  it('for somebody absent are acts of both', () => {
    const both = [{ ...voted('chair'), onBehalfOf: 'mona' }, voted('mona')];
    const once = { ...blank, acts: actsAfter(blank, nabil) };
    expect(once.acts).toEqual(both);
    expect(actsAfter(once, nabil)).toEqual(both);
    expect(actsAfter(once, people.chair)).toEqual([...both, voted('chair')]);
  });

  it('are none of a machine, and none where the command has no duty', () => {
    expect(actsAfter(blank, clock, 'passDeadline')).toHaveLength(0);
    expect(actsAfter(blank, people.hana, 'declareInterest')).toHaveLength(0);
  });
});

describe('entries folded again', () => {
  it('give the request that deciding gave', () => {
    const told = journeyTo(undefined);
    const folded = told.entries().reduce(applyEntry, emptyRequest(told.request().id, startMs, startMs + 60_000));
    expect(folded).toStrictEqual(told.request());
  });

  it('open with a draft that nobody has handed in', () => {
    const draft = emptyRequest('r', 5, 9);
    expect(draft).toMatchObject({ id: 'r', version: 0, outcome: null, file: null, suspension: null, keys: {} });
    expect(draft.position).toEqual({ stage: 'draft', enteredAtMs: 5, enteredVersion: 0, dueAtMs: 9, lateness: null });
    expect(draft.deadlines).toEqual([{ id: 'stage', step: 'due', atMs: 9 }]);
    expect(draft.correction).toStrictEqual({ rounds: 0, returnTo: null, points: [] });
    expect(draft.review).toStrictEqual({ wanted: 0, widened: false, assigned: [], declared: [], scores: [] });
    for (const list of [draft.acts, draft.conflicted, draft.tranches, draft.reports]) expect(list).toHaveLength(0);
    expect(draft.accountedMinor).toBe('0');
  });

  it('leave no deadline and no suspension in a request that has ended', () => {
    const told = journeyTo('screening').act(people.samira, 'withdraw', {});
    expect(told.request()).toMatchObject({ outcome: 'withdrawn', suspension: null });
    expect(told.request().deadlines).toHaveLength(0);
  });
});

describe('commands', () => {
  it('of people are those with a row in the table of permissions; facts have none', () => {
    expect([...personCommandKinds].sort()).toEqual(Object.keys(permissions).sort());
    const facts: readonly FactKind[] = [
      ...(['passDeadline', 'reportReservation', 'paymentStatusReported'] as const),
      ...(['registryStatusChanged', 'calendarChanged'] as const),
    ];
    expect([...facts, 'toString', 'constructor'].filter(isPersonKind)).toStrictEqual([]);
  });

  it('carry kind and body beside who sent them', () => {
    const envelope = { by: people.hana, key: 'k', fingerprint: 'f', expectedVersion: 1 };
    const command = personCommand('castVote', { vote: 'approve' }, envelope);
    expect(command).toEqual({ ...envelope, kind: 'castVote', body: { vote: 'approve' } });
    expect(isPersonCommand(command)).toBe(true);
  });
});

describe('a fact that no rule takes', () => {
  it('changes nothing and is kept as an anomaly that names it', () => {
    const request = atStage('screening');
    const body = { instructionId: 'i', number: 1, status: 'settled' } as const;
    const fact = { kind: 'paymentStatusReported', by: bank, key: 'i-settled', body } as const;
    const { refusal } = decide(request, fact, context);
    if (refusal === undefined) throw new Error('nothing was instructed');
    const noted = noteAnomaly(request, fact, refusal, context);
    expect(noted.entry).toEqual({
      ...{ seq: 2, atMs: startMs, kind: 'system', command: 'paymentStatusReported', actor: bank, key: 'i-settled' },
      ...{ before: 'screening', after: 'screening' },
      events: [{ kind: 'anomalyNoted', fact: 'paymentStatusReported', code: refusal.code, about: 'i-settled' }],
    });
    expect(noted.after).toEqual({
      ...request,
      version: 2,
      keys: { ...request.keys, 'i-settled': { fingerprint: '', version: 2 } },
    });
    if (noted.entry === undefined) throw new Error('the anomaly was not recorded');
    expect(applyEntry(request, noted.entry)).toEqual(noted.after);
  });

  it('has ended with the request, except a finding on its NGO, which is nothing to note there', () => {
    const told = journeyTo('screening').act(people.samira, 'withdraw', {});
    const { keys, version } = told.request();
    const finding = {
      kind: 'registryStatusChanged',
      by: registry,
      key: 'f',
      body: { finding: 'open-violation' },
    } as const;
    expect(told.askFact(finding)).toEqual({ after: told.request(), version });
    const change = { version: 1, declaredDays: [], removedDays: [] };
    const ended = { code: 'requestEnded', rule: 'withdrawn' };
    expect(told.askFact({ kind: 'calendarChanged', by: calendarKeeper, key: 'c', body: change }).refusal).toEqual(
      ended,
    );
    expect(Object.keys(keys)).not.toContain('f');
  });
});

describe('what a person has seen', () => {
  const implementing = atStage('implementation');
  const since = 150;
  const request: GrantRequest = {
    ...implementing,
    version: 200,
    tranches: implementing.tranches.map((tranche) => ({ ...tranche, changedVersion: since })),
    reports: implementing.reports.map((report) => ({ ...report, changedVersion: since + 10 })),
  };
  const { enteredVersion } = request.position;
  type Kind =
    | 'prepareTranche'
    | 'releaseTranche'
    | 'confirmReceipt'
    | 'submitReport'
    | 'recordReportReview'
    | 'suspend';
  const ask = (state: GrantRequest, by: Actor, kind: Kind, expectedVersion: number, number = 1) => {
    const body = { ...bodyOf[kind], ...(kind === 'suspend' ? {} : { number }) };
    const command: Command = personCommand(kind, body, { by, key: 'k', fingerprint: 'f', expectedVersion });
    return refusalOf(state, command, context)?.code === 'staleVersion';
  };

  it.each<[Kind, Actor, number]>([
    ['prepareTranche', people.finance, since],
    ['releaseTranche', people.releaser, since],
    ['confirmReceipt', people.samira, since],
    ['submitReport', people.adel, since + 10],
    ['recordReportReview', people.monitor, since + 10],
  ])('counts for %s from the last change of that tranche or report', (kind, by, changed) => {
    const stale = [changed - 1, changed, 200, 201].map((seen) => ask(request, by, kind, seen));
    expect(stale).toEqual([true, false, false, true]);
    expect([enteredVersion - 1, enteredVersion].map((seen) => ask(request, by, kind, seen, 9))).toEqual([true, false]);
  });

  it('counts for everything else from entering the stage, and is answered with the version there is', () => {
    expect(
      [enteredVersion - 1, enteredVersion, 200, 201].map((seen) => ask(request, people.monitor, 'suspend', seen)),
    ).toEqual([true, false, false, true]);
    const old = journeyTo('screening').ask(
      people.monitor,
      'suspend',
      { ground: 'fraud-alarm' },
      { expectedVersion: 0 },
    );
    expect(old.refusal).toEqual({ code: 'staleVersion', rule: 'version-seen', accepted: '1' });
  });

  it('includes for whoever closes an item the last vote', () => {
    const opened = journeyTo('committee').act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) opened.act(member, 'castVote', { vote: 'approve' });
    const { version } = opened.request();
    const close = (expectedVersion: number) =>
      opened.ask(people.chair, 'closeItem', bodyOf.closeItem, { reason: 'sound', expectedVersion }).refusal?.code;
    expect([close(version - 1), close(version)]).toEqual(['staleVersion', undefined]);
    const before = journeyTo('committee');
    const early = before.ask(people.chair, 'closeItem', bodyOf.closeItem, {
      expectedVersion: before.request().version - 1,
    });
    expect(early.refusal?.code).toBe('staleVersion');
  });
});

describe('a due time that ends a stage', () => {
  it.each([
    ['correction', people.samira, 'resubmit'],
    ['agreement', people.samira, 'signAgreement'],
    ['regional-opinion', people.cairo, 'recordOpinion'],
  ] as const)('counts at %s from its instant, even before its timer strikes', (stage, by, kind) => {
    const request = atStage(stage);
    const { dueAtMs } = request.position;
    const envelope = { by, key: 'k', fingerprint: 'f', expectedVersion: request.version };
    const ask = (nowMs: number, state = request) =>
      refusalOf(state, personCommand(kind, bodyOf[kind], envelope), { plan: calmPlan, nowMs });
    expect(ask(dueAtMs - 1)).toBeUndefined();
    expect(ask(dueAtMs)).toEqual({ code: 'pastDeadline', rule: stage });
    const [due] = request.deadlines;
    if (due === undefined) throw new Error('a stage has a due time');
    const others: readonly Deadline[] = [
      { ...due, id: 'report-1' },
      { ...due, step: 'remind' },
    ];
    for (const other of others) expect(ask(dueAtMs, { ...request, deadlines: [other] })).toBeUndefined();
    expect(ask(dueAtMs, { ...request, deadlines: [...others, due] })?.code).toBe('pastDeadline');
  });

  it('counts for handing in as well', () => {
    const told = journey().wait(60_000);
    expect(told.ask(people.samira, 'submitRequest', { file: fileOf() }).refusal).toEqual({
      ...{ code: 'pastDeadline', rule: 'draft' },
    });
  });

  it('does not at a stage that is only escalated', () => {
    const told = journeyTo('screening').wait(40 * 86_400_000);
    expect(told.ask(people.hana, 'recordScreening', bodyOf.recordScreening).refusal).toBeUndefined();
  });
});

describe('entering a stage', () => {
  it('is a defect where the plan has no due time for it', () => {
    const bare = { ...calmPlan, stages: {} };
    expect(() => enterStage('committee', { plan: bare, nowMs: 0 })).toThrow(
      new Error(`plan calm ${calmPlan.version} has no due time for committee`),
    );
  });

  it('gives the due time with how it was computed, and a reminder', () => {
    const plan = workingPlan(1);
    const { due } = plan.stages.screening ?? { due: time };
    const screening = { due, escalateAfter: time, remindAfter: time };
    const reminded = { ...plan, stages: { ...plan.stages, screening } };
    expect(enterStage('screening', { plan: reminded, nowMs: startMs })).toEqual({
      ...{ kind: 'stageEntered', stage: 'screening', dueAtMs: Date.UTC(2026, 2, 2, 15) },
      dueBasis: { fromMs: startMs, period: { unit: 'working-days', count: 1 } },
      remind: { atMs: startMs + 7 },
    });
  });
});

describe('after money is reserved', () => {
  it('the next stage is entered without asking the authority matrix where the route has no such stage', () => {
    const plan: Plan = { ...calmPlan, route: calmPlan.route.filter((stage) => stage !== 'authority') };
    const told = journeyTo('authority', plan);
    expect(told.request()).toMatchObject({ position: { stage: 'agreement' }, authority: null });
    expect(
      told
        .entries()
        .at(-1)
        ?.events.map(({ kind }) => kind),
    ).toStrictEqual(['fundsReserved', 'stageEntered']);
  });
});

describe('a correction', () => {
  const points = [{ section: 'budget', note: 'the sums differ' }];

  it('that the committee asked for goes back to the committee', () => {
    const told = journeyTo('committee').act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    const asked = { ...bodyOf.closeItem, verdict: 'return', points } as const;
    told.act(people.chair, 'closeItem', asked, { reason: 'mend it' });
    expect(told.request().correction).toMatchObject({ returnTo: 'committee', points });
    told.act(people.samira, 'resubmit', { file: fileOf(), answers: points });
    expect(told.request().position.stage).toBe('committee');
  });
});

describe('an award that screening sets', () => {
  const eligible = bodyOf.recordScreening;
  const asked = (request: GrantRequest) => {
    const body = { ...eligible, checklist: reliefFastLane.checklist.map((item) => ({ item, answer: 'met' as const })) };
    const envelope = { by: people.hana, key: 'k', fingerprint: 'f', expectedVersion: request.version };
    const { eligibility, needsAssessment, ...plain } = reliefFastLane;
    expect([eligibility !== undefined, needsAssessment]).toEqual([true, true]);
    return decide(request, personCommand('recordScreening', body, envelope), { plan: plain, nowMs: startMs }).entry
      ?.events;
  };

  it('asks for what was asked for, without conditions, under a key of its own', () => {
    expect(asked(atStage('screening'))).toContainEqual({
      ...{ kind: 'fundsAsked', decisionKey: 'req0000000000001-d2', amountMinor: '60000000', conditions: [] },
    });
  });

  it('asks for nothing where nothing was handed in', () => {
    const blank = { ...atStage('screening'), file: null };
    expect(asked(blank)).toContainEqual(expect.objectContaining({ kind: 'fundsAsked', amountMinor: '0' }));
  });
});
