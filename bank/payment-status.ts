// Reading pain.002.001.11: what a bank says about the payments of a file.
import { z } from 'zod';
import type { PaymentStatus } from '../domain/command.js';
import { groupHeader, many, max35, schemaFault } from './message-schema.js';
import type { Read } from './xml.js';
import { readXml } from './xml.js';

export const paymentStatusNamespace = 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.11';

export type StatusMessage = {
  readonly messageId: string;
  readonly createdAt: string;
  /** The payment file it speaks of. */
  readonly originalMessageId: string;
  readonly groupStatus?: string;
  readonly transactions: readonly {
    readonly endToEndId: string;
    readonly status: string;
    readonly reasonCode?: string;
  }[];
};

const reason = z.object({ Rsn: z.object({ Cd: max35.optional(), Prtry: max35.optional() }).optional() });
const transaction = z.object({ OrgnlEndToEndId: max35, TxSts: max35, StsRsnInf: many(reason) });
const schema = z.object({
  GrpHdr: groupHeader,
  OrgnlGrpInfAndSts: z.object({ OrgnlMsgId: max35, GrpSts: max35.optional() }),
  OrgnlPmtInfAndSts: many(z.object({ TxInfAndSts: many(transaction) })),
});

const transactionOf = ({ OrgnlEndToEndId, TxSts, StsRsnInf = [] }: z.output<typeof transaction>) => {
  const [first] = StsRsnInf;
  const reasonCode = first?.Rsn?.Cd ?? first?.Rsn?.Prtry;
  return { endToEndId: OrgnlEndToEndId, status: TxSts, ...(reasonCode === undefined ? {} : { reasonCode }) };
};

export const readStatusMessage = (xml: string): Read<StatusMessage> => {
  const content = readXml(xml, { namespace: paymentStatusNamespace, root: 'CstmrPmtStsRpt' });
  if (!content.ok) return content;
  const parsed = schema.safeParse(content.value);
  if (!parsed.success) return schemaFault(parsed.error);
  const { GrpHdr, OrgnlGrpInfAndSts, OrgnlPmtInfAndSts = [] } = parsed.data;
  const { OrgnlMsgId, GrpSts } = OrgnlGrpInfAndSts;
  return {
    ok: true,
    value: {
      messageId: GrpHdr.MsgId,
      createdAt: GrpHdr.CreDtTm,
      originalMessageId: OrgnlMsgId,
      ...(GrpSts === undefined ? {} : { groupStatus: GrpSts }),
      transactions: OrgnlPmtInfAndSts.flatMap(({ TxInfAndSts = [] }) => TxInfAndSts.map(transactionOf)),
    },
  };
};

/** Codes of ISO 20022 (ExternalPaymentTransactionStatus1Code) that are final, and those that say: wait. */
const settled: readonly string[] = ['ACSC', 'ACCC'];
const rejected: readonly string[] = ['RJCT'];
const underWay: readonly string[] = ['RCVD', 'ACTC', 'ACCP', 'ACSP', 'ACWC', 'ACFC', 'ACWP', 'PDNG', 'PART', 'PATC'];

/** What a bank's code means for a payment; a code that is not known here is an unknown outcome, which asks a person. */
export const meaningOf = (status: string): PaymentStatus | 'under-way' => {
  if (settled.includes(status)) return 'settled';
  if (rejected.includes(status)) return 'rejected';
  return underWay.includes(status) ? 'under-way' : 'unknown';
};
