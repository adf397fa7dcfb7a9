// Strong entity tags from versions, and what If-Match and If-None-Match say about them (RFC 9110).
import { Problem } from './problem.js';

export const etagOf = (version: number): string => `"${version}"`;

const tags = (header: string): string[] => header.split(',').map((tag) => tag.trim());

/** If-None-Match compares weakly: proxies may have weakened the tag. */
export const isUnchanged = (ifNoneMatch: string | undefined, version: number): boolean =>
  ifNoneMatch !== undefined &&
  tags(ifNoneMatch).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etagOf(version));

/** The version the caller opened, from a strong If-Match; a missing one is a mistake, an unreadable one matches nothing. */
export const versionMatched = (ifMatch: string | undefined): number => {
  if (ifMatch === undefined) throw new Problem('preconditionMissing');
  const version = /^"(\d{1,10})"$/.exec(ifMatch.trim())?.[1];
  if (version === undefined) throw new Problem('draftChanged');
  return Number(version);
};
