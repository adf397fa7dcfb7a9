// Runs the inputs of a kept history through today's rules and compares every entry and every acknowledgement with what was recorded.
import { bank, calendarKeeper, clock, registry, treasury } from '../../domain/actor.js';
import { applyEntry } from '../../domain/apply.js';
import type { Entry } from '../../domain/audit-entry.js';
import { dueAt } from '../../domain/calendar.js';
import type { Command } from '../../domain/command.js';
import { deadlineKey } from '../../domain/deadline.js';
import { decide } from '../../domain/decide.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import { planAfter } from '../../domain/plan-migration.js';
import { emptyRequest } from '../../domain/grant-request.js';
import type { MachineSignal, ToldHistory } from './history.js';

const startOf = ({ input, entries }: ToldHistory): GrantRequest => {
  const openedAtMs = entries[0]?.atMs ?? 0;
  return (
    input.carried?.request ??
    emptyRequest(input.requestId, openedAtMs, dueAt(input.plan.calendar, openedAtMs, input.plan.submitWithin))
  );
};

const reservationIn = (entry: Entry, key: string): Command | null => {
  for (const event of entry.events) {
    if (event.kind === 'fundsReserved')
      return {
        kind: 'reportReservation',
        by: treasury,
        key,
        body: {
          outcome: 'reserved',
          cumulativeMinor: event.cumulativeMinor,
          ...(event.peopleByLevel === undefined ? {} : { peopleByLevel: event.peopleByLevel }),
        },
      };
    if (event.kind === 'fundsRefused')
      return {
        kind: 'reportReservation',
        by: treasury,
        key,
        body: {
          outcome: 'refused',
          missingMinor: event.missingMinor,
          ...(event.rule === undefined ? {} : { rule: event.rule }),
        },
      };
  }
  return null;
};

const factOf = (signal: MachineSignal): Command => {
  const { key, ...said } = signal;
  if ('finding' in said) return { kind: 'registryStatusChanged', by: registry, key, body: said };
  if ('declaredDays' in said) return { kind: 'calendarChanged', by: calendarKeeper, key, body: said };
  const { instructionId, number, status, code } = said;
  const body = { instructionId, number, status, ...(code === undefined ? {} : { code }) };
  return { kind: 'paymentStatusReported', by: bank, key, body };
};

/** The input behind an entry: a person's update, a signal of the bank, a deadline of the state, or the treasury's answer. */
const inputOf = (told: ToldHistory, request: GrantRequest, entry: Entry): Command | null => {
  const update = told.updates.get(entry.updateId ?? '');
  if (update) return update.command;
  const key = entry.key ?? '';
  const signal = told.signals.get(key);
  if (signal) return factOf(signal);
  const deadline = request.deadlines.find((open) => deadlineKey(request, open) === key);
  if (deadline) return { kind: 'passDeadline', by: clock, key, body: { deadlineId: deadline.id, atMs: deadline.atMs } };
  return reservationIn(entry, key);
};

/** Lines that say what differs; an empty list means that today's rules tell the same story. */
export const foldAgain = (told: ToldHistory): string[] => {
  const differences: string[] = [];
  let request = startOf(told);
  let { plan } = told.input;
  for (const entry of told.entries.filter(({ seq }) => seq > request.version)) {
    const command = inputOf(told, request, entry);
    const answer = command && decide(request, command, { plan, nowMs: entry.atMs }, entry.updateId);
    if (command && answer?.entry) plan = planAfter(plan, command);
    if (!answer?.entry)
      differences.push(`entry ${entry.seq} (${entry.command}): ${answer?.refusal?.code ?? 'no input found'}`);
    else if (JSON.stringify(answer.entry) !== JSON.stringify(entry))
      differences.push(`entry ${entry.seq} (${entry.command}) differs`);
    const acknowledged = told.updates.get(entry.updateId ?? '')?.acknowledged;
    if (acknowledged && (acknowledged.version !== entry.seq || acknowledged.status !== entry.after))
      differences.push(`acknowledgement of ${entry.seq} differs`);
    request = applyEntry(request, entry);
  }
  return differences;
};
