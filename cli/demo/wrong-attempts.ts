// Things that must be refused, tried on purpose on a request that waits for screening; each with the code it must get.
import { developmentGrant } from '../../domain/plans/development-grant.js';
import type { ApiClient } from '../api-client.js';
import type { Cast } from '../driving/cast.js';
import { perform } from '../driving/drive.js';
import type { Act, Situation } from '../driving/situation.js';
import type { UnexpectedDetails } from '../driving/unexpected.js';
import { stepOf, wordsOf } from '../driving/unexpected.js';

export type WrongAttempt = {
  readonly name: string;
  readonly code: string;
  readonly act: (cast: Cast, stranger: string) => Act;
  /** The version that the caller claims to have seen. */
  readonly seenVersion?: number;
};

const eligible = {
  verdict: 'eligible',
  checklist: developmentGrant.checklist.map((item) => ({ item, answer: 'met' })),
};
const screeningBy = (as: string, body: Act['body'] = eligible): Act => ({
  command: 'recordScreening',
  as,
  path: '/screening',
  body,
});

export const wrongAttempts: readonly WrongAttempt[] = [
  {
    name: 'the applicant screens the own request',
    code: 'notYourRole',
    act: ({ applicant }) => screeningBy(applicant),
  },
  {
    name: 'the officer decides on an old page',
    code: 'staleVersion',
    seenVersion: 0,
    act: ({ screeningOfficer }) => screeningBy(screeningOfficer),
  },
  {
    name: 'a committee member votes too early',
    code: 'notThisStage',
    act: ({ voters }) => ({ command: 'castVote', as: voters[0] ?? '', path: '/votes', body: { vote: 'approve' } }),
  },
  {
    name: 'another NGO withdraws the request',
    code: 'notFound',
    act: (_cast, stranger) => ({ command: 'withdraw', as: stranger, path: '/withdrawal', body: {} }),
  },
  {
    name: 'the officer invents a verdict',
    code: 'invalidInput',
    act: ({ screeningOfficer }) => screeningBy(screeningOfficer, { ...eligible, verdict: 'perhaps' }),
  },
];

export type Tried = { readonly code: string; readonly fault: UnexpectedDetails | null };

export const tryWrong = async (
  api: ApiClient,
  attempt: WrongAttempt,
  { seen, cast, stranger }: { readonly seen: Situation; readonly cast: Cast; readonly stranger: string },
): Promise<Tried> => {
  const act = attempt.act(cast, stranger);
  const answer = await perform({ api, requestId: seen.id }, act, attempt.seenVersion ?? seen.version);
  const code = answer.problem?.code ?? 'accepted';
  if (code === attempt.code) return { code, fault: null };
  const step = `${stepOf({ name: act.command, as: act.as })} (${attempt.name})`;
  return { code, fault: { requestId: seen.id, step, expected: attempt.code, got: wordsOf(answer) } };
};
