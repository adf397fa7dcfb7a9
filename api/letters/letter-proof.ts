// The proof on a letter. The code names request and entry and carries the beginning of a hash over the entry's own hash, which
// nobody outside knows: a code can be checked against the audit trail without a list of codes, and survives a change of any key.
import { timingSafeEqual } from 'node:crypto';
import { canonical, sha256 } from '../../platform/hashing.js';
import type { PrintedDocument } from '../printed/printed-document.js';

export type CodeParts = { readonly requestId: string; readonly seq: number; readonly seal: string };

const pattern = /^([a-z0-9][a-z0-9-]{0,63})-([1-9][0-9]{0,8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})$/;

const sealOf = (requestId: string, seq: number, entryHash: string): string =>
  sha256(`sanad-letter-v1\n${requestId}/${seq}/${entryHash}`).slice(0, 12);

/** Twelve hex digits in groups, as people read them out. */
const grouped = (seal: string): string => (seal.match(/.{4}/g) ?? []).join('-');

export const letterCode = (requestId: string, { seq, hash }: { readonly seq: number; readonly hash: string }): string =>
  `${requestId}-${seq}-${grouped(sealOf(requestId, seq, hash))}`;

export const codeParts = (code: string): CodeParts | null => {
  const [, requestId, seq, ...groups] = pattern.exec(code.trim().toLowerCase()) ?? [];
  return requestId === undefined ? null : { requestId, seq: Number(seq), seal: groups.join('') };
};

export const isGenuine = ({ requestId, seq, seal }: CodeParts, entryHash: string): boolean =>
  timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(requestId, seq, entryHash)));

/** What the printed hash covers: all that the letter says, without whom it is addressed to. */
export const contentHash = ({ language, title, reference, issuedAt, blocks }: Omit<PrintedDocument, 'proof'>): string =>
  sha256(canonical({ language, title, reference, issuedAt: issuedAt.toISOString(), blocks }));

export const verifyUrl = (publicUrl: string, code: string): string =>
  `${publicUrl}/v1/letters/verify?code=${encodeURIComponent(code)}`;
