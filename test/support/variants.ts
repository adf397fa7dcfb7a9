// Stories under the two variants of the plan: the relief fast lane step by step, and one request of a capacity-building cohort.
import type { PersonBodies, RequestFile } from '../../domain/command.js';
import type { Plan } from '../../domain/plan.js';
import { capacityCohort } from '../../domain/plans/capacity-cohort.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import type { Journey } from './journey.js';
import {
  acceptReport,
  approveBody,
  dayMs,
  fileOf,
  journey,
  metChecklist,
  openWith,
  paymentFacts,
  startMs,
  text,
} from './journey.js';
import { members, people } from './people.js';
import { soundRegistry } from './strict.js';

export const proof = { evidence: [{ fileId: 'file-1', sha256: text }] };

type Start = {
  readonly plan?: Plan;
  readonly id?: string;
  readonly atMs?: number;
  readonly file?: Partial<RequestFile>;
};

export const submitted = ({ plan = reliefFastLane, id, atMs = startMs, file = {} }: Start = {}): Journey =>
  journey(plan, id, atMs).act(people.samira, 'submitRequest', {
    file: fileOf(file),
    registry: soundRegistry({ fetchedAtMs: atMs - dayMs }),
  });

export const eligibleUnder = (plan: Plan): PersonBodies['recordScreening'] => ({
  verdict: 'eligible',
  checklist: metChecklist(plan),
  points: [],
  reasonCodes: [],
});

export const screened = (start: Start = {}): Journey =>
  submitted(start).act(people.hana, 'recordScreening', eligibleUnder(start.plan ?? reliefFastLane), proof);

export const authorised = (told: Journey): Journey => {
  for (const approver of [people.programmeDirector, people.executiveDirector, people.deputy])
    if (told.request().position.stage === 'authority') told.act(approver, 'recordApproval', { verdict: 'approve' });
  return told;
};

/** Money committed, the first tranche ready. */
export const relieved = (start: Start = {}): Journey => authorised(screened(start).reserve());

export const prepared = (told: Journey, number = 1): Journey =>
  told.act(people.finance, 'prepareTranche', { number, facts: paymentFacts(told.nowMs()) });

export const provisionallyPaid = (told: Journey): Journey =>
  prepared(told)
    .act(people.programmeDirector, 'releaseTranche', { number: 1 })
    .act(people.deputy, 'releaseTranche', { number: 1 })
    .pay(1, 'settled')
    .act(people.samira, 'confirmReceipt', { number: 1 });

export const paid = (told: Journey, number: number): Journey =>
  prepared(told, number)
    .act(people.releaser, 'releaseTranche', { number })
    .pay(number, 'settled')
    .act(people.samira, 'confirmReceipt', { number });

export const voted = (told: Journey, vote: 'approve' | 'reject'): Journey => {
  told.act(people.secretary, 'openItem', openWith());
  for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote });
  return told;
};

type Verdict = PersonBodies['closeItem']['verdict'];
export const closed = (told: Journey, verdict: Verdict): Journey =>
  told.act(people.chair, 'closeItem', { ...approveBody, verdict }, { reason: 'as discussed' });

const settle = (told: Journey): Journey => {
  const body = { verdict: 'settled', unspentMinor: '0', returnedMinor: '0' } as const;
  return told.act(people.monitor, 'closeRequest', body).act(people.finance, 'closeRequest', body);
};

export const reliefToClosure = (start: Start = {}): Journey => {
  const told = closed(voted(provisionallyPaid(relieved(start)), 'approve'), 'ratify');
  acceptReport(paid(told, 2), 1, '30000000');
  return settle(paid(acceptReport(told, 2, '60000000'), 3));
};

/** Ten of twenty-seven million accounted for, then the committee takes the rest back. */
export const reliefRecovered = (start: Start = {}): Journey => {
  const told = acceptReport(provisionallyPaid(relieved(start)), 1, '10000000');
  return closed(voted(told, 'reject'), 'recover')
    .act(people.finance, 'agreeRecoveryPlan', { instalments: [{ amountMinor: '17000000', dueAtMs: dayMs }] })
    .act(people.finance, 'recordRecovery', { kind: 'received', amountMinor: '17000000' });
};

export const cohortFile = { programmeCode: 'capacity', callId: 'call-capacity-2026', requestedMinor: '6000000' };

/** One NGO's request before the session that decides the batch. */
export const inCohort = (start: Start = {}): Journey => screened({ plan: capacityCohort, file: cohortFile, ...start });

export const attended = (told: Journey): Journey => {
  authorised(closed(voted(told, 'approve'), 'approve').reserve())
    .act(people.samira, 'signAgreement', { documentSha256: text })
    .act(people.fundSignatory, 'countersignAgreement', { documentSha256: text });
  return paid(told, 1);
};

/** As many people as the plan aims at. */
export const trained = { code: 'people-trained', total: 20, parts: { female: 12, male: 8 } };
export const attendanceReport = { number: 1, spentMinor: '6000000', indicators: [trained], documentSha256: text };

/** After the attendance of so many people was accepted: what the second tranche earns is settled. */
export const earned = (total: number, start: Start = {}): Journey =>
  attended(inCohort(start))
    .act(
      people.adel,
      'submitReport',
      { ...attendanceReport, indicators: [{ ...trained, total, parts: { all: total } }] },
      proof,
    )
    .act(people.monitor, 'recordReportReview', { number: 1, verdict: 'accepted', points: [] });

export const cohortToClosure = (start: Start = {}): Journey => settle(paid(earned(20, start), 2));
