// A decision letter, made from what was recorded up to its entry and from nothing that changes later: the same entry always gives
// the same letter. The organisation's name alone is today's; it stands beside the content and is no part of what is hashed.
import type { Entry } from '../../domain/audit-entry.js';
import { emptyRequest } from '../../domain/grant-request.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import { applyEntry } from '../../domain/apply.js';
import type { Stage } from '../../domain/lifecycle.js';
import { tranchesOf } from '../../domain/approval/agreement.js';
import { piastres } from '../../domain/amount.js';
import type { Plan } from '../../domain/plan.js';
import type { PrintedBlock } from '../printed/printed-document.js';
import { amountInFigures, amountInWords } from '../printed/written-amount.js';
import { writtenMoment } from '../printed/written-date.js';
import type { LetterKind } from './letter-kind.js';
import { eventIn } from './letter-kind.js';
import type { LetterWords } from './letter-words.js';
import { letterWords, meaningOf } from './letter-words.js';

/** What a letter rests on: the request as it was after the entry, the entry, and those before it. */
export type LetterBasis = {
  readonly kind: LetterKind;
  readonly request: GrantRequest;
  readonly entry: Entry;
  readonly earlier: readonly Entry[];
  readonly plan: Plan;
};
type Writing = LetterBasis & { readonly words: LetterWords; readonly language: 'ar' | 'en' };

export const requestAfter = (requestId: string, entries: readonly Entry[]): GrantRequest =>
  entries.reduce(applyEntry, emptyRequest(requestId, entries[0]?.atMs ?? 0, entries[0]?.atMs ?? 0));

const paragraph = (text: string): PrintedBlock => ({ kind: 'paragraph', text });
const heading = (text: string): PrintedBlock => ({ kind: 'heading', text });
const section = (title: string, items: readonly string[]): PrintedBlock[] =>
  items.length === 0 ? [] : [heading(title), { kind: 'list', items }];

const reasonsOf = ({ entry, words }: Writing): PrintedBlock[] =>
  entry.reason === undefined ? [] : [heading(words.reasons), paragraph(entry.reason)];

const enteredIn = ({ entry }: LetterBasis, stage: Stage): number | null => {
  const entered = entry.events.find((event) => event.kind === 'stageEntered' && event.stage === stage);
  return entered?.kind === 'stageEntered' ? entered.dueAtMs : null;
};

const until = (writing: Writing, stage: Stage, sentence: (moment: string) => string): PrintedBlock[] => {
  const dueAtMs = enteredIn(writing, stage);
  return dueAtMs === null ? [] : [paragraph(sentence(writtenMoment(new Date(dueAtMs), writing.language)))];
};

const appealOf = (writing: Writing): PrintedBlock[] => {
  const { words } = writing;
  const right = until(writing, 'appeal-window', words.appealUntil);
  return right.length > 0 ? [heading(words.appeal), ...right] : [paragraph(words.final)];
};

const ineligibility = (writing: Writing): PrintedBlock[] => {
  const { entry, words, language } = writing;
  const screened = eventIn(entry, 'screeningRecorded');
  const notMet = (screened?.checklist ?? []).filter(({ answer }) => answer === 'not-met');
  return [
    ...section(
      words.reasonCodes,
      (screened?.reasonCodes ?? []).map((code) => meaningOf(code, language)),
    ),
    ...section(
      words.notMet,
      notMet.map(({ item, note }) => [meaningOf(item, language), ...(note === undefined ? [] : [note])].join(': ')),
    ),
    ...reasonsOf(writing),
    ...appealOf(writing),
  ];
};

const correction = (writing: Writing): PrintedBlock[] => {
  const { entry, words, language } = writing;
  const points = eventIn(entry, 'correctionAsked')?.points ?? [];
  return [
    ...section(
      words.points,
      points.map(({ section: part, note }) => `${meaningOf(part, language)}: ${note}`),
    ),
    ...reasonsOf(writing),
    ...until(writing, 'correction', words.answerUntil),
  ];
};

const award = (writing: Writing): PrintedBlock[] => {
  const { request, plan, words, language } = writing;
  if (request.award === null) return [];
  const { amountMinor, conditions } = request.award;
  const parts = tranchesOf(piastres(amountMinor), plan).length;
  return [
    {
      kind: 'facts',
      rows: [
        { label: words.amount, value: amountInFigures(amountMinor, language) },
        { label: words.inWords, value: amountInWords(amountMinor, language) },
        { label: words.paid, value: words.tranches(parts) },
      ],
    },
    ...section(words.conditions, conditions),
    ...until(writing, 'agreement', words.signUntil),
  ];
};

/** The reasons of everybody on the panel who agreed, not only of the one whose judgement came last. */
const appealDecision = ({ entry, earlier, request, words }: Writing): PrintedBlock[] => {
  const decided = eventIn(entry, 'appealDecided');
  if (decided === undefined || request.appeal === undefined) return [];
  const filed = earlier.findLast((before) => before.command === 'fileAppeal')?.seq ?? 0;
  const agreeing = [...earlier, entry].filter(
    (judged) => judged.seq > filed && eventIn(judged, 'appealJudged')?.verdict === decided.verdict,
  );
  const said = decided.toStage === null ? words.upheld(request.appeal.standing) : words.sentBack(decided.toStage);
  return [
    paragraph(said),
    ...section(
      words.reasons,
      agreeing.flatMap(({ reason }) => (reason === undefined ? [] : [reason])),
    ),
  ];
};

const suspension = (writing: Writing): PrintedBlock[] => {
  const { entry, words, language } = writing;
  const ground = eventIn(entry, 'requestSuspended')?.ground ?? '';
  return [paragraph(words.onGround(meaningOf(ground, language))), ...reasonsOf(writing), paragraph(words.clocks)];
};

const termination = (writing: Writing): PrintedBlock[] => [
  ...reasonsOf(writing),
  ...(eventIn(writing.entry, 'recoveryOpened') ? [paragraph(writing.words.moneyBack)] : []),
];

const bodies: Readonly<Record<LetterKind, (writing: Writing) => PrintedBlock[]>> = {
  ineligibility,
  correction,
  award,
  rejection: (writing) => [...reasonsOf(writing), ...appealOf(writing)],
  deferral: reasonsOf,
  'appeal-decision': appealDecision,
  suspension,
  lifting: reasonsOf,
  termination,
};

export const letterBlocks = (basis: LetterBasis, language: 'ar' | 'en'): PrintedBlock[] => {
  const words = letterWords[language];
  const { kind } = basis;
  return [
    ...(kind === 'appeal-decision' ? [] : [paragraph(words.opening[kind])]),
    ...bodies[kind]({ ...basis, words, language }),
  ];
};
