// What the timelines of a demo show beside the plain way: returns, objections, recusals and so on, counted from recorded entries.
import { z } from 'zod';
import type { ApiCall, ApiClient } from '../api-client.js';
import { bodyAs } from '../api-client.js';
import { observer } from '../driving/cast.js';
import { Unexpected, stepOf, wordsOf } from '../driving/unexpected.js';
import type { Kind } from './mix.js';

const entry = z.looseObject({
  actor: z.looseObject({ onBehalfOf: z.looseObject({}).nullable() }),
  events: z.array(z.looseObject({ kind: z.string() })),
});
const page = z.looseObject({ items: z.array(entry), next: z.string().nullish() });
type Entry = z.output<typeof entry>;

const happened = (kind: string, field?: string, value?: string) => (seen: Entry) =>
  seen.events.filter((event) => event.kind === kind && (field === undefined || event[field] === value)).length;

const counters = {
  returns: happened('itemClosed', 'verdict', 'return'),
  objections: happened('opinionRecorded', 'verdict', 'object'),
  conflictsDeclared: happened('interestDeclared', 'interest', 'conflict'),
  recusals: ({ events }: Entry) =>
    events.reduce(
      (sum, { kind, recused }) => sum + (kind === 'itemOpened' && Array.isArray(recused) ? recused.length : 0),
      0,
    ),
  delegatedDecisions: ({ actor }: Entry) => (actor.onBehalfOf === null ? 0 : 1),
  appeals: happened('appealFiled'),
  suspensions: happened('requestSuspended'),
  liftings: happened('suspensionLifted'),
  deferrals: happened('itemClosed', 'verdict', 'defer'),
  lapses: happened('requestEnded', 'outcome', 'lapsed'),
  refunds: happened('refundReceived'),
  writeOffs: happened('recoveryWrittenOff'),
} as const;
type Sighting = keyof typeof counters;
export type Sightings = Readonly<Record<Sighting, number>>;

const isSighting = (name: string): name is Sighting => name in counters;
const names = Object.keys(counters).filter(isSighting);

const tallied = (count: (name: Sighting) => number): Sightings => ({
  returns: count('returns'),
  objections: count('objections'),
  conflictsDeclared: count('conflictsDeclared'),
  recusals: count('recusals'),
  delegatedDecisions: count('delegatedDecisions'),
  appeals: count('appeals'),
  suspensions: count('suspensions'),
  liftings: count('liftings'),
  deferrals: count('deferrals'),
  lapses: count('lapses'),
  refunds: count('refunds'),
  writeOffs: count('writeOffs'),
});

export const sumOf = (seen: readonly Sightings[]): Sightings =>
  tallied((name) => seen.reduce((sum, one) => sum + one[name], 0));

/** What must stand in the timeline of each kind. */
const marks: Partial<Record<Kind, readonly Sighting[]>> = {
  returned: ['returns'],
  objection: ['objections'],
  conflict: ['conflictsDeclared', 'recusals'],
  delegated: ['delegatedDecisions'],
  'appeal-upheld': ['appeals'],
  'appeal-sent-back': ['appeals'],
  suspended: ['suspensions', 'liftings'],
  deferred: ['deferrals'],
  lapsed: ['lapses'],
  refunded: ['refunds'],
  'written-off': ['writeOffs'],
};

export const missingIn = (kind: Kind, seen: Sightings): string[] =>
  names.filter((name) => marks[kind]?.includes(name) === true && seen[name] === 0);

const mostPages = 20;

/** Every page of the request's timeline, as the auditor reads it. */
export const sightingsIn = async (api: ApiClient, requestId: string): Promise<Sightings> => {
  const entries: Entry[] = [];
  let path: string | null = `/v1/requests/${requestId}/timeline?limit=100`;
  for (let read = 0; path !== null && read < mostPages; read += 1) {
    const call: ApiCall = { name: 'readTimeline', method: 'GET', path, as: observer };
    const answer = await api.call(call);
    if (answer.problem)
      throw new Unexpected({ requestId, step: stepOf(call), expected: 'a page', got: wordsOf(answer) });
    const { items, next } = bodyAs(page, answer, call.name);
    entries.push(...items);
    path = next ?? null;
  }
  return tallied((name) => entries.reduce((sum, one) => sum + counters[name](one), 0));
};
