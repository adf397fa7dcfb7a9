// What people send to hand a role over and to look after accounts and roles.
import { z } from 'zod';
import { roles } from '../../domain/actor.js';
import { delegableRoles } from '../../domain/delegation.js';
import { amountMinor, governorate, id, instant, text } from './text.schema.js';

const reason = text(1_000);
/** A change of a person is a change of its own; the reason is for the auditor. */
const about = {
  role: z.enum(roles),
  organisationId: id.exactOptional(),
  governorate: governorate.exactOptional(),
  level: id.exactOptional(),
} as const;

export const roleGranting = z.strictObject({
  ...about,
  civilSociety: z.boolean().exactOptional(),
  from: instant.exactOptional().meta({ description: 'Now when left out or past' }),
  until: instant.nullable().default(null),
  reason,
});
export const roleEnding = z.strictObject({ ...about, reason });
export const accountChange = z.strictObject({ reason });

export const delegating = z.strictObject({
  delegateId: id,
  role: z.enum(delegableRoles),
  level: id.exactOptional().meta({ description: 'Of an approver' }),
  from: instant.exactOptional().meta({ description: 'Now when left out or past' }),
  until: instant,
  capMinor: amountMinor.exactOptional().meta({ description: 'The largest award the delegate may act on' }),
  reason,
});
export const delegationEnding = z.strictObject({ reason: reason.exactOptional() });
