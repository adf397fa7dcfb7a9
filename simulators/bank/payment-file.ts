// How the simulated bank reads a payment file: what it needs of pain.001.001.10, with count and sum checked as a bank would.
import { z } from 'zod';
import { minorOfAmountText } from '../../bank/amount-text.js';
import { paymentInitiationNamespace } from '../../bank/payment-initiation.js';
import { schemaFault } from '../../bank/message-schema.js';
import type { Read } from '../../bank/xml.js';
import { fault, listed, readXml } from '../../bank/xml.js';

export type OrderedPayment = {
  readonly endToEndId: string;
  readonly amountMinor: string;
  readonly iban: string;
  /** The customer's own name of the account; the simulated bank takes its behaviour from it. */
  readonly accountId: string;
};
export type PaymentFileRead = {
  readonly messageId: string;
  readonly debtorIban: string;
  readonly payments: readonly OrderedPayment[];
};

const amount = z
  .object({ '#text': z.string(), '@Ccy': z.literal('EGP') })
  .transform(({ '#text': text }) => minorOfAmountText(text) ?? '');
const transfer = z.object({
  PmtId: z.object({ EndToEndId: z.string().max(35) }),
  Amt: z.object({ InstdAmt: amount }),
  Cdtr: z.object({ Id: z.object({ OrgId: z.object({ Othr: z.object({ Id: z.string() }) }) }) }),
  CdtrAcct: z.object({ Id: z.object({ IBAN: z.string() }) }),
});
const schema = z.object({
  GrpHdr: z.object({ MsgId: z.string().max(35), NbOfTxs: z.string(), CtrlSum: z.string() }),
  PmtInf: z.object({
    DbtrAcct: z.object({ Id: z.object({ IBAN: z.string() }) }),
    CdtTrfTxInf: z.preprocess(listed, z.array(transfer)),
  }),
});

export const readPaymentFile = (xml: string): Read<PaymentFileRead> => {
  const content = readXml(xml, { namespace: paymentInitiationNamespace, root: 'CstmrCdtTrfInitn' });
  if (!content.ok) return content;
  const parsed = schema.safeParse(content.value);
  if (!parsed.success) return schemaFault(parsed.error);
  const { GrpHdr, PmtInf } = parsed.data;
  const payments = PmtInf.CdtTrfTxInf.map(({ PmtId, Amt, Cdtr, CdtrAcct }) => ({
    endToEndId: PmtId.EndToEndId,
    amountMinor: Amt.InstdAmt,
    iban: CdtrAcct.Id.IBAN,
    accountId: Cdtr.Id.OrgId.Othr.Id,
  }));
  if (payments.some(({ amountMinor }) => amountMinor === '')) return fault('an amount is not exact');
  const sum = payments.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
  if (String(payments.length) !== GrpHdr.NbOfTxs) return fault('the number of payments differs');
  if (sum.toString() !== minorOfAmountText(GrpHdr.CtrlSum)) return fault('the control sum differs');
  return { ok: true, value: { messageId: GrpHdr.MsgId, debtorIban: PmtInf.DbtrAcct.Id.IBAN, payments } };
};
