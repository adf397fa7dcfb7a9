// Reference data as it is shown: people, programmes, calls, organisations, sentences, balances.
import { z } from 'zod';
import { roles } from '../../domain/actor.js';
import type { BalanceDocument } from '../../persistence/ledger.model.js';
import type { OrganisationDocument } from '../../persistence/organisation.model.js';
import type { CallDocument } from '../../persistence/programme.model.js';
import { balancesView, balancesViewOf } from './ledger.view.js';
import { registryView, registryViewOf } from './registry.view.js';
import { budgetTerms, documentAsked } from '../schemas/call.schema.js';
import { egp, id, instant, money } from '../schemas/text.schema.js';

const text = z.string();
export const heldSchema = z.object({
  role: z.enum(roles),
  organisationId: text.optional(),
  governorate: text.optional(),
  level: text.optional(),
  civilSociety: z.boolean().optional(),
  onBehalfOf: z
    .object({ personId: text, name: text, capMinor: text.optional(), untilMs: z.int().optional() })
    .optional()
    .meta({ description: 'A role handed over for an absence: whose it is, up to which amount and until when' }),
});
export const personSchema = z.object({
  personId: id,
  nameAr: text,
  nameEn: text,
  organisationId: text.nullable(),
  roles: z.array(heldSchema),
});
export const programmeSchema = z.object({ code: id, nameAr: text, nameEn: text });
export const callSchema = z.object({
  id,
  programmeCode: text,
  titleAr: text,
  titleEn: text,
  fundingSource: text,
  fiscalYear: text,
  ownEnvelope: z.boolean().meta({ description: 'It hands out money of its own and no other' }),
  opensAt: instant,
  closesAt: instant,
  isOpen: z.boolean(),
  ceiling: money,
  budget: money.nullable(),
  documents: z.array(documentAsked),
  budgetTerms: budgetTerms.nullable(),
  planHash: text,
});
export const organisationSchema = z.object({
  id,
  nameAr: text,
  nameEn: text,
  kind: z.enum(['association', 'foundation', 'federation']),
  governorate: text,
  registrationNumber: text,
  account: z.object({ ibanMasked: text, verifiedAt: instant.nullable(), changedAt: instant }),
  registry: registryView,
  synthetic: z.boolean(),
});
export const refusalSchema = z.object({ code: text, status: z.int(), messages: z.object({ ar: text, en: text }) });
export const balanceSchema = z.object({
  envelopeId: text,
  programmeCode: text,
  fundingSource: text,
  fiscalYear: text,
  callId: text.nullable().meta({ description: 'The call whose own money it is' }),
  ...balancesView.shape,
});

export const budgetTermsOf = ({ budgetTerms: terms }: Pick<CallDocument, 'budgetTerms'>) => {
  if (terms === undefined) return null;
  const { shares, ...rest } = terms;
  return { ...rest, ...(shares === undefined ? {} : { shares: shares.map((share) => ({ ...share })) }) };
};

export const callView = (row: CallDocument, now: Date): z.output<typeof callSchema> => ({
  id: row._id,
  programmeCode: row.programmeCode,
  titleAr: row.titleAr,
  titleEn: row.titleEn,
  fundingSource: row.fundingSource,
  fiscalYear: row.fiscalYear,
  ownEnvelope: row.ownEnvelope === true,
  opensAt: row.opensAt.toISOString(),
  closesAt: row.closesAt.toISOString(),
  isOpen: row.opensAt <= now && now <= row.closesAt,
  ceiling: egp(row.ceilingMinor),
  budget: row.budgetMinor === undefined ? null : egp(row.budgetMinor),
  documents: (row.documents ?? []).map((document) => ({ ...document })),
  budgetTerms: budgetTermsOf(row),
  planHash: row.planHash,
});

export const organisationView = ({
  _id,
  account,
  registry,
  ...rest
}: OrganisationDocument): z.output<typeof organisationSchema> => ({
  id: _id,
  nameAr: rest.nameAr,
  nameEn: rest.nameEn,
  kind: rest.kind,
  governorate: rest.governorate,
  registrationNumber: rest.registrationNumber,
  account: {
    ibanMasked: account.ibanMasked,
    verifiedAt: account.verifiedAt?.toISOString() ?? null,
    changedAt: account.changedAt.toISOString(),
  },
  registry: registryViewOf(registry),
  synthetic: rest.synthetic,
});

export const balanceView = (row: BalanceDocument): z.output<typeof balanceSchema> => ({
  envelopeId: row._id,
  programmeCode: row.programmeCode,
  fundingSource: row.fundingSource,
  fiscalYear: row.fiscalYear,
  callId: row.envelopeCallId ?? null,
  ...balancesViewOf(row),
});
