// What people say about the ledger: envelopes by name, what a statement is of, and between which instants.
import { z } from 'zod';
import { mostLimit, usualLimit } from '../paging.js';
import { instant } from './text.schema.js';

/** Three names of at most 64 letters and a year. */
const longestEnvelopeId = 205;
export const envelopeId = z
  .string()
  .max(longestEnvelopeId)
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+\/[0-9]{4}\/[0-9]{4}(\/[a-z0-9-]+)?$/)
  .meta({
    description:
      'programme/source/fiscal year, e.g. relief/state-budget/2026/2027, with the call behind it where the money is its own',
  });

const between = {
  envelopeId: z.string().min(1).max(longestEnvelopeId),
  from: instant.exactOptional(),
  until: instant.exactOptional(),
};

export const statementQuery = z.strictObject({
  ...between,
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('0'),
  limit: z.coerce.number().int().min(1).max(mostLimit).default(usualLimit),
});
export const statementFileQuery = z.strictObject(between);

const holders = ['request', 'organisation', 'programme', 'call', 'source', 'donor'] as const;
export const sumsQuery = z.strictObject({ of: z.enum(holders), id: z.string().min(1).max(120) });
export type SumsOf = z.output<typeof sumsQuery>;
