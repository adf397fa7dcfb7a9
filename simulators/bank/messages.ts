// What the simulated bank writes: pain.002.001.11 for payments of a file, camt.053.001.08 for a day of the account.
import { amountTextOf } from '../../bank/amount-text.js';
import { paymentStatusNamespace } from '../../bank/payment-status.js';
import { statementNamespace } from '../../bank/statement.js';
import { element, leaf } from '../../bank/xml.js';

export type Word = { readonly endToEndId: string; readonly status: string; readonly reasonCode?: string };

const document = (namespace: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespace}">${content}</Document>\n`;

const header = (messageId: string, at: Date): string =>
  element('GrpHdr', leaf('MsgId', messageId) + leaf('CreDtTm', at.toISOString()));

const wordOf = ({ endToEndId, status, reasonCode }: Word): string =>
  element(
    'TxInfAndSts',
    leaf('OrgnlEndToEndId', endToEndId) +
      leaf('TxSts', status) +
      (reasonCode === undefined ? '' : element('StsRsnInf', element('Rsn', leaf('Cd', reasonCode)))),
  );

export type StatusReport = {
  readonly messageId: string;
  readonly at: Date;
  readonly fileId: string;
  readonly words: readonly Word[];
};

export const statusReport = ({ messageId, at, fileId, words }: StatusReport): string =>
  document(
    paymentStatusNamespace,
    element(
      'CstmrPmtStsRpt',
      header(messageId, at) +
        element('OrgnlGrpInfAndSts', leaf('OrgnlMsgId', fileId) + leaf('OrgnlMsgNmId', 'pain.001.001.10')) +
        element('OrgnlPmtInfAndSts', leaf('OrgnlPmtInfId', fileId) + words.map(wordOf).join('')),
    ),
  );

export type Booking = {
  readonly endToEndId: string;
  readonly amountMinor: string;
  readonly reference: string;
  readonly bookedOn: string;
};
export type AccountStatement = {
  readonly messageId: string;
  readonly at: Date;
  readonly iban: string;
  readonly day: string;
  readonly bookings: readonly Booking[];
};

const entryOf = ({ endToEndId, amountMinor, reference, bookedOn }: Booking): string =>
  element(
    'Ntry',
    `<Amt Ccy="EGP">${amountTextOf(amountMinor)}</Amt>` +
      leaf('CdtDbtInd', 'DBIT') +
      element('Sts', leaf('Cd', 'BOOK')) +
      element('BookgDt', leaf('Dt', bookedOn)) +
      element('ValDt', leaf('Dt', bookedOn)) +
      leaf('AcctSvcrRef', reference) +
      element('BkTxCd', element('Prtry', leaf('Cd', 'TRANSFER'))) +
      element('NtryDtls', element('TxDtls', element('Refs', leaf('EndToEndId', endToEndId)))),
  );

/** The demo bank keeps no balance of the Fund's account: it states nought, because a statement needs one. */
const balance = (day: string): string =>
  element(
    'Bal',
    element('Tp', element('CdOrPrtry', leaf('Cd', 'CLBD'))) +
      '<Amt Ccy="EGP">0.00</Amt>' +
      leaf('CdtDbtInd', 'CRDT') +
      element('Dt', leaf('Dt', day)),
  );

export const accountStatement = ({ messageId, at, iban, day, bookings }: AccountStatement): string =>
  document(
    statementNamespace,
    element(
      'BkToCstmrStmt',
      header(messageId, at) +
        element(
          'Stmt',
          leaf('Id', messageId) +
            element('FrToDt', leaf('FrDtTm', `${day}T00:00:00Z`) + leaf('ToDtTm', `${day}T23:59:59Z`)) +
            element('Acct', element('Id', leaf('IBAN', iban))) +
            balance(day) +
            bookings.map(entryOf).join(''),
        ),
    ),
  );
