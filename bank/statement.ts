// Reading camt.053.001.08: a bank's statement of an account, line by line.
import { z } from 'zod';
import { minorOfAmountText } from './amount-text.js';
import { groupHeader, many, max35, schemaFault } from './message-schema.js';
import type { Read } from './xml.js';
import { listed, readXml } from './xml.js';

export const statementNamespace = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08';

export type StatementLine = {
  /** The bank's own reference, or the line's place in the statement. */
  readonly reference: string;
  readonly endToEndId?: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly direction: 'debit' | 'credit';
  readonly booked: boolean;
  readonly bookingDate: string;
  readonly valueDate?: string;
  readonly reversal: boolean;
};
export type Statement = {
  readonly messageId: string;
  readonly statementId: string;
  readonly accountIban: string;
  readonly fromDate?: string;
  readonly toDate?: string;
  readonly lines: readonly StatementLine[];
};

const amount = z
  .object({ '#text': z.string(), '@Ccy': z.string().regex(/^[A-Z]{3}$/, 'not a currency') })
  .transform(({ '#text': text, '@Ccy': currency }, context) => {
    const amountMinor = minorOfAmountText(text);
    if (amountMinor === null)
      context.addIssue({ code: 'custom', message: 'not an exact amount with at most two decimals' });
    return { amountMinor: amountMinor ?? '0', currency };
  });
/** With or without an offset: banks write both. */
const instant = z.iso.datetime({ offset: true, local: true });
/** A date, or the date of an instant. */
const date = z
  .object({ Dt: z.iso.date().optional(), DtTm: instant.optional() })
  .transform(({ Dt, DtTm }) => Dt ?? DtTm?.slice(0, 10));

const details = z.object({ Refs: z.object({ EndToEndId: max35.optional() }).optional(), Amt: amount.optional() });
const entry = z
  .object({
    NtryRef: max35.optional(),
    Amt: amount,
    CdtDbtInd: z.enum(['CRDT', 'DBIT']),
    RvslInd: z.enum(['true', 'false', '1', '0']).optional(),
    Sts: z.object({ Cd: max35.optional(), Prtry: max35.optional() }),
    BookgDt: date.optional(),
    ValDt: date.optional(),
    AcctSvcrRef: max35.optional(),
    NtryDtls: many(z.object({ TxDtls: many(details) })),
  })
  // Booked money without a day can be matched to nothing.
  .refine(({ Sts, BookgDt, ValDt }) => Sts.Cd !== 'BOOK' || (BookgDt ?? ValDt) !== undefined, 'booked without a date');
const statement = z.object({
  Id: max35,
  FrToDt: z.object({ FrDtTm: instant, ToDtTm: instant }).optional(),
  Acct: z.object({ Id: z.object({ IBAN: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, 'not an IBAN') }) }),
  Ntry: many(entry),
});
const schema = z.object({
  GrpHdr: groupHeader,
  Stmt: z.preprocess(listed, z.array(statement).length(1, 'one statement in a message')),
});

type Entry = z.output<typeof entry>;

/** An entry that stands for several payments gives a line for each; without amounts of its own it stays one line. */
const linesOf = (ntry: Entry, place: number): StatementLine[] => {
  const { Amt, CdtDbtInd, RvslInd, Sts, BookgDt, ValDt } = ntry;
  const reference = ntry.AcctSvcrRef ?? ntry.NtryRef ?? String(place + 1);
  const common = {
    currency: Amt.currency,
    direction: CdtDbtInd === 'DBIT' ? 'debit' : 'credit',
    booked: Sts.Cd === 'BOOK',
    bookingDate: BookgDt ?? ValDt ?? '',
    ...(ValDt === undefined ? {} : { valueDate: ValDt }),
    reversal: RvslInd === 'true' || RvslInd === '1',
  } as const;
  const found = (ntry.NtryDtls ?? []).flatMap(({ TxDtls = [] }) => TxDtls);
  const whole = { reference, ...common, amountMinor: Amt.amountMinor };
  const [only] = found;
  if (only === undefined) return [whole];
  const idOf = (one: z.output<typeof details>) =>
    one.Refs?.EndToEndId === undefined ? {} : { endToEndId: one.Refs.EndToEndId };
  if (found.length === 1) return [{ ...whole, ...idOf(only) }];
  if (found.some((one) => one.Amt === undefined)) return [whole];
  return found.map((one, index) => ({
    ...common,
    reference: `${reference}/${index + 1}`,
    ...idOf(one),
    amountMinor: one.Amt?.amountMinor ?? '0',
    currency: one.Amt?.currency ?? Amt.currency,
  }));
};

export const readStatement = (xml: string): Read<Statement> => {
  const content = readXml(xml, { namespace: statementNamespace, root: 'BkToCstmrStmt' });
  if (!content.ok) return content;
  const parsed = schema.safeParse(content.value);
  if (!parsed.success) return schemaFault(parsed.error);
  const { GrpHdr, Stmt } = parsed.data;
  const [stmt] = Stmt;
  if (stmt === undefined) return { ok: false, fault: 'no statement' };
  const { FrToDt } = stmt;
  return {
    ok: true,
    value: {
      messageId: GrpHdr.MsgId,
      statementId: stmt.Id,
      accountIban: stmt.Acct.Id.IBAN,
      ...(FrToDt === undefined ? {} : { fromDate: FrToDt.FrDtTm.slice(0, 10), toDate: FrToDt.ToDtTm.slice(0, 10) }),
      lines: (stmt.Ntry ?? []).flatMap(linesOf),
    },
  };
};
