// The simulated bank itself: takes files, pays, and says what it did. Everything it knows follows from its journal.
import { createHash } from 'node:crypto';
import type { Behaviour } from './behaviour.js';
import { answerFor } from './behaviour.js';
import { openJournal } from './journal.js';
import type { OrderedPayment } from './payment-file.js';
import { readPaymentFile } from './payment-file.js';
import type { BankEntry, BankFile, BankPayment, Paid } from './record.js';
import { bankEntry, paidIn } from './record.js';
import type { Message } from './telling.js';
import { messagesOf, statementOf } from './telling.js';

export type Taken =
  | { readonly outcome: 'taken' | 'known'; readonly receivedAt: Date; readonly answer: 'given' | 'lost' }
  | { readonly outcome: 'conflict' | 'invalid'; readonly why: string };

export type SimulatedBank = {
  readonly take: (xml: string) => Promise<Taken>;
  readonly messages: (fileId: string) => Message[];
  readonly statement: (day: string) => Message;
  readonly payments: () => Paid[];
  readonly behave: (wanted: Behaviour) => Promise<Behaviour>;
  readonly isDown: () => boolean;
  readonly close: () => Promise<void>;
};

/** Its state, and the misdeeds that were asked for by number: each is done once. */
const createBooks = () => {
  const files = new Map<string, BankFile>();
  let behaviour: Behaviour = {};
  return {
    files,
    behaviour: (): Behaviour => behaviour,
    replay: (entry: BankEntry): void => {
      if (entry.kind === 'file') files.set(entry.messageId, entry);
      else behaviour = { ...behaviour, ...entry.behaviour };
    },
    oneOf: (name: 'reject' | 'unknown' | 'loseReplies'): boolean => {
      const left = behaviour[name] ?? 0;
      if (left > 0) behaviour = { ...behaviour, [name]: left - 1 };
      return left > 0;
    },
  };
};
type Books = ReturnType<typeof createBooks>;

const madeFrom = (one: OrderedPayment, books: Books, receivedAtMs: number, delayMs: number): BankPayment => {
  const { afterMs, ...answer } = answerFor(one, books.behaviour().delayMs ?? delayMs);
  const answersAtMs = receivedAtMs + afterMs;
  if (books.oneOf('reject')) return { ...one, status: 'RJCT', reasonCode: 'AC04', answersAtMs };
  return { ...one, ...(books.oneOf('unknown') ? { status: 'UNKN' } : answer), answersAtMs };
};

type Settings = { readonly delayMs: number; readonly now?: () => number };

export const openBank = async (journalFile: string, { delayMs, now = Date.now }: Settings): Promise<SimulatedBank> => {
  const books = createBooks();
  const journal = await openJournal(journalFile, (value) => bankEntry.parse(value), books.replay);
  const keep = async (entry: BankEntry): Promise<void> => {
    await journal.append(entry);
    books.replay(entry);
  };

  const receive = async (xml: string): Promise<Taken> => {
    const read = readPaymentFile(xml);
    if (!read.ok) return { outcome: 'invalid', why: read.fault };
    const { messageId, debtorIban, payments } = read.value;
    const sha256 = createHash('sha256').update(xml).digest('hex');
    const known = books.files.get(messageId);
    if (known !== undefined && known.sha256 !== sha256)
      return { outcome: 'conflict', why: `another file is known as ${messageId}` };
    if (known !== undefined) return { outcome: 'known', receivedAt: new Date(known.receivedAtMs), answer: 'given' };
    const receivedAtMs = now();
    const made = payments.map((one) => madeFrom(one, books, receivedAtMs, delayMs));
    await keep({ kind: 'file', messageId, sha256, debtorIban, receivedAtMs, payments: made });
    const answer = books.oneOf('loseReplies') ? 'lost' : 'given';
    return { outcome: 'taken', receivedAt: new Date(receivedAtMs), answer };
  };

  let turn: Promise<unknown> = Promise.resolve();
  return {
    // One file at a time: two that arrive together under one id are one.
    take: (xml) => {
      const taken = turn.then(() => receive(xml));
      turn = taken.catch(() => undefined); // its caller hears of it
      return taken;
    },
    messages: (fileId) => {
      const file = books.files.get(fileId);
      return file === undefined ? [] : messagesOf(file, books.behaviour(), now());
    },
    statement: (day) => statementOf(books.files.values(), day, now()),
    payments: () => paidIn(books.files.values()),
    behave: async (wanted) => {
      await keep({ kind: 'behaviour', behaviour: wanted });
      return books.behaviour();
    },
    isDown: () => books.behaviour().down === true,
    close: () => journal.close(),
  };
};
