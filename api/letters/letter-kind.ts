// Which recorded decisions are told to the organisation in a letter, and as what. Everything else is seen on the timeline alone.
import type { Entry } from '../../domain/audit-entry.js';
import type { EventKind, RequestEvent } from '../../domain/event.js';

export const letterKinds = [
  'ineligibility',
  'correction',
  'award',
  'rejection',
  'deferral',
  'appeal-decision',
  'suspension',
  'lifting',
  'termination',
] as const;
export type LetterKind = (typeof letterKinds)[number];

type Event<K extends EventKind> = Extract<RequestEvent, { readonly kind: K }>;
export const eventIn = <K extends EventKind>({ events }: Pick<Entry, 'events'>, kind: K): Event<K> | undefined =>
  events.find((event): event is Event<K> => event.kind === kind);

type Decided = Pick<Entry, 'command' | 'events'>;

/** What a verdict says; null for those that another letter or none follows. */
const verdictLetter = (entry: Decided): LetterKind | null => {
  if (eventIn(entry, 'correctionAsked')) return 'correction';
  if (eventIn(entry, 'screeningRecorded')?.verdict === 'ineligible') return 'ineligibility';
  if (eventIn(entry, 'itemClosed')?.verdict === 'reject') return 'rejection';
  if (eventIn(entry, 'approvalRecorded')?.verdict === 'reject') return 'rejection';
  if (eventIn(entry, 'itemClosed')?.verdict === 'defer') return 'deferral';
  return null;
};

/** An award is told once nobody's approval is missing any more: when the request reaches the agreement, or needs none. */
const isAwarded = ({ events }: Decided): boolean =>
  events.some(
    (event) => event.kind === 'awardConcluded' || (event.kind === 'stageEntered' && event.stage === 'agreement'),
  );

export const letterKindOf = (entry: Decided): LetterKind | null => {
  if (eventIn(entry, 'appealDecided')) return 'appeal-decision';
  if (eventIn(entry, 'requestSuspended')) return 'suspension';
  if (eventIn(entry, 'suspensionLifted')) return 'lifting';
  if (entry.command === 'terminate') return 'termination';
  return verdictLetter(entry) ?? (isAwarded(entry) ? 'award' : null);
};
