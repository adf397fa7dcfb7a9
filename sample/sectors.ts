// Fields of work that public totals group programmes under. Not yet confirmed by the Fund; data, so that it can say otherwise.
import type { ProgrammeCode } from './programmes.js';

export const sectorOf: Readonly<Record<ProgrammeCode, string>> = {
  'social-defence': 'social-protection',
  disability: 'inclusion',
  'family-care': 'care',
  relief: 'social-protection',
  citizenship: 'community',
  housing: 'social-protection',
  'early-childhood': 'care',
  'capacity-building': 'community',
};
