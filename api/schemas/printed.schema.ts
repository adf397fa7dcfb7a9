// A printed document on the wire and in storage: as in memory, with its instant as text.
import { z } from 'zod';
import type { PrintedBlock, PrintedDocument } from '../printed/printed-document.js';
import { instant, sha256 } from './text.schema.js';

const text = z.string();
const block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), text }),
  z.strictObject({ kind: z.literal('paragraph'), text }),
  z.strictObject({ kind: z.literal('list'), items: z.array(text) }),
  z.strictObject({ kind: z.literal('facts'), rows: z.array(z.strictObject({ label: text, value: text })) }),
  z.strictObject({
    kind: z.literal('table'),
    caption: text,
    columns: z.array(text),
    rows: z.array(z.array(text)),
  }),
  z.strictObject({ kind: z.literal('signatures'), places: z.array(z.strictObject({ role: text, name: text })) }),
]) satisfies z.ZodType<PrintedBlock>;

export const printedWire = z
  .strictObject({
    language: z.enum(['ar', 'en']),
    title: text,
    reference: text,
    issuedAt: instant,
    blocks: z.array(block),
    proof: z.strictObject({ code: text, verifyUrl: text, sha256 }).exactOptional(),
  })
  .meta({ id: 'PrintedDocument' });

/** Only what is there: the form in which it is hashed. */
export const wireOf = ({ issuedAt, ...rest }: PrintedDocument) => ({ ...rest, issuedAt: issuedAt.toISOString() });

export const printedFrom = (wire: unknown): PrintedDocument => {
  const { issuedAt, ...rest } = printedWire.parse(wire);
  return { ...rest, issuedAt: new Date(issuedAt) };
};
