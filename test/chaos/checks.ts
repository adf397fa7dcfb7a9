// After the storm: is everything that was acknowledged still there, was every payment approved and made once, do the books add up?
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { ledgerFaults, trailFaults } from '../../cli/seeding/books.js';
import type { ApiClient } from '../../cli/api-client.js';
import { bodyAs } from '../../cli/api-client.js';
import { auditEntryCollection } from '../../persistence/audit-entry.model.js';
import { balances, postingsOfEnvelope } from '../../persistence/ledger.reads.js';
import { connect, disconnect } from '../../persistence/connection.js';
import mongoose from 'mongoose';
import type { Stack } from '../faults/stack.js';
import { refusedAttemptCollection } from '../../persistence/refused-attempt.model.js';
import type { Acknowledged, Book } from './book.js';
import type { Provoked } from './lives.js';

export type Found = {
  /** Acknowledged decisions that do not stand where they must. */
  readonly lost: readonly string[];
  readonly paidTwice: readonly string[];
  readonly unapproved: readonly string[];
  /** Provoked refusals that left no attempt in the audit. */
  readonly unnoted: readonly string[];
  /** Repeated calls that were answered otherwise than the first time. */
  readonly answeredOtherwise: readonly string[];
  /** Broken audit chains. */
  readonly trail: readonly string[];
  /** How far the accounts are from what their postings make them, in piastres. */
  readonly imbalanceMinor: string;
  readonly ledger: readonly string[];
  /** What `sanad verify` found; null where this build has no such command. */
  readonly verify: readonly string[] | null;
};

const auditor = 'auditor';
const page = z.looseObject({
  items: z.array(
    z.looseObject({ seq: z.int(), command: z.string(), actor: z.looseObject({ personId: z.string().nullable() }) }),
  ),
  next: z.string().nullish(),
});
type Row = { readonly seq: number; readonly command: string; readonly personId: string | null };

const timelineOf = async (api: ApiClient, requestId: string): Promise<Row[]> => {
  const rows: Row[] = [];
  let path: string | null = `/v1/requests/${requestId}/timeline?limit=100`;
  while (path !== null) {
    const answer = await api.call({ name: 'readTimeline', method: 'GET', path, as: auditor });
    const read: z.output<typeof page> = bodyAs(page, answer, 'readTimeline');
    rows.push(...read.items.map(({ seq, command, actor }) => ({ seq, command, personId: actor.personId })));
    path = read.next ?? null;
  }
  return rows;
};

const trailOf = async ({ kind, id }: Acknowledged['subject']): Promise<Row[]> => {
  const rows = await auditEntryCollection().find({ subjectKind: kind, subjectId: id }).toArray();
  return rows.map(({ seq, command, actor }) => ({ seq, command, personId: actor.personId }));
};

const wordsOf = ({ subject, version, command, personId }: Acknowledged): string =>
  `${subject.kind} ${subject.id} version ${version}: ${command} by ${personId}`;

/** One acknowledgement is one entry: under its version, by its person, and no second time under another version. */
const lostIn = async (api: ApiClient, acknowledged: readonly Acknowledged[]): Promise<string[]> => {
  const bySubject = new Map<string, Acknowledged[]>();
  for (const one of acknowledged) {
    const name = `${one.subject.kind}/${one.subject.id}`;
    bySubject.set(name, [...(bySubject.get(name) ?? []), one]);
  }
  const lost: string[] = [];
  for (const mine of bySubject.values()) {
    const subject = mine[0]?.subject;
    if (subject === undefined) continue;
    const rows = subject.kind === 'request' ? await timelineOf(api, subject.id) : await trailOf(subject);
    const stands = ({ version, command, personId }: Acknowledged): boolean =>
      rows.some((row) => row.seq === version && row.command === command && row.personId === personId);
    lost.push(...mine.filter((one) => !stands(one)).map(wordsOf));
  }
  return lost;
};

type Payment = {
  readonly instructionId: string;
  readonly amountMinor: string;
  readonly times: number;
};
const paidList = z.object({
  payments: z.array(z.looseObject({ endToEndId: z.string(), amountMinor: z.string(), times: z.int() })),
});

/** From the bank's own book, wherever it keeps it. */
const paymentsOf = async ({ bankUrl, database }: Stack): Promise<Payment[]> => {
  if (bankUrl !== null) {
    const { payments } = paidList.parse(await (await fetch(`${bankUrl}/payments`)).json());
    return payments.map(({ endToEndId, amountMinor, times }) => ({ instructionId: endToEndId, amountMinor, times }));
  }
  const book = mongoose.connection.getClient().db(`${database}_bank`).collection('payments');
  const kept = z.array(z.looseObject({ _id: z.string(), amountMinor: z.string(), answer: z.string() }));
  return kept
    .parse(await book.find().toArray())
    .map(({ _id, amountMinor, answer }) => ({ instructionId: _id, amountMinor, times: answer === 'settled' ? 1 : 0 }));
};

/** `<requestId>-t<number>-<attempt>`: a tranche is paid once, whatever the attempt. */
const trancheOf = (instructionId: string): string => instructionId.replace(/-\d+$/, '');

const paidTwiceIn = (payments: readonly Payment[]): string[] => {
  const times = new Map<string, number>();
  for (const { instructionId, times: more } of payments)
    times.set(trancheOf(instructionId), (times.get(trancheOf(instructionId)) ?? 0) + more);
  return [...times].filter(([, paid]) => paid > 1).map(([tranche, paid]) => `${tranche}: paid ${paid} times`);
};

/** Approved: a person's release of exactly this instruction and amount stands in the request's trail. */
const unapprovedIn = async (payments: readonly Payment[]): Promise<string[]> => {
  const rows = await auditEntryCollection()
    .find({ subjectKind: 'request', kind: 'decision', command: 'releaseTranche' })
    .toArray();
  const instructed = new Map<string, string>();
  for (const { events } of z.array(z.looseObject({ events: z.array(z.looseObject({ kind: z.string() })) })).parse(rows))
    for (const event of events)
      if (event.kind === 'paymentInstructed')
        instructed.set(String(event['instructionId']), String(event['amountMinor']));
  return payments
    .filter(({ times, instructionId, amountMinor }) => times > 0 && instructed.get(instructionId) !== amountMinor)
    .map(({ instructionId, amountMinor }) => `${instructionId}: ${amountMinor} paid`);
};

/** Money that the accounts of an envelope hold, against what was put into it. */
const imbalance = async (): Promise<bigint> => {
  let off = 0n;
  for (const balance of await balances()) {
    const postings = await postingsOfEnvelope(balance._id);
    const put = postings.reduce((sum, { from, amountMinor }) => sum + (from === 'outside' ? amountMinor : 0n), 0n);
    const { available, reserved, committed, disbursed, spent, writtenOff } = balance;
    const difference = available + reserved + committed + disbursed + spent + writtenOff - put;
    off += difference < 0n ? -difference : difference;
  }
  return off;
};

const verifyReport = z.looseObject({
  holds: z.boolean(),
  findings: z.array(
    z.looseObject({
      invariant: z.string(),
      breach: z.string(),
      subject: z.looseObject({ kind: z.string(), id: z.string() }),
      evidence: z.unknown(),
    }),
  ),
});

const run = (
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; out: string; said: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, out, said }));
  });

/** The product's own verification, as an operator runs it; what it could not read counts as a finding here. */
export const verified = async ({ env }: Stack, tree: string): Promise<string[] | null> => {
  if (!existsSync(join(tree, 'dist/cli/commands/verify.js'))) return null;
  const { code, out, said } = await run(join(tree, 'dist/cli/main.js'), ['verify', '--json'], env);
  if (code > 1) return [`verify could not read everything: ${said.trim().slice(-500)}`];
  return verifyReport
    .parse(JSON.parse(out))
    .findings.map(
      ({ invariant, breach, subject, evidence }) =>
        `${invariant} ${breach}: ${subject.kind} ${subject.id} ${JSON.stringify(evidence)}`,
    );
};

/** Refusals by a rule; what is no rule's business (a page that does not exist, a form that cannot be read) is nobody's attempt. */
const noted = ['notYourRole', 'staleVersion', 'notThisStage'] as const;

const unnotedIn = async (provoked: readonly Provoked[]): Promise<string[]> => {
  const missing: string[] = [];
  for (const { requestId, code: got } of provoked) {
    const code = noted.find((one) => one === got);
    if (code === undefined) continue;
    const found = await refusedAttemptCollection().countDocuments({ subjectId: requestId, code });
    if (found === 0) missing.push(`${requestId}: ${code}`);
  }
  return missing;
};

export type Examined = {
  readonly book: Book;
  readonly provoked: readonly Provoked[];
  /** The build that ran. */
  readonly tree: string;
};

export const examine = async (stack: Stack, { book, provoked, tree }: Examined): Promise<Found> => {
  await connect(stack.mongodbUri, stack.database);
  try {
    const payments = await paymentsOf(stack);
    const acknowledged = book.acknowledged();
    const requests = acknowledged.filter(({ subject }) => subject.kind === 'request').map(({ subject }) => subject.id);
    return {
      lost: await lostIn(book.api, acknowledged),
      paidTwice: paidTwiceIn(payments),
      unapproved: await unapprovedIn(payments),
      unnoted: await unnotedIn(provoked),
      answeredOtherwise: book.answeredOtherwise(),
      trail: await trailFaults([...new Set(requests)]),
      imbalanceMinor: (await imbalance()).toString(),
      ledger: await ledgerFaults(),
      verify: await verified(stack, tree),
    };
  } finally {
    await disconnect();
  }
};

/** One line per complaint; none, when nothing is wrong. */
export const complaintsIn = (found: Found): string[] => [
  ...found.lost.map((text) => `lost: ${text}`),
  ...found.paidTwice.map((text) => `paid twice: ${text}`),
  ...found.unapproved.map((text) => `unapproved: ${text}`),
  ...found.answeredOtherwise.map((text) => `the same key, another answer: ${text}`),
  ...found.unnoted.map((text) => `refusal not in the audit: ${text}`),
  ...found.trail.map((text) => `audit: ${text}`),
  ...found.ledger.map((text) => `ledger: ${text}`),
  ...(found.imbalanceMinor === '0' ? [] : [`ledger: ${found.imbalanceMinor} piastres off`]),
  ...(found.verify ?? []).map((text) => `verify: ${text}`),
];
