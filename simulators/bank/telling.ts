// What the simulated bank says by a moment: status messages of a file, and the statement of a day. The same moment gives the same texts.
import { createHash } from 'node:crypto';
import type { Behaviour } from './behaviour.js';
import type { Booking, Word } from './messages.js';
import { accountStatement, statusReport } from './messages.js';
import type { BankFile, BankPayment } from './record.js';

export type Message = { readonly id: string; readonly kind: 'pain.002' | 'camt.053'; readonly xml: string };

const shortId = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

const answered = ({ payments }: BankFile, nowMs: number): BankPayment[] =>
  payments.filter(({ answersAtMs }) => answersAtMs <= nowMs);

const report = ({ messageId: fileId }: BankFile, words: readonly Word[], atMs: number): Message => {
  const messageId = `ST${shortId(JSON.stringify([fileId, words]))}`;
  return { id: messageId, kind: 'pain.002', xml: statusReport({ messageId, at: new Date(atMs), fileId, words }) };
};

const plainly = ({ endToEndId, status, reasonCode }: BankPayment): Word => ({
  endToEndId,
  status,
  ...(reasonCode === undefined ? {} : { reasonCode }),
});
const contrary = ({ endToEndId }: BankPayment): Word => ({ endToEndId, status: 'RJCT', reasonCode: 'AC04' });

export const messagesOf = (file: BankFile, behaviour: Behaviour, nowMs: number): Message[] => {
  const ready = answered(file, nowMs);
  // One message for each instant of answering, so that an earlier message never changes.
  const instants = [...new Set(ready.map(({ answersAtMs }) => answersAtMs))].sort((a, b) => a - b);
  const plain = instants.map((instant) => {
    const words = ready.filter(({ answersAtMs }) => answersAtMs === instant).map(plainly);
    return report(file, words, instant);
  });
  const settled = behaviour.contradict === true ? ready.filter(({ status }) => status === 'ACSC') : [];
  const lastMs = Math.max(...settled.map(({ answersAtMs }) => answersAtMs));
  const all = settled.length === 0 ? plain : [...plain, report(file, settled.map(contrary), lastMs)];
  const told = behaviour.duplicate === true ? all.flatMap((message) => [message, message]) : all;
  return behaviour.reorder === true ? told.reverse() : told;
};

const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
/** When no file was taken yet, nobody's account is stated. */
const nobodysAccount = 'EG079999000100000000000000000';

export const statementOf = (files: Iterable<BankFile>, day: string, nowMs: number): Message => {
  const all = [...files];
  const bookings = all.flatMap((file) =>
    answered(file, nowMs)
      .filter(({ status, answersAtMs }) => status === 'ACSC' && dayOf(answersAtMs) === day)
      .map(({ endToEndId, amountMinor, answersAtMs }): Booking => {
        const reference = `BK${shortId(`${file.messageId} ${endToEndId}`)}`;
        return { endToEndId, amountMinor, reference, bookedOn: dayOf(answersAtMs) };
      }),
  );
  const messageId = `CA${shortId(JSON.stringify([day, bookings]))}`;
  const iban = all[0]?.debtorIban ?? nobodysAccount;
  // Written as of the end of the day, so that the same bookings give the same bytes whenever they are asked for.
  const at = new Date(`${day}T23:59:59Z`);
  return { id: messageId, kind: 'camt.053', xml: accountStatement({ messageId, at, iban, day, bookings }) };
};
