// docs/lifecycle.md: the process, who may do what, and every refusal, read from the tables that the engine itself obeys.
import { statuses } from '../../api/problem.js';
import type { Actor, Role } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import { personCommandKinds } from '../../domain/command.js';
import type { Period } from '../../domain/calendar.js';
import { emptyRequest } from '../../domain/grant-request.js';
import { lifecycleDiagram } from '../../domain/lifecycle-diagram.js';
import { edges, phaseOf, stageNames, stages } from '../../domain/lifecycle.js';
import type { Stage } from '../../domain/lifecycle.js';
import { bankOutcomes } from '../../domain/money/bank-status.js';
import type { BatchCommand } from '../../domain/money/payment-batch.js';
import { applyToBatch, decideBatch, newBatch } from '../../domain/money/payment-batch.js';
import { permissions } from '../../domain/permissions.js';
import type { Plan, StagePlan, TrancheCondition, TranchePlan } from '../../domain/plan.js';
import { stageAfter } from '../../domain/plan.js';
import { capacityCohort } from '../../domain/plans/capacity-cohort.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { refusalCodes, refusalSentences } from '../../domain/refusal.js';
import { dutyConflictOf, exclusivePairs } from '../../domain/separation-of-duties.js';
import { code, codes, mermaid, table } from './markdown.js';

const plan: Plan = developmentGrant;
const allowed = '●';

const periodText = (period: Period): string => {
  if (period.unit === 'working-days') return `${period.count} working days`;
  if (period.unit === 'working-hours') return `${period.count} working hours`;
  const [dayMs, hourMs] = [86_400_000, 3_600_000];
  if (period.ms % dayMs === 0 && period.ms > 3 * dayMs) return `${period.ms / dayMs} days`;
  return period.ms % hourMs === 0 ? `${period.ms / hourMs} hours` : `${period.ms / 60_000} minutes`;
};

const leadsTo = (stage: Stage, to: (typeof edges)[number]['to']): string => {
  switch (to) {
    case 'next':
      return code(stageAfter(plan, stage));
    case 'stay':
      return 'stays';
    case 'back':
      return 'the stage that asked';
    case 'standing':
      return 'the decision that was appealed';
    case 'sent-back':
      return 'a stage the panel names';
    case 'rejected':
    case 'ineligible':
      return plan.appeal ? `${code('appeal-window')}, then ${code(to)}` : code(to);
    default:
      return code(to);
  }
};

const silences = {
  escalate: 'marked late, then escalated',
  next: 'goes on',
  lapsed: 'ends `lapsed`',
  standing: 'ends as decided',
} as const;

const dueText = ({ due, remindAfter, rerouteAfter, rerouteTo }: StagePlan): string => {
  const reminded = remindAfter ? `; reminded after ${periodText(remindAfter)}` : '';
  const rerouted =
    rerouteAfter && rerouteTo ? `; ${periodText(rerouteAfter)} after escalation also to ${rerouteTo}` : '';
  return `${periodText(due)}°${reminded}${rerouted}`;
};

const stageRow = (stage: Stage): string[] => {
  const timing = plan.stages[stage];
  const verdicts = edges
    .filter((edge) => edge.from === stage)
    .map(({ verdict, to }) => `${code(verdict)} → ${leadsTo(stage, to)}`);
  return [
    code(stage),
    phaseOf(stage),
    stages[stage].awaits.join(', '),
    verdicts.join('<br>'),
    stage === 'draft' ? 'nothing is recorded' : silences[stages[stage].silence],
    stage === 'draft' ? 'closing time of the call' : timing ? dueText(timing) : '–',
    stages[stage].overlays.join(', ') || '–',
  ];
};

const whereText = (where: (typeof permissions)[keyof typeof permissions]['where']): string => {
  if (typeof where !== 'string') return codes(where);
  if (where === 'sitting') return '`committee`, and `implementation` while an after-review is open';
  return where === 'while-suspended' ? 'while suspended' : `stages that allow ${code(where)}`;
};

const someone = (role: Role): Actor => ({ personId: 'somebody', name: 'somebody', roles: [{ role }] });
const builder: Actor = { personId: 'builder', name: 'builder', roles: [] };

/** The batch's roles stand in its rules, not in a table: each rule is asked with one role at a time. */
const envelope = { key: 'key', fingerprint: '', expectedVersion: 0 };
const batchCommands: readonly ((by: Actor) => BatchCommand)[] = [
  (by) => ({ ...envelope, by, kind: 'releaseBatch', body: { count: 0, controlSumMinor: '0' } }),
  (by) => ({ ...envelope, by, kind: 'withdrawBatch', body: {} }),
  (by) => ({ ...envelope, by, kind: 'resolveUnknown', body: { instructionId: 'none', status: 'settled' } }),
];
const mayOnBatch = (command: (by: Actor) => BatchCommand, role: Role): boolean => {
  const batch = applyToBatch(newBatch('batch', builder), { kind: 'batchBuilt', lines: [] });
  return decideBatch(batch, command(someone(role))).refusal?.code !== 'notYourRole';
};

const decidingRoles = roles.filter(
  (role) =>
    personCommandKinds.some((kind) => permissions[kind].roles.includes(role)) ||
    batchCommands.some((command) => mayOnBatch(command, role)),
);
const matrix = (): string =>
  table(
    ['Command', ...decidingRoles],
    [
      ...personCommandKinds.map((kind) => [
        code(kind),
        ...decidingRoles.map((role) => (permissions[kind].roles.includes(role) ? allowed : '')),
      ]),
      ...batchCommands.map((command) => [
        code(command(builder).kind),
        ...decidingRoles.map((role) => (mayOnBatch(command, role) ? allowed : '')),
      ]),
    ],
  );

const scopes = { organisation: 'own organisation', governorate: 'own governorate', fund: 'any request' } as const;
const whereTable = (): string =>
  table(
    ['Command', 'Where', 'On', 'Duty it counts as'],
    personCommandKinds.map((kind) => {
      const { where, scope, duty } = permissions[kind];
      return [code(kind), whereText(where), scopes[scope], duty === null ? '–' : code(duty)];
    }),
  );

const dutyTable = (): string => {
  const firsts = [...new Set(exclusivePairs.map(([duty]) => duty))];
  const others = (first: string): string[] =>
    exclusivePairs.filter(([duty]) => duty === first).map(([, other]) => other);
  return table(
    ['Who did this', 'never does this on the same request'],
    firsts.map((first) => [code(first), codes(others(first))]),
  );
};

const neverDeciding = (): Role[] => {
  const request = emptyRequest('any', 0, 0);
  return roles.filter((role) => dutyConflictOf(request, someone(role), null, plan) !== null);
};

const bankTable = (): string =>
  table(
    ['Tranche is', 'bank says `settled`', '`rejected`', '`unknown`'],
    Object.entries(bankOutcomes).map(([state, { settled, rejected, unknown }]) => [
      code(state),
      settled,
      rejected,
      unknown,
    ]),
  );

const refusalTable = (): string =>
  table(
    ['Code', 'HTTP', 'English', 'Arabic'],
    refusalCodes.map((name) => [
      code(name),
      String(statuses[name]),
      refusalSentences[name].en,
      `<bdi>${refusalSentences[name].ar}</bdi>`,
    ]),
  );

const pounds = (amountMinor: string): string => (BigInt(amountMinor) / 100n).toLocaleString('en-US');
const levelText = ({ level, people }: { level: string; people: number }): string =>
  people === 1 ? level : `${level} × ${people}`;
const authorityTable = (): string =>
  table(
    ['Row', 'Above (EGP)', 'Up to (EGP)', 'Levels, in order, all distinct people'],
    plan.authority.map(({ row, aboveMinor, upToMinor, levels }) => [
      code(row),
      pounds(aboveMinor),
      pounds(upToMinor),
      levels.map(levelText).join(' → '),
    ]),
  );

const reliefText = (): string => {
  const { stages: timed, tranches, afterReview } = reliefFastLane;
  const due = (stage: Stage): string => periodText(timed[stage]?.due ?? reliefFastLane.submitWithin);
  return [
    `Due times run round the clock: screening ${due('screening')}°, authority ${due('authority')}° a request. Screening needs an`,
    'assessment of the need as evidence and asks for the funds; the last approval commits them. Tranche 1 is released by',
    `${tranches.provisional?.approvers ?? 0} distinct approvers; every later one waits until the committee has ratified it, within`,
    `${afterReview ? periodText(afterReview.due) : '–'}° of entering \`implementation\`. The verdict \`recover\` lets the unpaid money go and claims back`,
    'what was paid and not accounted for; such a request ends `terminated`.',
  ].join('\n');
};

const cohortText = (): string => {
  const [first, second] = capacityCohort.tranches.parts;
  if (first === undefined || second?.results === undefined) throw new Error('the cohort has a tranche by results');
  const { indicator, target, leastBasisPoints } = second.results;
  return [
    `There is one report, which is refused without the attendance as evidence. The first tranche is ${sizeText(first)}°;`,
    `the second is earned by \`${indicator}\` against a target of ${target}°, at least ${leastBasisPoints / 100} %° of it.`,
  ].join('\n');
};

const conditionText = (condition: TrancheCondition): string => {
  switch (condition.kind) {
    case 'report-accepted':
      return `report ${condition.number}`;
    case 'tranche-settled':
      return `tranche ${condition.number}`;
    case 'spent-share':
      return `${condition.basisPoints / 100} % of earlier money spent`;
    case 'indicator-reached':
      return `${condition.code} at ${condition.atLeast}`;
    case 'visit-passed':
      return `visit ${condition.number} passed`;
  }
};
const sizeText = (part: TranchePlan): string =>
  'amountMinor' in part ? `EGP ${pounds(part.amountMinor)}` : `${part.shareBasisPoints / 100} % of what is left`;
const trancheTable = (): string => {
  const { parts, retentionBasisPoints } = plan.tranches;
  const kept = `${retentionBasisPoints / 100} %`;
  return table(
    ['Tranche', 'Share', 'Waits for'],
    [
      ...parts.map((part, index) => [
        String(index + 1),
        sizeText(part),
        part.requires.map(conditionText).join(', ') || 'the signed agreement',
      ]),
      ['retention', `${kept} of the award`, 'the final report and all other tranches of which something was earned'],
    ],
  );
};

export const lifecyclePage =
  (): string => `<!-- Generated by \`npm run docs:generate\` from domain/. Edits here are lost. -->
# The lifecycle of a funding request

This page is read from the tables that the engine obeys, under the reference plan \`${plan.code}\` ${plan.version}. Another plan
may leave stages out or have other numbers. Numbers marked ° are assumptions of the plan, not confirmed by the Fund.

${mermaid(lifecycleDiagram(plan))}

\`silence\` is a due time that passed. Beside the arrows above:

- \`withdraw\` ends a request as \`withdrawn\` until the first payment instruction exists; from then on the way is \`terminate\`,
  which ends it as \`terminated\` or opens \`recovery\` for money that is not accounted for.
- \`suspend\` freezes every clock and every money step; another person lifts it, and each deadline goes on with what was left.
- An approval by the committee is not final until the money is reserved. If the envelope cannot carry it, or the terms of its
  source do not allow it, the request comes back to \`committee\` with the missing sum or the term.
- A request leaves \`technical-review\` at its due time if enough scores are in; otherwise it is marked late.
- When no single row of the authority matrix fits, the request stays at \`authority\` with a task for the administrator.

## Stages

${table(['Stage', 'Phase', 'Awaits', 'Verdicts', 'Silence', 'Due', 'Overlays'], stageNames.map(stageRow))}

Working days end at ${plan.calendar.dayEndsAtMinute / 60}:00 local time and skip Friday, Saturday and the holidays of the plan's calendar. The Hijri
dates in it are expectations until they are declared.

## Who may give which command

${matrix()}

Roles that never decide on any request: ${codes(neverDeciding())}.

## Where a command is accepted, and what it counts as

${whereTable()}

## Duties that one person never combines on one request

The order does not matter. The rules are checked inside the workflow, whoever calls it.

${dutyTable()}

Beside the table: approvers of all levels are distinct people; a tranche is prepared and released by different people; a batch
is released by nobody who built it or prepared one of its lines, and an unknown payment is resolved by somebody who did not
release it.

## Variants

Plans choose among the same stages; nothing of them is code of its own.

### Relief fast lane (\`${reliefFastLane.code}\` ${reliefFastLane.version})

${reliefText()}

${mermaid(lifecycleDiagram(reliefFastLane))}

### Capacity-building cohort (\`${capacityCohort.code}\` ${capacityCohort.version})

One call, many NGOs: their requests stand before the committee in one session, each with an outcome and an audit trail of its own.
${cohortText()}

${mermaid(lifecycleDiagram(capacityCohort))}

## Authority matrix°

Awards of one NGO in one programme within twelve months count together when the row is chosen.

${authorityTable()}

## Tranches° and reports°

${trancheTable()}

A plan may give a tranche a fixed amount instead of a share: retention and fixed amounts come first, shares divide what is left, and an
award too small for them is refused where it is set (\`award-carries-tranches\`, with the least amount). A tranche may earn its amount by
results: in the proportion of an indicator reached to its target, never less than a least share. What is not earned goes back to the
envelope, and so does a tranche whose minimum spend or indicator is not met when the final report is accepted (\`unearned\`). An award
is always what was paid, what is still to be paid and what was not earned.

Reports are due ${plan.reports.map(({ due }) => periodText(due)).join(', ')} after the agreement; the last one is final.

## What a word of the bank does

\`apply\` changes the tranche, \`repeat\` says the same again, \`contradiction\` is recorded as an anomaly for a person and changes
nothing. An unknown payment is never sent again by itself.

${bankTable()}

## Refusals

A refusal is a value with one of these codes. It leaves no event in the workflow's history; the API records it as an attempt.

${refusalTable()}
`;
