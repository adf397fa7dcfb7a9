// How the people around one request decide: the story that a scenario tells. Data; answers.ts turns it into calls.
import type { AmountMinor } from '../../domain/amount.js';

export type Script = {
  /** The first screening; after a correction the file is found in order. */
  readonly screening: 'eligible' | 'incomplete' | 'ineligible';
  /** Checklist items that are not met, where screening does not end in "eligible". */
  readonly notMet: readonly string[];
  readonly reasonCodes: readonly string[];
  readonly objectingGovernorates: readonly string[];
  /** A reviewer whom data connect with the NGO: never suggested, and refused if assigned. */
  readonly connectedReviewer: string | null;
  /** Finds out after the assignment that there is a conflict, and is replaced. */
  readonly conflictedReviewer: string | null;
  readonly committee: 'approve' | 'reject';
  /** The first time the item comes up, it goes back for correction. */
  readonly committeeReturnsFirst: boolean;
  /** What the panel says to an appeal; nobody appeals without it. After `send-back` the committee approves. */
  readonly appeal: 'uphold' | 'send-back' | null;
  /** Less than what was asked, when the committee trims the award. */
  readonly awardMinor: AmountMinor | null;
  readonly authority: 'approve' | 'reject';
  /** Who decides at a level for somebody absent. */
  readonly delegate: { readonly level: string; readonly personId: string } | null;
  /** How much of the money that arrived is spent, in percent. */
  readonly spentPercent: number;
  /** What happens to money that is left at the end. */
  readonly leftover: 'returned' | 'owed';
  /** What becomes of what is owed. */
  readonly recovers: 'paid' | 'written-off';
};

export const plainScript: Script = {
  screening: 'eligible',
  notMet: [],
  reasonCodes: [],
  objectingGovernorates: [],
  connectedReviewer: null,
  conflictedReviewer: null,
  committee: 'approve',
  committeeReturnsFirst: false,
  appeal: null,
  awardMinor: null,
  authority: 'approve',
  delegate: null,
  spentPercent: 100,
  leftover: 'returned',
  recovers: 'paid',
};
