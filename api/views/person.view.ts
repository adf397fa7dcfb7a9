// People as those who look after the register see them: with every role they were ever granted. And delegations.
import { z } from 'zod';
import { roles } from '../../domain/actor.js';
import type { DelegationDocument } from '../../persistence/delegation.model.js';
import type { PersonDocument } from '../../persistence/person.model.js';
import { egp, id, instant, money } from '../schemas/text.schema.js';

const text = z.string();
const grantView = z.object({
  role: z.enum(roles),
  organisationId: text.nullable(),
  governorate: text.nullable(),
  level: text.nullable(),
  civilSociety: z.boolean().nullable(),
  from: instant,
  until: instant.nullable(),
});
/** Without e-mail or national id: nobody needs them to look after roles. */
export const accountView = z
  .object({
    personId: id,
    nameAr: text,
    nameEn: text,
    organisationId: text.nullable(),
    suspended: z.boolean(),
    grants: z.array(grantView),
  })
  .meta({ id: 'Account' });

export const accountOf = (person: PersonDocument): z.output<typeof accountView> => ({
  personId: person._id,
  nameAr: person.nameAr,
  nameEn: person.nameEn,
  organisationId: person.organisationId ?? null,
  suspended: person.suspended,
  grants: person.grants.map(({ role, organisationId, governorate, level, civilSociety, from, until }) => ({
    role,
    organisationId: organisationId ?? null,
    governorate: governorate ?? null,
    level: level ?? null,
    civilSociety: civilSociety ?? null,
    from: from.toISOString(),
    until: until?.toISOString() ?? null,
  })),
});

export const delegationView = z
  .object({
    delegationId: id,
    delegatorId: id,
    delegateId: id,
    role: z.enum(roles),
    level: text.nullable(),
    cap: money.nullable(),
    from: instant,
    until: instant,
    endedAt: instant.nullable(),
    reason: text,
    live: z.boolean().meta({ description: 'Whether the delegate may act under it now, as far as dates say' }),
  })
  .meta({ id: 'Delegation' });

export const delegationOf = (row: DelegationDocument, now: Date): z.output<typeof delegationView> => ({
  delegationId: row._id,
  delegatorId: row.delegatorId,
  delegateId: row.delegateId,
  role: row.role,
  level: row.level ?? null,
  cap: row.capMinor === undefined ? null : egp(row.capMinor),
  from: row.from.toISOString(),
  until: row.until.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  reason: row.reason,
  live: row.endedAt === null && row.from <= now && now < row.until,
});
