// A bank account as people see it: masked, with what whoever verifies it has to know. In full it is read one at a time, on record.
import { z } from 'zod';
import { accountChecks, holderMatches, maskedIban } from '../../domain/money/bank-account.js';
import { bankAccountStates } from '../../persistence/bank-account.model.js';
import type { BankAccount } from '../../persistence/bank-account.reads.js';
import { versionOf } from '../../persistence/bank-account.reads.js';
import { id, instant, sha256, version } from '../schemas/text.schema.js';

export const bankAccountRow = z
  .object({
    id,
    version,
    organisationId: id,
    ibanMasked: z.string(),
    holderName: z.string(),
    holderMatch: z
      .enum(holderMatches)
      .nullable()
      .meta({ description: "The holder's name beside the registered one; null for accounts from earlier books" }),
    bic: z.string().nullable(),
    documentSha256: sha256.nullable(),
    state: z.enum(bankAccountStates),
    proposedAt: instant,
    verifiedAt: instant.nullable(),
    decidedReason: z.string().nullable(),
  })
  .meta({ id: 'BankAccountRow' });

export const bankAccountView = bankAccountRow
  .extend({
    iban: z.string().meta({ description: 'In full; each reading is recorded' }),
    proposedBy: id,
    verifiedBy: id.nullable(),
    checked: z.array(z.enum(accountChecks)),
    sharedWith: z.array(id).meta({ description: 'Other organisations that are paid, or ask to be, on the same IBAN' }),
    sharedReason: z.string().nullable(),
  })
  .meta({ id: 'BankAccount' });

export const bankAccountRowOf = (account: BankAccount): z.output<typeof bankAccountRow> => ({
  id: account._id,
  version: versionOf(account),
  organisationId: account.organisationId,
  ibanMasked: maskedIban(account.iban),
  holderName: account.holderName,
  holderMatch: account.holderMatch ?? null,
  bic: account.bic ?? null,
  documentSha256: account.documentSha256 ?? null,
  state: account.state,
  proposedAt: account.proposedAt.toISOString(),
  verifiedAt: account.verifiedAt?.toISOString() ?? null,
  decidedReason: account.decidedReason ?? null,
});

export const bankAccountViewOf = (
  account: BankAccount,
  sharers: readonly BankAccount[],
): z.output<typeof bankAccountView> => ({
  ...bankAccountRowOf(account),
  iban: account.iban,
  proposedBy: account.proposedBy,
  verifiedBy: account.verifiedBy ?? null,
  checked: [...(account.checked ?? [])],
  sharedWith: sharers.map(({ organisationId }) => organisationId),
  sharedReason: account.sharedReason ?? null,
});
