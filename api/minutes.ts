// The minutes of a committee session as a document: nothing in them but what the session's record and the audit trail say.
import { quorumOf } from '../domain/approval/quorum.js';
import type { CommitteeSession } from '../domain/approval/session.js';
import type { Closing, Sitting } from '../domain/approval/sitting.js';
import type { Vote } from '../domain/command.js';
import type { Plan } from '../domain/plan.js';
import { pounds } from './agreement-text.js';
import type { MinutesWords } from './minutes-words.js';
import { minutesWords } from './minutes-words.js';
import type { PrintedBlock, PrintedDocument } from './printed/printed-document.js';

export type MinutesItem = {
  readonly requestId: string;
  readonly reference: string;
  readonly title: { readonly ar: string; readonly en: string };
  readonly plan: Plan;
  readonly sittings: readonly Sitting[];
};
export type MinutesFacts = {
  readonly session: CommitteeSession;
  readonly items: readonly MinutesItem[];
  readonly names: ReadonlyMap<string, { readonly ar: string; readonly en: string }>;
};

type Language = PrintedDocument['language'];
type Wording = {
  readonly words: MinutesWords;
  readonly language: Language;
  readonly nameOf: (personId: string) => string;
};

/** Local time of the Fund, in digits: the same in both languages and on every machine. */
const cairo = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Africa/Cairo' });
const written = (atMs: number): string => cairo.format(new Date(atMs));

const fact = (label: string, value: string) => ({ label, value });
const listed = (heading: string, items: readonly string[]): PrintedBlock[] =>
  items.length === 0
    ? []
    : [
        { kind: 'heading', text: heading },
        { kind: 'list', items },
      ];

const headOf = ({ session }: MinutesFacts, { words, nameOf }: Wording): PrintedBlock => {
  const { openedAtMs, closedAtMs } = session;
  return {
    kind: 'facts',
    rows: [
      fact(words.number, session.id),
      fact(words.held, written(session.heldAtMs)),
      ...(openedAtMs === null ? [] : [fact(words.opened, written(openedAtMs))]),
      ...(closedAtMs === null ? [] : [fact(words.closed, written(closedAtMs))]),
      fact(words.chair, nameOf(session.chair)),
      fact(words.secretary, nameOf(session.secretary)),
    ],
  };
};

const attendanceOf = ({ session }: MinutesFacts, { words, nameOf }: Wording): PrintedBlock => ({
  kind: 'table',
  caption: words.attendance,
  columns: words.attendanceColumns,
  rows: session.attendance.map(({ personId, cameAtMs, leftAtMs }) => [
    nameOf(personId),
    written(cameAtMs),
    leftAtMs === null ? words.untilTheEnd : written(leftAtMs),
  ]),
});

const people = (personIds: readonly string[], { words, nameOf }: Wording): string =>
  personIds.length === 0 ? words.none : personIds.map(nameOf).join('، ');

const ballotRows = (sitting: Sitting, plan: Plan, wording: Wording) => {
  const { words } = wording;
  const recused = [...new Set([...sitting.recused, ...sitting.recusedDuring])];
  const { counted, needed, civilSociety } = quorumOf({ present: sitting.present, recused }, plan);
  return [
    fact(words.present, String(sitting.present.length)),
    fact(words.recused, people(sitting.recused, wording)),
    ...(sitting.recusedDuring.length === 0 ? [] : [fact(words.recusedDuring, people(sitting.recusedDuring, wording))]),
    fact(words.quorum, words.quorumOf(counted, needed, civilSociety)),
    fact(words.ballot, sitting.secret ? words.ballots.secret : words.ballots.open),
  ];
};

const voteNames: readonly Vote[] = ['approve', 'reject', 'abstain'];
const tallyText = (tally: Closing['tally'], { words }: Wording): string =>
  voteNames.map((vote) => `${words.vote[vote]}: ${tally[vote]}`).join(' · ');

const decisionRows = (closing: Closing, wording: Wording) => {
  const { words } = wording;
  const { tally, amountMinor, untilMs } = closing;
  return [
    fact(words.tally, tallyText(tally, wording)),
    fact(words.decision, words.verdict[closing.verdict]),
    ...(amountMinor === null ? [] : [fact(words.amount, words.pounds(pounds(amountMinor)))]),
    ...(untilMs === null ? [] : [fact(words.until, written(untilMs))]),
  ];
};

/** By name where the ballot was open; of a secret one there is the tally and nothing else. */
const votesOf = ({ secret, votes, recused, recusedDuring }: Sitting, { words, nameOf }: Wording): PrintedBlock[] => {
  const out = [...recused, ...recusedDuring];
  const rows = Object.entries(votes)
    .filter(([personId]) => !out.includes(personId))
    .map(([personId, vote]) => [nameOf(personId), words.vote[vote]]);
  if (secret || rows.length === 0) return [];
  return [{ kind: 'table', caption: words.votes, columns: words.voteColumns, rows }];
};

const usedCastingVote = ({ castingVote, verdict, tally }: Closing): boolean =>
  castingVote && (verdict === 'approve' || verdict === 'reject') && tally.approve === tally.reject;

const decisionOf = (closing: Closing, { words }: Wording): PrintedBlock[] => [
  ...(usedCastingVote(closing) ? [{ kind: 'paragraph', text: words.castingVote } as const] : []),
  { kind: 'paragraph', text: `${words.reason}: ${closing.reason}` },
  ...listed(words.conditions, closing.conditions),
  ...listed(
    words.answers,
    Object.entries(closing.answersToObjections).map(([governorate, answer]) => `${governorate}: ${answer}`),
  ),
  ...listed(
    words.points,
    closing.points.map(({ section, note }) => `${section}: ${note}`),
  ),
];

const sittingOf = (sitting: Sitting, plan: Plan, wording: Wording): PrintedBlock[] => {
  const { closing } = sitting;
  const rows = [...ballotRows(sitting, plan, wording), ...(closing === null ? [] : decisionRows(closing, wording))];
  return [
    { kind: 'facts', rows },
    ...votesOf(sitting, wording),
    ...(closing === null
      ? [{ kind: 'paragraph', text: wording.words.undecided } as const]
      : decisionOf(closing, wording)),
  ];
};

const itemOf = (item: MinutesItem, place: number, wording: Wording): PrintedBlock[] => [
  { kind: 'heading', text: `${place}. ${item.reference}: ${item.title[wording.language]}` },
  ...(item.sittings.length === 0
    ? [{ kind: 'paragraph', text: wording.words.notTakenUp } as const]
    : item.sittings.flatMap((sitting) => sittingOf(sitting, item.plan, wording))),
];

export const minutesOf = (facts: MinutesFacts, language: Language): PrintedDocument => {
  const { session, items, names } = facts;
  const words = minutesWords[language];
  const nameOf = (personId: string): string => names.get(personId)?.[language] ?? personId;
  const wording: Wording = { words, language, nameOf };
  return {
    language,
    title: words.title,
    reference: session.id,
    issuedAt: new Date(session.closedAtMs ?? session.heldAtMs),
    blocks: [
      { kind: 'paragraph', text: words.committee },
      headOf(facts, wording),
      attendanceOf(facts, wording),
      { kind: 'heading', text: words.agenda },
      ...items.flatMap((item, index) => itemOf(item, index + 1, wording)),
      {
        kind: 'signatures',
        places: [
          { role: words.chair, name: nameOf(session.chair) },
          { role: words.secretary, name: nameOf(session.secretary) },
        ],
      },
    ],
  };
};
