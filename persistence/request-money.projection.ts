// What recorded entries do to money: payment instructions, postings in the order of events, reservations. Activities only.
import { piastres } from '../domain/amount.js';
import type { Entry } from '../domain/audit-entry.js';
import type { RequestFile } from '../domain/command.js';
import type { RequestEvent } from '../domain/event.js';
import type { GrantRequest } from '../domain/grant-request.js';
import { postingsOf } from '../domain/money/ledger.js';
import { givenBack } from '../domain/money/tranche-results.js';
import type { PostingDocument, ReservationDocument } from './ledger.model.js';
import { envelopeIdOf } from '../domain/money/envelope.js';
import type { FundsQuestion } from './ledger.projection.js';
import { markReleased, post, postingOf, reserve } from './ledger.projection.js';
import { instructionChanges } from './payment-instruction.projection.js';
import type { Session } from './transaction.js';

/** One entry with the state on both sides of it. */
export type Step = { readonly entry: Entry; readonly before: GrantRequest; readonly after: GrantRequest };

export const instructionChangesOf = (steps: readonly Step[]): ReturnType<typeof instructionChanges> =>
  steps.flatMap(({ entry, after }) =>
    entry.events.flatMap((event) => instructionChanges(after, event, new Date(entry.atMs))),
  );

/** What moves money, in the order of the events. */
export type Money =
  | { readonly kind: 'posting'; readonly posting: PostingDocument }
  | { readonly kind: 'question'; readonly question: FundsQuestion }
  | { readonly kind: 'release'; readonly decisionKey: string; readonly amountMinor: bigint; readonly at: Date };

export const moneyIn = (step: Step): Money[] => {
  const { entry, before, after } = step;
  const at = new Date(entry.atMs);
  const found: Money[] = [];
  let index = 0;
  const nextId = (): string => `${after.id}-${entry.seq}-${index++}`;
  for (const event of entry.events) {
    if (event.kind === 'fundsAsked') found.push({ kind: 'question', question: questionOf(event, nextId(), step) });
    for (const posting of postingsOf(event)) {
      const place = {
        _id: nextId(),
        envelopeId: envelopeIdOf(fileOf(after)),
        requestId: after.id,
        at,
        seq: entry.seq,
      };
      found.push({ kind: 'posting', posting: postingOf(posting, place) });
    }
    const decisionKey = before.award?.decisionKey;
    const released = givenBack(event);
    if (released !== null && piastres(released) > 0n && decisionKey !== undefined)
      found.push({ kind: 'release', decisionKey, amountMinor: piastres(released), at });
  }
  return found;
};

const fileOf = ({ id, file }: GrantRequest): RequestFile => {
  if (file === null) throw new Error(`request ${id} moves money before its submission`);
  return file;
};

const questionOf = (event: RequestEvent<'fundsAsked'>, postingId: string, { entry, after }: Step): FundsQuestion => {
  const file = fileOf(after);
  return {
    decisionKey: event.decisionKey,
    requestId: after.id,
    organisationId: file.organisationId,
    envelope: file,
    governorates: file.governorates,
    amountMinor: piastres(event.amountMinor),
    at: new Date(entry.atMs),
    posting: { _id: postingId, seq: entry.seq },
  };
};

/** A request has one envelope, so the first movement tells it. */
export const envelopeMovedBy = (money: readonly Money[]): string | null => {
  const [first] = money.flatMap((move) => {
    switch (move.kind) {
      case 'posting':
        return [move.posting.envelopeId];
      case 'question':
        return [envelopeIdOf(move.question.envelope)];
      case 'release':
        return [];
    }
  });
  return first ?? null;
};

/** Postings wait for each other no longer than needed: they go together up to the next question to the treasury. */
export const moveMoney = async (session: Session, money: readonly Money[]): Promise<ReservationDocument[]> => {
  const answers: ReservationDocument[] = [];
  let postings: PostingDocument[] = [];
  for (const move of money) {
    switch (move.kind) {
      case 'posting':
        postings.push(move.posting);
        break;
      case 'release':
        await markReleased(session, move.decisionKey, move.amountMinor, move.at);
        break;
      case 'question':
        await post(session, postings);
        postings = [];
        answers.push(await reserve(session, move.question));
        break;
    }
  }
  await post(session, postings);
  return answers;
};
