// What is owed at the end of a request, what of it came back, and a proposal to write off the rest.
import { z } from 'zod';
import type { Recovery } from '../../domain/grant-request.js';
import { openInstalment } from '../../domain/closure/recovery.js';
import { currentLevel } from '../../domain/level-approvals.js';
import { egp, id, instant, money } from '../schemas/text.schema.js';

const level = z.string();

export const recoveryView = z.object({
  due: money,
  received: money,
  instalments: z.array(z.object({ amount: money, dueAt: instant })),
  nextInstalment: z.int().nullable().meta({ description: 'The first one that is not covered by what was received' }),
});

export const writeOffView = z.object({
  amount: money,
  proposedBy: id,
  row: z.string(),
  levels: z.array(z.object({ level, people: z.int() })),
  approvals: z.array(z.object({ personId: id, level, onBehalfOf: id.optional() })),
  waitsFor: level.nullable().meta({ description: 'The level whose approval is next' }),
});

export const recoveryOf = (recovery: Recovery): z.output<typeof recoveryView> => ({
  due: egp(recovery.dueMinor),
  received: egp(recovery.receivedMinor),
  instalments: recovery.instalments.map(({ amountMinor, dueAtMs }) => ({
    amount: egp(amountMinor),
    dueAt: new Date(dueAtMs).toISOString(),
  })),
  nextInstalment: openInstalment(recovery)?.number ?? null,
});

export const writeOffOf = ({ writeOff }: Recovery): z.output<typeof writeOffView> | null =>
  writeOff === undefined
    ? null
    : {
        amount: egp(writeOff.amountMinor),
        proposedBy: writeOff.proposedBy,
        row: writeOff.row,
        levels: writeOff.levels.map((one) => ({ ...one })),
        approvals: writeOff.approvals.map((one) => ({ ...one })),
        waitsFor: currentLevel(writeOff),
      };
