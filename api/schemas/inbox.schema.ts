// What an inbox can be narrowed and sorted by: shared by the list and by the views people save of it.
import { z } from 'zod';
import { personCommandKinds } from '../../domain/command.js';
import { stageNames } from '../../domain/lifecycle.js';
import { governorate, id, instant, text } from './text.schema.js';

export const inboxBoxes = ['mine', 'team', 'waiting'] as const;
export const inboxSort = z.enum(['due', 'opened', 'amount']);
export const inboxOrder = z.enum(['asc', 'desc']);

export const inboxFilters = {
  command: z.enum(personCommandKinds).exactOptional(),
  stage: z.enum(stageNames).exactOptional(),
  programmeCode: id.exactOptional(),
  governorate: governorate.exactOptional(),
  dueBefore: instant.exactOptional(),
} as const;

export const inboxView = z
  .strictObject({
    name: text(80),
    box: z.enum(inboxBoxes),
    filters: z.strictObject({ ...inboxFilters, late: z.boolean().exactOptional() }).default({}),
    sort: inboxSort.default('due'),
    order: inboxOrder.exactOptional(),
  })
  .meta({ id: 'InboxView' });
