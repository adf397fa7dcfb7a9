// I5: what the bank paid is what was instructed, once; nothing unclear was sent again by itself.
import type { BatchEvidence, PaymentEvidence, RequestEvidence } from './evidence.js';
import type { Finding } from './finding.js';
import { found } from './finding.js';
import type { Told } from './story.js';

export const nothingSentAgain = (
  { requestId }: Pick<RequestEvidence, 'requestId'>,
  story: readonly Told[],
): Finding[] => {
  const rejected = new Set<string>();
  const live = new Map<number, string>();
  const findings: Finding[] = [];
  for (const event of story.flatMap(({ entry }) => entry.events)) {
    if (event.kind === 'paymentRejected') rejected.add(event.instructionId);
    if (event.kind !== 'paymentInstructed') continue;
    const before = live.get(event.number);
    live.set(event.number, event.instructionId);
    if (before === undefined || rejected.has(before)) continue;
    findings.push(
      found('unknownSentAgain', { kind: 'instruction', id: event.instructionId }, { request: requestId, before }),
    );
  }
  return findings;
};

const left = ['sent', 'completed'];

/** An instruction names the one batch that took it. */
export const sentInOneBatch = ({ batchId, record, instructions }: BatchEvidence): Finding[] =>
  record === null || !left.includes(record.state.state)
    ? []
    : instructions
        .filter((one) => one.batchId !== batchId)
        .map(({ id, batchId: other }) => found('inTwoBatches', { kind: 'instruction', id }, { batch: batchId, other }));

const lastWords = ['settled', 'rejected'];
/** A request hears within moments of the end of a batch; a worker that starts anew gets this long. */
const hearsWithinMs = 120_000;

/** What a batch knows of its payments at its end, their requests know as well. */
export const lastWordIsHeard = ({ batchId, nowMs, chain, record, instructions }: BatchEvidence): Finding[] => {
  if (record?.state.state !== 'completed' || (chain.at(-1)?.atMs ?? 0) + hearsWithinMs > nowMs) return [];
  const states = new Map(instructions.map(({ id, state }) => [id, state]));
  return record.state.lines
    .filter(({ instructionId: id, status }) => lastWords.includes(status) && states.get(id) !== status)
    .map(({ instructionId: id, status }) => {
      const evidence = { batch: batchId, bank: status, request: states.get(id) ?? null };
      return found('bankWordUnheard', { kind: 'instruction', id }, evidence);
    });
};

const notSent = ['released', 'claimed'];

export const paymentFindings = ({ instructionId, instruction, payment }: PaymentEvidence): Finding[] => {
  const about = { kind: 'instruction', id: instructionId } as const;
  if (payment === null)
    return instruction?.state === 'settled'
      ? [found('settledUnpaid', about, { amountMinor: String(instruction.amountMinor) })]
      : [];
  const { count } = payment;
  const paid = String(payment.amountMinor);
  if (count === null) return [];
  if (count === 0) return instruction?.state === 'settled' ? [found('settledUnpaid', about, { paid })] : [];
  if (instruction === null || notSent.includes(instruction.state))
    return [found('paidWithoutApproval', about, { paid, count })];
  return [
    ...(count > 1 ? [found('paidTwice', about, { count, paid })] : []),
    ...(paid === String(instruction.amountMinor)
      ? []
      : [found('paidAmountDiffers', about, { paid, instructed: String(instruction.amountMinor) })]),
  ];
};
