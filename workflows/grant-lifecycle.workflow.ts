// One funding request's whole life: handlers first, then the story, then the recorder. Rules live in domain/; nothing here decides.
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  currentUpdateInfo,
  proxySinks,
  setCurrentDetails,
  setDefaultSignalHandler,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { bank, calendarKeeper, clock, registry, treasury } from '../domain/actor.js';
import { allowedActions } from '../domain/allowed-action.js';
import type { Entry } from '../domain/audit-entry.js';
import { dueAt } from '../domain/calendar.js';
import type { Fact, PersonCommand } from '../domain/command.js';
import { personCommandKinds } from '../domain/command.js';
import { planAfter } from '../domain/plan-migration.js';
import { deadlineKey, nextDeadline } from '../domain/deadline.js';
import type { Answer } from '../domain/decide.js';
import { decide, noteAnomaly, refusalOf } from '../domain/decide.js';
import type { Context } from '../domain/decision.js';
import type { GrantRequest } from '../domain/grant-request.js';
import { emptyRequest } from '../domain/grant-request.js';
import { phaseOf, statusOf } from '../domain/lifecycle.js';
import type { Refusal } from '../domain/refusal.js';
import { recordEntries } from './activity-proxies.js';
import type { Acknowledgement, GrantInput, GrantResult, RecordedEntries, RecordingSinks } from './contract.js';
import {
  allowedActionsQuery,
  calendarChangedSignal,
  currentStateQuery,
  entriesSinceQuery,
  grantUpdate,
  paymentStatusReportedSignal,
  registryStatusChangedSignal,
  retryRecordingSignal,
} from './contract.js';
import { createRecorder, mostPerWrite } from './recorder.js';
import { refusalFailure } from './refusal-failure.js';
import { currentDetailsOf, phaseAttribute, statusAttribute } from './visibility.js';

const { recording } = proxySinks<RecordingSinks>();

export async function grantLifecycle(input: GrantInput): Promise<GrantResult> {
  const { limits } = input;
  let { plan } = input;
  const openedAtMs = Date.now(); // workflow time: the same on every replay
  let request =
    input.carried?.request ??
    emptyRequest(input.requestId, openedAtMs, dueAt(plan.calendar, openedAtMs, plan.submitWithin));
  const context = (): Context => ({ plan, nowMs: Date.now() });

  const take = ({ entry, after }: Answer): void => {
    if (entry === undefined) return;
    const before = request;
    request = after;
    recorder.push(entry);
    recording.accepted(entry.seq);
    show(before, request);
  };
  const absorb = (fact: Fact): void => {
    const answer = decide(request, fact, context());
    // A signal cannot be refused, and a failure thrown by its handler would end the workflow: note the anomaly.
    if (answer.refusal && request.file) take(noteAnomaly(request, fact, answer.refusal, context()));
    else take(answer);
  };
  const strike = (fact: Fact): void => {
    const answer = decide(request, fact, context());
    // Refused by our own rules: a defect. A plain Error fails the task, not the workflow, until a fix is deployed.
    if (answer.refusal) throw new Error(`${fact.kind} ${fact.key} was refused: ${answer.refusal.code}`);
    take(answer);
  };
  const recorder = createRecorder<Entry, RecordedEntries>(
    input.carried?.unrecorded ?? [],
    (entries) =>
      recordEntries({ requestId: input.requestId, runId: workflowInfo().runId, planHash: input.planHash, entries }),
    ({ reservations }) => {
      for (const { decisionKey, ...body } of reservations)
        strike({ kind: 'reportReservation', by: treasury, key: decisionKey, body });
    },
  );

  // Back-pressure comes last: it is told only to those whom every rule would let through.
  const faultOf = (command: PersonCommand): Refusal | undefined => {
    const refusal = refusalOf(request, command, context());
    if (refusal) return refusal;
    return recorder.waiting().length >= limits.unrecordedEntries ? { code: 'recordingBehind' } : undefined;
  };
  // Synchronous on purpose: the SDK ignores what an async validator returns, so that it could refuse nothing.
  const validator = (command: PersonCommand): void => {
    const refusal = faultOf(command);
    if (refusal) throw refusalFailure(refusal);
  };
  const accept = (command: PersonCommand): Acknowledgement => {
    const answer = decide(request, command, context(), currentUpdateInfo()?.id);
    if (answer.refusal) throw refusalFailure(answer.refusal);
    take(answer);
    // A repeated key is answered without an entry and changes no plan.
    if (answer.entry) plan = planAfter(plan, command);
    return {
      version: answer.version,
      status: statusOf(request),
      fingerprint: command.fingerprint,
    };
  };

  // Every handler before the first await: an update that finds none is rejected.
  for (const kind of personCommandKinds)
    setHandler(grantUpdate(kind), accept, {
      validator: (command: PersonCommand) => {
        // The update's name says which command it is; a payload that claims to be another one is a defect of its sender.
        if (command.kind !== kind) throw new Error(`update ${kind} carries ${command.kind}`);
        validator(command);
      },
    });
  setHandler(paymentStatusReportedSignal, ({ key, ...body }) =>
    absorb({ kind: 'paymentStatusReported', by: bank, key, body }),
  );
  setHandler(registryStatusChangedSignal, ({ key, ...body }) =>
    absorb({ kind: 'registryStatusChanged', by: registry, key, body }),
  );
  setHandler(calendarChangedSignal, ({ key, ...body }) =>
    absorb({ kind: 'calendarChanged', by: calendarKeeper, key, body }),
  );
  setHandler(retryRecordingSignal, () => recorder.retry());
  setDefaultSignalHandler((name) => {
    // Unknown signals succeed at their sender; without this they would be buffered and never seen.
    const fact: Fact = { kind: 'passDeadline', by: clock, key: `signal-${name}`, body: { deadlineId: name, atMs: 0 } };
    if (request.file) take(noteAnomaly(request, fact, { code: 'notThisStage' }, context()));
  });
  setHandler(currentStateQuery, () => ({
    request,
    unrecorded: recorder.waiting().length,
    recordingFault: recorder.fault(),
  }));
  setHandler(entriesSinceQuery, (seq) =>
    recorder
      .waiting()
      .filter((entry) => entry.seq > seq)
      .slice(0, mostPerWrite),
  );
  setHandler(allowedActionsQuery, (actor) => allowedActions(request, actor, context()));

  const mustContinue = (): boolean => {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    return continueAsNewSuggested || historyLength > (limits.continueAfterEvents ?? Infinity);
  };
  const isOver = (): boolean => request.outcome !== null;
  const leave = (): boolean => !isOver() && mustContinue();

  const story = async (): Promise<void> => {
    while (!isOver() && !leave()) await untilNextDeadline();
  };
  // One rolling timer for all deadlines. A later deadline lets the timer run on and look again; only an earlier one replaces it.
  const untilNextDeadline = async (): Promise<void> => {
    await condition(() => isOver() || leave() || nextDeadline(request) !== null);
    const deadline = nextDeadline(request);
    if (deadline === null) return;
    const replaced = await condition(
      () => isOver() || leave() || (nextDeadline(request)?.atMs ?? Infinity) < deadline.atMs,
      Math.max(1, deadline.atMs - Date.now()),
    );
    if (!replaced) strikeDue();
  };
  const strikeDue = (): void => {
    const due = nextDeadline(request);
    if (due === null || due.atMs > Date.now()) return;
    const body = { deadlineId: due.id, atMs: due.atMs };
    strike({ kind: 'passDeadline', by: clock, key: deadlineKey(request, due), body });
  };

  // Nothing but the rules ends a request: an operator's cancel is shielded off, withdrawal and termination are commands.
  return CancellationScope.nonCancellable(async () => {
    // Update-with-start is not atomic: the start can land without the submission. Then nothing happened, nothing is recorded.
    const submitBy = request.deadlines[0]?.atMs ?? openedAtMs;
    const submitted = await condition(() => request.file !== null, Math.max(1, submitBy - Date.now()));
    if (!submitted) return { outcome: 'not-submitted', version: 0 };
    // Both at once, so that a defect in either fails the task at once instead of waiting unseen behind the other.
    await Promise.all([story(), recorder.run(isOver, leave)]);
    await condition(allHandlersFinished);
    if (leave())
      await continueAsNew<typeof grantLifecycle>({
        ...input,
        plan,
        carried: { request, unrecorded: recorder.waiting() },
      });
    await recorder.run(isOver, leave); // a late word of the bank may have come in after the end
    return { outcome: request.outcome ?? 'lapsed', version: request.version };
  });
}

/** Search attributes change with the phase only, one event each; the details shown by Temporal's UI cost none. */
const show = (before: GrantRequest, after: GrantRequest): void => {
  setCurrentDetails(currentDetailsOf(after));
  const moved = phaseOf(before.position.stage) !== phaseOf(after.position.stage);
  if (!moved && before.outcome === after.outcome) return;
  upsertSearchAttributes([
    { key: phaseAttribute, value: phaseOf(after.position.stage) },
    { key: statusAttribute, value: after.outcome ?? 'open' },
  ]);
};
