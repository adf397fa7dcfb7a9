// All invariants over one piece of evidence. Each is a function of its own in a file named after what it looks at.
import type { Hashing } from '../audit/chain.js';
import { amountsAreWhole, batchAmountsAreWhole, envelopeAmountsAreWhole } from './amounts.js';
import { lastWordIsHeard, nothingSentAgain, sentInOneBatch } from './bank.js';
import { chainFindings } from './chains.js';
import { decisionsStandOnce, refusalsLeftNothing } from './decisions.js';
import type { BatchEvidence, EnvelopeEvidence, RequestEvidence } from './evidence.js';
import type { About, Finding } from './finding.js';
import { found } from './finding.js';
import { instructionsAreDecided } from './instructions.js';
import { envelopeFindings, ledgerFollowsDecisions } from './ledger.js';
import { batchByTwoPeople, dutiesStaySeparate } from './people.js';
import { batchTellsTheSame, everybodyTellsTheSame } from './projection.js';
import { batchComesToAnEnd, somethingComesNext } from './progress.js';
import type { Told } from './story.js';
import { storyOf } from './story.js';

/** An entry that was tampered with may no longer fold or be summed: that is a finding too, never a crash of the verification. */
const orUnreadable = (about: About, look: () => Finding[]): Finding[] => {
  try {
    return look();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [found('stateDiffers', about, { unreadable: reason })];
  }
};

const followingFrom = (evidence: RequestEvidence, story: readonly Told[]): Finding[] => [
  ...ledgerFollowsDecisions(evidence, story),
  ...instructionsAreDecided(evidence, story),
  ...nothingSentAgain(evidence, story),
  ...everybodyTellsTheSame(evidence, story),
  ...somethingComesNext(evidence, story),
];

export const requestFindings = (evidence: RequestEvidence, hashing: Hashing): Finding[] => {
  const { requestId: id, chain, record } = evidence;
  const about = { kind: 'request', id } as const;
  return [
    ...decisionsStandOnce(evidence),
    ...refusalsLeftNothing(evidence),
    ...chainFindings(about, { chain, head: record }, hashing),
    ...orUnreadable(about, () => followingFrom(evidence, storyOf(evidence))),
    ...dutiesStaySeparate(evidence),
    ...amountsAreWhole(evidence),
  ];
};

export const batchFindings = (evidence: BatchEvidence, hashing: Hashing): Finding[] => {
  const { batchId: id, chain, record } = evidence;
  const about = { kind: 'batch', id } as const;
  return [
    ...sentInOneBatch(evidence),
    ...lastWordIsHeard(evidence),
    ...chainFindings(about, { chain, head: record }, hashing),
    ...orUnreadable(about, () => batchTellsTheSame(evidence)),
    ...batchByTwoPeople(evidence),
    ...batchComesToAnEnd(evidence),
    ...batchAmountsAreWhole(evidence),
  ];
};

export const wholeEnvelopeFindings = (evidence: EnvelopeEvidence): Finding[] => [
  ...envelopeFindings(evidence),
  ...envelopeAmountsAreWhole(evidence),
];
