// The wire between API, worker and workflows: payloads, names of messages, ids. Wire names are the names of the commands.
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Sinks } from '@temporalio/workflow';
import type { Actor } from '../domain/actor.js';
import type { Entry } from '../domain/audit-entry.js';
import type { AllowedAction } from '../domain/allowed-action.js';
import type { CalendarChange } from '../domain/due.js';
import type { FactBodies, PersonCommand, PersonCommandKind } from '../domain/command.js';
import type { GrantRequest } from '../domain/grant-request.js';
import type { Outcome, Status } from '../domain/lifecycle.js';
import type { BatchCommand, BatchCommandKind, BatchEntry, PaymentBatch } from '../domain/money/payment-batch.js';
import type { Plan } from '../domain/plan.js';

export const workflowIdOf = (requestId: string): string => `grant-${requestId}`;
export const batchWorkflowIdOf = (batchId: string): string => `batch-${batchId}`;

export type EngineLimits = {
  /** Back-pressure: how many accepted entries may wait for MongoDB before people are told to come back. */
  readonly unrecordedEntries: number;
  /** Continue as new beyond this history length; only tests set it, production follows the server's suggestion. */
  readonly continueAfterEvents?: number;
};
export const usualLimits: EngineLimits = { unrecordedEntries: 200 };

export type GrantInput = {
  readonly requestId: string;
  /** The plan that holds now: a run that continues after a migration is given the newer one. */
  readonly plan: Plan;
  /** Of the plan the request was submitted under; entries decided under a newer one carry its hash themselves. */
  readonly planHash: string;
  readonly limits: EngineLimits;
  /** State of the run before, when this run continues it. */
  readonly carried?: { readonly request: GrantRequest; readonly unrecorded: readonly Entry[] };
};

export type GrantResult = { readonly outcome: Outcome | 'not-submitted'; readonly version: number };

/** The answer to an accepted command. The API compares `fingerprint`: Temporal repeats an outcome without comparing arguments. */
export type Acknowledgement = { readonly version: number; readonly status: Status; readonly fingerprint: string };

export const grantUpdate = (kind: PersonCommandKind) => defineUpdate<Acknowledgement, [PersonCommand]>(kind);

export type PaymentStatusSignal = { readonly key: string } & FactBodies['paymentStatusReported'];
export const paymentStatusReportedSignal = defineSignal<[PaymentStatusSignal]>('paymentStatusReported');
/** The registry's word on the NGO, told to each of its live requests. */
export type RegistryStatusSignal = { readonly key: string } & FactBodies['registryStatusChanged'];
export const registryStatusChangedSignal = defineSignal<[RegistryStatusSignal]>('registryStatusChanged');
/** Holidays that people declared or took back; the key names the calendar's version. */
export type CalendarSignal = { readonly key: string } & FactBodies['calendarChanged'];
export const calendarChangedSignal = defineSignal<[CalendarSignal]>('calendarChanged');
export const calendarWorkflowIdOf = (version: number): string => `calendar-${version}`;
export type CalendarChangeInput = {
  readonly change: CalendarChange;
  /** After this long the open requests are gone through once more. */
  readonly lookAgainMs: number;
};

/** From an operator, after a recording fault was looked into. */
export const retryRecordingSignal = defineSignal<[{ readonly reason: string }]>('retryRecording');

export type LiveState = {
  readonly request: GrantRequest;
  readonly unrecorded: number;
  readonly recordingFault: string | null;
};
export const currentStateQuery = defineQuery<LiveState>('currentState');
/** What was accepted after this seq and still waits to be recorded, in order; no more than one recording takes. */
export const entriesSinceQuery = defineQuery<readonly Entry[], [number]>('entriesSince');
export const allowedActionsQuery = defineQuery<readonly AllowedAction[], [Actor]>('allowedActions');

export type BatchInput = {
  readonly batchId: string;
  readonly builtBy: Actor;
  readonly key: string;
  readonly fingerprint: string;
  readonly limit: number;
};
export type BatchAcknowledgement = {
  readonly version: number;
  readonly state: PaymentBatch['state'];
  readonly fingerprint: string;
};
export const batchUpdate = (kind: BatchCommandKind) => defineUpdate<BatchAcknowledgement, [BatchCommand]>(kind);
export const currentBatchQuery = defineQuery<PaymentBatch>('currentBatch');

/** Best effort, and before the server has the acceptance: a reason to look, never a thing to write. */
export interface RecordingSinks extends Sinks {
  recording: { accepted: (seq: number) => void };
}

/** What the recording activity is given. Replayed and repeated batches are recognised by request and seq. */
export type RecordEntries = {
  readonly requestId: string;
  readonly runId: string;
  readonly planHash: string;
  readonly entries: readonly Entry[];
};
export type Reservation = { readonly decisionKey: string } & FactBodies['reportReservation'];
/** `version` is the seq of the last entry that this call recorded or found recorded word for word. */
export type RecordedEntries = { readonly version: number; readonly reservations: readonly Reservation[] };
export type RecordBatchEntries = {
  readonly batchId: string;
  readonly runId: string;
  readonly builtBy: Actor;
  readonly entries: readonly BatchEntry[];
};

/** Type of the non-retryable failure that stops recording until a person has looked: another entry stands under this seq. */
export const fingerprintConflict = 'fingerprintConflict';
