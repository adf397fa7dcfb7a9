// The seeded bugs: each a patch beside this file, and the check that must see it. A run that misses one is void.

export type Check =
  /** A short campaign of its own, on a build with the bug. */
  | { readonly kind: 'campaign' }
  /** The random model over the rules (`npm run model`). */
  | { readonly kind: 'model'; readonly sequences: number }
  /** Test files that must fail. */
  | { readonly kind: 'tests'; readonly tier: 'domain' | 'persistence'; readonly files: string };

export type SeededBug = { readonly name: string; readonly check: Check };

export const seededBugs: readonly SeededBug[] = [
  { name: 'missing-idempotency-key', check: { kind: 'campaign' } },
  { name: 'new-id-on-retry', check: { kind: 'campaign' } },
  { name: 'answers-before-acceptance', check: { kind: 'campaign' } },
  { name: 'no-version-guard', check: { kind: 'campaign' } },
  { name: 'write-time-in-the-hash', check: { kind: 'campaign' } },
  { name: 'refusal-not-noted', check: { kind: 'campaign' } },
  { name: 'reads-before-it-writes', check: { kind: 'tests', tier: 'persistence', files: 'persistence/ledger' } },
  { name: 'no-unique-index', check: { kind: 'tests', tier: 'persistence', files: 'persistence/payment.test' } },
  { name: 'float-in-a-split', check: { kind: 'tests', tier: 'domain', files: 'domain/exact-money' } },
  { name: 'skipped-condition', check: { kind: 'tests', tier: 'domain', files: 'domain/refusals' } },
  { name: 'settled-twice', check: { kind: 'tests', tier: 'domain', files: 'domain/exact-money' } },
  { name: 'unknown-sent-again', check: { kind: 'tests', tier: 'domain', files: 'domain/refusals' } },
  { name: 'quorum-counts-the-recused', check: { kind: 'tests', tier: 'domain', files: 'domain/exact-money' } },
  { name: 'delegate-without-exclusions', check: { kind: 'tests', tier: 'domain', files: 'domain/delegation' } },
];
