// Canonical JSON (RFC 8785) and SHA-256, one implementation for audit chains, plans and files, so that hashes agree everywhere.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

export const canonical = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('a value without a JSON form has no hash');
  return text;
};

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const hashing = { canonical, sha256 } as const;
