// Page cursors: opaque and signed, so that nobody can steer a query by editing one. Bound to the list they were made for.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from './problem.js';

export type CursorValue = Readonly<Record<string, string | number | boolean | null>>;

export type Cursors = {
  readonly write: (list: string, value: CursorValue) => string;
  readonly read: (list: string, cursor: string) => CursorValue;
};

const signatureBytes = 16;

const isPlain = (value: unknown): value is CursorValue =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((part) => part === null || ['string', 'number', 'boolean'].includes(typeof part));

export const createCursors = (key: string): Cursors => {
  // The list's name goes into the signature: a cursor of one list means nothing to another.
  const sign = (list: string, body: Buffer): Buffer =>
    createHmac('sha256', `${key}\ncursor`).update(list).update('\n').update(body).digest().subarray(0, signatureBytes);
  return {
    write: (list, value) => {
      const body = Buffer.from(JSON.stringify(value), 'utf8');
      return Buffer.concat([sign(list, body), body]).toString('base64url');
    },
    read: (list, cursor) => {
      const bytes = Buffer.from(cursor, 'base64url');
      const signature = bytes.subarray(0, signatureBytes);
      const body = bytes.subarray(signatureBytes);
      if (signature.length < signatureBytes || !timingSafeEqual(signature, sign(list, body)))
        throw new Problem('badCursor');
      const value: unknown = JSON.parse(body.toString('utf8'));
      if (!isPlain(value)) throw new Problem('badCursor');
      return value;
    },
  };
};
