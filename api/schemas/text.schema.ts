// Building blocks of every schema at the edge: bounded, normalised text, ids, amounts, versions, instants.
import { z } from 'zod';
import { isAmountMinor } from '../../domain/amount.js';
import { withLatinDigits } from '../../domain/digits.js';

/** A lone surrogate cannot be stored or hashed as text, and NUL cuts strings short in other systems. */
const forbidden = /[\p{Surrogate}\0]/u;

/** Text of people: NFC, because the same letters must have the same hash; trimmed; at most `most` characters. */
export const text = (most: number, least = 1) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(least)
    .max(most)
    .refine((value) => !forbidden.test(value), { error: 'has a character that is not text' });

/** As `text`, but may be empty: for forms that are still being written. */
export const looseText = (most: number) => text(most, 0);

const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** Ids of people, requests, batches and reference data. No dots, dollars or underscores: they end up in paths of documents. */
export const id = z.string().regex(idPattern);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Whole piastres as a decimal string, e.g. "125000000" for EGP 1,250,000. */
export const amountMinor = z
  .string()
  .max(18)
  .overwrite(withLatinDigits)
  .refine(isAmountMinor, { error: 'is not a whole number of piastres without leading zeros' })
  .meta({
    pattern: '^(0|[1-9][0-9]{0,17}|٠|[١-٩][٠-٩]{0,17})$',
    description: 'Digits are Latin or Arabic-Indic, never both; answers have Latin ones',
    examples: ['125000000'],
  });

export const money = z
  .strictObject({ amountMinor, currency: z.literal('EGP') })
  .meta({ id: 'Money', description: 'Whole piastres' });
export const egp = (amount: string): z.output<typeof money> => ({ amountMinor: amount, currency: 'EGP' });

export const version = z.int().min(0).max(1_000_000_000);
export const instant = z.iso.datetime().meta({ id: 'Instant', description: 'RFC 3339, UTC' });
export const day = z.iso.date().meta({ id: 'Day', description: 'Local day' });

export const evidence = z.strictObject({ fileId: id, sha256 }).meta({ id: 'Evidence' });

/** A map whose keys are ids chosen by people: bounded in number, and never `__proto__`. */
export const mapOf = <V extends z.ZodType>(key: z.ZodString, value: V, most: number) =>
  z.record(key, value).refine((map) => Object.keys(map).length <= most, { error: `has more than ${most} entries` });

export const governorateCodes = [
  'EG-C', 'EG-ALX', 'EG-PTS', 'EG-SUZ', 'EG-DT', 'EG-DK', 'EG-SHR', 'EG-KB', 'EG-KFS', 'EG-GH', 'EG-MNF', 'EG-BH', 'EG-IS', 'EG-GZ',
  'EG-BNS', 'EG-FYM', 'EG-MN', 'EG-AST', 'EG-SHG', 'EG-KN', 'EG-ASN', 'EG-LX', 'EG-BA', 'EG-WAD', 'EG-MT', 'EG-SIN', 'EG-JS',
] as const; // prettier-ignore
export const governorate = z
  .enum(governorateCodes)
  .meta({ id: 'Governorate', description: 'ISO 3166-2 code of a governorate' });
