// A whole verification: which parts the asked invariants need, one after the other, and the report of it.
import type { Invariant } from '../domain/invariants/finding.js';
import { invariants } from '../domain/invariants/finding.js';
import { countRequests } from '../persistence/evidence.reads.js';
import type { Config } from '../platform/config.js';
import { bankInWorker, bankOver } from './bank-book.js';
import { reading } from './could-not-read.js';
import type { Part, Sources } from './parts.js';
import { batches, envelopes, operations, payments, registerChains, requests } from './parts.js';
import type { Collector, Report } from './report.js';
import { createCollector } from './report.js';
import { openWorkflowHistory } from './workflow-history.js';

type Row = { readonly part: Part; readonly proves: readonly Invariant[]; readonly ofOneRequest: boolean };

const rows: readonly Row[] = [
  { part: requests, proves: invariants, ofOneRequest: true },
  { part: operations, proves: ['I1', 'I2'], ofOneRequest: true },
  { part: batches, proves: ['I4', 'I5', 'I6', 'I7', 'I9', 'I10'], ofOneRequest: false },
  { part: registerChains, proves: ['I6'], ofOneRequest: false },
  { part: envelopes, proves: ['I3', 'I10'], ofOneRequest: false },
  { part: payments, proves: ['I5'], ofOneRequest: false },
];

/** What only Temporal can tell. */
const fromTemporal: readonly Invariant[] = ['I1', 'I2', 'I7', 'I9'];

const headsNotSigned =
  'signed heads and Merkle proofs of the audit trail do not exist yet: whoever can change a chain and its head together is not found by I6';
const floatsInCode = "I10 in the code is the type checker's and the lint's; here only data was looked at";

export type VerifyOptions = {
  readonly config: Pick<Config, 'temporal'>;
  readonly bankUrl?: string | undefined;
  readonly only?: readonly Invariant[] | undefined;
  readonly requestId?: string | undefined;
  /** How long a request that moves is waited for. */
  readonly patienceMs?: number;
  readonly hands?: number;
  readonly say: (text: string) => void;
  readonly step?: (requests: number, total: number, found: number) => void;
};

const notCheckedBy = ({ requestId }: VerifyOptions, asked: readonly Invariant[]): string[] => [
  ...(asked.includes('I6') ? [headsNotSigned] : []),
  ...(asked.includes('I10') ? [floatsInCode] : []),
  ...(requestId === undefined ? [] : ['batches, registers, envelopes and the bank: only one request was asked for']),
];

/** MongoDB has to be connected; Temporal is connected here, for as long as it takes. */
export const runVerification = async (options: VerifyOptions): Promise<Report> => {
  const { config, bankUrl, only = invariants, requestId, patienceMs = 30_000, hands = 8, say } = options;
  const collector = createCollector(only);
  const needsTemporal = only.some((invariant) => fromTemporal.includes(invariant));
  const history = needsTemporal ? await openWorkflowHistory(config.temporal) : null;
  const total = requestId === undefined ? await reading('the requests', countRequests) : 1;
  let done = 0;
  const stepping: Collector = {
    ...collector,
    count: (what, more) => {
      collector.count(what, more);
      if (what === 'requests') options.step?.((done += 1), total, collector.found());
    },
  };
  const sources: Sources = {
    ...{ history, hands, patience: { ms: patienceMs, lookEveryMs: 500, say } },
    bank: bankUrl === undefined ? bankInWorker() : bankOver(bankUrl),
  };
  try {
    for (const { part, proves, ofOneRequest } of rows) {
      if (requestId !== undefined && !ofOneRequest) continue;
      if (proves.some((invariant) => only.includes(invariant))) await part(sources, stepping, requestId);
    }
  } finally {
    await history?.close();
  }
  return collector.report(notCheckedBy(options, only));
};
