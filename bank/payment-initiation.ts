// Writing pain.001.001.10: a batch of payments as one file, piece by piece so that its length does not matter.
import type { AmountMinor } from '../domain/amount.js';
import { sumMinor } from '../domain/amount.js';
import { amountTextOf } from './amount-text.js';
import { nameFor } from './characters.js';
import type { BankProfile } from './profile.js';
import { bankCodeOf } from './profile.js';
import { element, leaf, xmlText } from './xml.js';

export const paymentInitiationNamespace = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.10';

export type Payee = {
  readonly nameAr: string;
  readonly nameEn: string;
  readonly iban: string;
};
export type Payment = {
  /** EndToEndId: the instruction's business id, at most 35 characters. */
  readonly instructionId: string;
  readonly amountMinor: AmountMinor;
  /** Our own name of the account. */
  readonly accountId: string;
  readonly payee: Payee;
};
export type PaymentInitiation = {
  /** MsgId and PmtInfId: the batch's id, by which a bank recognises a file it has. */
  readonly messageId: string;
  readonly createdAt: Date;
  readonly payments: readonly Payment[];
};

const longestId = 35;
const dayMs = 86_400_000;

/** Ids of a message are never cut: two of them could become one. */
export const fitsInFile = (id: string): boolean => id.length > 0 && id.length <= longestId;

const checkedId = (id: string): string => {
  if (!fitsInFile(id)) throw new Error(`a bank takes ids of 1 to ${longestId} characters: ${id}`);
  return id;
};

/** Egypt is two or three hours ahead of UTC; the day is that of Cairo. */
const cairoDay = (at: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Cairo' }).format(at);

const nameOf = ({ nameAr, nameEn }: Payee, { names }: BankProfile): string =>
  nameFor(names === 'latin' ? nameEn : nameAr, names);

const bankOf = (code: string): string => element('FinInstnId', element('ClrSysMmbId', leaf('MmbId', code)));

const transfer = ({ instructionId, amountMinor, accountId, payee }: Payment, profile: BankProfile): string =>
  element(
    'CdtTrfTxInf',
    [
      element('PmtId', leaf('EndToEndId', checkedId(instructionId))),
      element('Amt', `<InstdAmt Ccy="EGP">${amountTextOf(amountMinor)}</InstdAmt>`),
      element('CdtrAgt', bankOf(bankCodeOf(payee.iban))),
      element(
        'Cdtr',
        leaf('Nm', nameOf(payee, profile)) +
          element('Id', element('OrgId', element('Othr', leaf('Id', checkedId(accountId))))),
      ),
      element('CdtrAcct', element('Id', leaf('IBAN', payee.iban))),
      element('RmtInf', leaf('Ustrd', instructionId)),
    ].join(''),
  );

const counted = (payments: readonly Payment[]): string =>
  leaf('NbOfTxs', String(payments.length)) +
  leaf('CtrlSum', amountTextOf(sumMinor(payments.map(({ amountMinor }) => amountMinor)).toString()));

/** The file in pieces; the same content gives the same bytes. */
export function* paymentInitiation(
  { messageId, createdAt, payments }: PaymentInitiation,
  profile: BankProfile,
): Generator<string> {
  const id = checkedId(messageId);
  const totals = counted(payments);
  const executedOn = cairoDay(new Date(createdAt.getTime() + profile.executionAfterDays * dayMs));
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${xmlText(paymentInitiationNamespace)}"><CstmrCdtTrfInitn>`;
  yield element(
    'GrpHdr',
    leaf('MsgId', id) +
      leaf('CreDtTm', createdAt.toISOString()) +
      totals +
      element('InitgPty', leaf('Nm', profile.initiatingParty)),
  );
  yield '<PmtInf>';
  yield leaf('PmtInfId', id) + leaf('PmtMtd', 'TRF') + leaf('BtchBookg', String(profile.batchBooking)) + totals;
  yield element('ReqdExctnDt', leaf('Dt', executedOn));
  yield element('Dbtr', leaf('Nm', profile.debtorName));
  yield element('DbtrAcct', element('Id', leaf('IBAN', profile.debtorIban)) + leaf('Ccy', 'EGP'));
  yield element('DbtrAgt', bankOf(profile.debtorBankCode)) + leaf('ChrgBr', profile.chargeBearer);
  for (const payment of payments) yield transfer(payment, profile);
  yield '</PmtInf></CstmrCdtTrfInitn></Document>\n';
}
