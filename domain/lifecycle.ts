// THE lifecycle (lifecycle.md §2): who is awaited at each stage, what may be said, where each verdict leads. Data only.
// Everything else derives from these rows: API and database enums, tasks, buttons, diagram, invariant tests.
import type { Role } from './actor.js';

export const phases = ['submission', 'review', 'approval', 'disbursement', 'closure'] as const;
export type Phase = (typeof phases)[number];

export const outcomes = ['closed', 'ineligible', 'rejected', 'withdrawn', 'declined', 'lapsed', 'terminated'] as const;
export type Outcome = (typeof outcomes)[number];

/** Decisions against a request, which may be appealed where the plan gives the time for it. */
export const appealableOutcomes = ['ineligible', 'rejected'] as const satisfies readonly Outcome[];
export type AppealableOutcome = (typeof appealableOutcomes)[number];

/**
 * `next` follows the plan's route; `back` returns to the stage that asked for correction, or to an earlier one whose
 * verdicts the plan's `voiding` asks for again; `stay` keeps the position;
 * `standing` ends with the decision that was appealed; `sent-back` goes to a stage that the plan allows and the panel names.
 */
type Edge<Name extends string> = Name | Outcome | 'next' | 'back' | 'stay' | 'standing' | 'sent-back';

/** What a passed due time does by itself: `escalate` only marks and raises, the others move the request. */
type Silence = 'escalate' | 'next' | 'lapsed' | 'standing';

type Row<Name extends string> = {
  readonly phase: Phase;
  readonly awaits: readonly Role[];
  readonly verdicts: Readonly<Record<string, Edge<Name>>>;
  readonly silence: Silence;
  readonly overlays: readonly ('withdraw' | 'suspend' | 'terminate')[];
};

const lifecycle = <const T extends Record<string, Row<keyof T & string>>>(rows: T): T => rows;

export const stages = lifecycle({
  draft: { phase: 'submission', awaits: ['signatory'], verdicts: { submit: 'next' }, silence: 'lapsed', overlays: [] },
  screening: {
    phase: 'review',
    awaits: ['screeningOfficer'],
    verdicts: { eligible: 'next', incomplete: 'correction', ineligible: 'ineligible' },
    silence: 'escalate',
    overlays: ['withdraw', 'suspend'],
  },
  correction: {
    phase: 'review',
    awaits: ['signatory'],
    verdicts: { resubmit: 'back' },
    silence: 'lapsed',
    overlays: ['withdraw', 'suspend'],
  },
  'regional-opinion': {
    phase: 'review',
    awaits: ['directorateOfficer'],
    verdicts: { support: 'next', 'support-with-remarks': 'next', object: 'next' },
    silence: 'next',
    overlays: ['withdraw', 'suspend'],
  },
  'technical-review': {
    phase: 'review',
    awaits: ['reviewer'],
    verdicts: { scored: 'next' },
    silence: 'escalate',
    overlays: ['withdraw', 'suspend'],
  },
  committee: {
    phase: 'approval',
    awaits: ['committeeSecretary', 'committeeMember', 'committeeChair'],
    verdicts: { approve: 'next', defer: 'stay', return: 'correction', reject: 'rejected' },
    silence: 'escalate',
    overlays: ['withdraw', 'suspend'],
  },
  authority: {
    phase: 'approval',
    awaits: ['approver'],
    verdicts: { approve: 'next', return: 'committee', reject: 'rejected' },
    silence: 'escalate',
    overlays: ['withdraw', 'suspend'],
  },
  agreement: {
    phase: 'approval',
    awaits: ['signatory', 'fundSignatory'],
    verdicts: { sign: 'stay', countersign: 'next', decline: 'declined' },
    silence: 'lapsed',
    overlays: ['withdraw', 'suspend'],
  },
  'appeal-window': {
    phase: 'approval',
    awaits: ['signatory'],
    verdicts: { appeal: 'appeal' },
    silence: 'standing',
    overlays: ['suspend'],
  },
  appeal: {
    phase: 'approval',
    awaits: ['approver'],
    verdicts: { uphold: 'standing', 'send-back': 'sent-back' },
    silence: 'escalate',
    overlays: ['suspend'],
  },
  implementation: {
    phase: 'disbursement',
    awaits: ['signatory', 'financeOfficer', 'paymentReleaser', 'monitoringOfficer'],
    verdicts: { settled: 'next' },
    silence: 'escalate',
    overlays: ['withdraw', 'suspend', 'terminate'],
  },
  'final-review': {
    phase: 'closure',
    awaits: ['monitoringOfficer', 'financeOfficer'],
    verdicts: { settled: 'closed', 'not-settled': 'recovery' },
    silence: 'escalate',
    overlays: ['suspend', 'terminate'],
  },
  recovery: {
    phase: 'closure',
    awaits: ['financeOfficer', 'approver'],
    verdicts: { recovered: 'closed', 'written-off': 'terminated' },
    silence: 'escalate',
    overlays: [],
  },
});

export type Stage = keyof typeof stages;
export type Verdict<S extends Stage = Stage> = S extends Stage ? keyof (typeof stages)[S]['verdicts'] & string : never;

const isStage = (name: string): name is Stage => name in stages;
/** In process order: zod enum, mongoose enum, stepper. */
export const stageNames: readonly Stage[] = Object.keys(stages).filter(isStage);

/** Stages a plan may put on its route, in the only order they may take; the others are reached by verdicts alone. */
export const routeOrder = [
  'screening',
  'regional-opinion',
  'technical-review',
  'committee',
  'authority',
  'agreement',
  'implementation',
  'final-review',
] as const satisfies readonly Stage[];
export type RouteStage = (typeof routeOrder)[number];

export const phaseOf = (stage: Stage): Phase => stages[stage].phase;

export const allowsOverlay = (stage: Stage, overlay: Row<Stage>['overlays'][number]): boolean => {
  const overlays: readonly string[] = stages[stage].overlays;
  return overlays.includes(overlay);
};

/** What is shown to people; derived, never stored beside the position as a second truth. */
export type Status = Stage | Outcome | 'suspended';
export const statusOf = (request: {
  readonly position: { readonly stage: Stage };
  readonly outcome: Outcome | null;
  readonly suspension: object | null;
}): Status => request.outcome ?? (request.suspension ? 'suspended' : request.position.stage);

/** Every verdict edge, for the diagram and the invariant tests. */
export const edges = stageNames.flatMap((from) =>
  Object.entries<Edge<Stage>>(stages[from].verdicts).map(([verdict, to]) => ({ from, verdict, to })),
);
