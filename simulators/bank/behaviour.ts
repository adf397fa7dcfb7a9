// How the simulated bank behaves: by the account it pays to, so that runs repeat, and by what a test or a demonstration asks of it.
import { z } from 'zod';
import type { OrderedPayment } from './payment-file.js';

export const behaviourSchema = z.strictObject({
  /** From a file to the first word on its payments. */
  delayMs: z.int().min(0).max(86_400_000).optional(),
  /** How many of the next files it takes in and then hangs up on, without an answer. */
  loseReplies: z.int().min(0).max(1_000).optional(),
  /** Every message is given twice. */
  duplicate: z.boolean().optional(),
  /** The newest message comes first. */
  reorder: z.boolean().optional(),
  /** After a settled payment it also says that it was rejected. */
  contradict: z.boolean().optional(),
  /** How many of the next payments it rejects, whatever their account. */
  reject: z.int().min(0).max(1_000).optional(),
  /** How many of the next payments it says nothing understandable about. */
  unknown: z.int().min(0).max(1_000).optional(),
  /** Answers 503 to everything but control. */
  down: z.boolean().optional(),
});
export type Behaviour = z.output<typeof behaviourSchema>;

const slowMs = 3_600_000;

export type Answer = {
  readonly status: 'ACSC' | 'RJCT' | 'UNKN';
  readonly reasonCode?: string;
  readonly afterMs: number;
};

const isReplacement = ({ endToEndId }: OrderedPayment): boolean => !endToEndId.endsWith('-1');

/** Accounts ending in `-reject` bounce a tranche's first instruction, `-unknown` stay open, `-slow` take an hour. */
export const answerFor = (payment: OrderedPayment, delayMs: number): Answer => {
  const { accountId } = payment;
  // AC04: account number invalid or missing (ISO 20022 ExternalStatusReason1Code).
  if (accountId.endsWith('-reject') && !isReplacement(payment))
    return { status: 'RJCT', reasonCode: 'AC04', afterMs: delayMs };
  if (accountId.endsWith('-unknown')) return { status: 'UNKN', afterMs: delayMs };
  return { status: 'ACSC', afterMs: accountId.endsWith('-slow') ? slowMs : delayMs };
};
