// Reads a kept history: the accepted updates with their answers, the signals, and the entries the workflow handed to recording.
import { defaultPayloadConverter } from '@temporalio/common';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { Entry } from '../../domain/audit-entry.js';
import type { PersonCommand } from '../../domain/command.js';
import type {
  Acknowledgement,
  CalendarSignal,
  GrantInput,
  PaymentStatusSignal,
  RecordEntries,
  RegistryStatusSignal,
} from '../../workflows/contract.js';

type Payloads = { payloads?: Parameters<typeof defaultPayloadConverter.fromPayload>[0][] | null } | null | undefined;
const firstOf = <T>(payloads: Payloads): T | undefined => {
  const payload = payloads?.payloads?.[0];
  return payload ? defaultPayloadConverter.fromPayload<T>(payload) : undefined;
};

export type MachineSignal = PaymentStatusSignal | RegistryStatusSignal | CalendarSignal;

export type ToldHistory = {
  readonly input: GrantInput;
  readonly updates: ReadonlyMap<string, { readonly command: PersonCommand; readonly acknowledged?: Acknowledgement }>;
  readonly signals: ReadonlyMap<string, MachineSignal>;
  /** In order of seq, each once. */
  readonly entries: readonly Entry[];
};

export const historyFrom = (json: string): History => historyFromJSON(JSON.parse(json));

export const readHistory = (history: History): ToldHistory => {
  const events = history.events ?? [];
  const input = events
    .map((event) => firstOf<GrantInput>(event.workflowExecutionStartedEventAttributes?.input))
    .find(Boolean);
  if (input === undefined) throw new Error('the history has no start');
  const updates = new Map<string, { command: PersonCommand; acknowledged?: Acknowledgement }>();
  const signals = new Map<string, MachineSignal>();
  const entries = new Map<number, Entry>();
  for (const event of events) {
    const request = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest;
    const command = firstOf<PersonCommand>(request?.input?.args);
    if (command) updates.set(request?.meta?.updateId ?? '', { command });
    const completed = event.workflowExecutionUpdateCompletedEventAttributes;
    const known = updates.get(completed?.meta?.updateId ?? '');
    const acknowledged = firstOf<Acknowledgement>(completed?.outcome?.success);
    if (known && acknowledged) known.acknowledged = acknowledged;
    const signal = firstOf<MachineSignal>(event.workflowExecutionSignaledEventAttributes?.input);
    if (signal) signals.set(signal.key, signal);
    const written = firstOf<RecordEntries>(event.activityTaskScheduledEventAttributes?.input);
    for (const entry of written?.entries ?? []) entries.set(entry.seq, entry);
  }
  return { input, updates, signals, entries: [...entries.values()].sort((a, b) => a.seq - b.seq) };
};
