// The campaign's own book: every answer "accepted" that a person got, written down before that person's next call.
import { appendFileSync, openSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ApiAnswer, ApiCall, ApiClient } from '../../cli/api-client.js';
import { CommandFailure } from '../../cli/failure.js';
import { Unexpected, stepOf } from '../../cli/driving/unexpected.js';

export type Acknowledged = {
  readonly subject: { readonly kind: 'request' | 'session' | 'batch'; readonly id: string };
  readonly version: number;
  readonly command: string;
  readonly personId: string;
  readonly key: string;
};

export type Book = {
  readonly api: ApiClient;
  readonly acknowledged: () => readonly Acknowledged[];
  /** Changing calls by what became of them; `unanswered` got no definite answer within the client's patience. */
  readonly calls: () => { readonly accepted: number; readonly refused: number; readonly unanswered: number };
  /** Accepted calls that were sent once more under their key and were answered otherwise than the first time. */
  readonly answeredOtherwise: () => readonly string[];
  readonly onAcknowledged: (listener: (count: number) => void) => void;
};

const answered = z.looseObject({
  requestId: z.string().optional(),
  sessionId: z.string().optional(),
  batchId: z.string().optional(),
  version: z.int().min(1),
});

const subjectOf = ({ requestId, sessionId, batchId }: z.output<typeof answered>): Acknowledged['subject'] | null => {
  if (requestId !== undefined) return { kind: 'request', id: requestId };
  if (sessionId !== undefined) return { kind: 'session', id: sessionId };
  return batchId === undefined ? null : { kind: 'batch', id: batchId };
};

/** Of subjects with an audit trail; a draft has none. */
const decides = /^\/v1\/(requests\/|drafts\/[^/]+\/submission$|sessions|payment-batches)/;
const isSignIn = ({ path }: ApiCall): boolean => path.endsWith('/sign-in');

const draftSeen = z.looseObject({ version: z.int() });

/** Saving a draft has no key: whoever got no answer looks whether it was saved, as a page does. */
const savedAfterAll = async (api: ApiClient, call: ApiCall, answer: ApiAnswer): Promise<ApiAnswer> => {
  const isMaybeOurs = call.method === 'PATCH' && (answer.status === 409 || answer.status === 412);
  if (!isMaybeOurs || call.as === undefined) return answer;
  const now = await api.call({ name: 'readDraft', method: 'GET', path: call.path, as: call.as });
  const seen = draftSeen.safeParse(now.body);
  return seen.success && call.ifMatch === `"${seen.data.version - 1}"` ? now : answer;
};

const isDefinite = ({ status }: ApiAnswer): boolean => status < 500 && status !== 202 && status !== 429;

/** Who did what to which version; a request's state may have moved on since, so the rest of the answer is not compared. */
const gist = ({ body, problem }: ApiAnswer): string => {
  const read = answered.safeParse(body);
  const seen = read.success ? [subjectOf(read.data), read.data.version] : [];
  return JSON.stringify([problem?.code ?? 'accepted', ...seen]);
};

/** `repeatEvery`: each so manieth accepted call is sent again under its key, like a click too many. */
export const openBook = (api: ApiClient, file: string, repeatEvery: number): Book => {
  const written = openSync(file, 'a');
  const entries: Acknowledged[] = [];
  const calls = { accepted: 0, refused: 0, unanswered: 0 };
  const otherwise: string[] = [];
  let posted = 0;
  let listener: (count: number) => void = () => undefined;

  const keep = (call: ApiCall & { readonly key: string }, { body }: ApiAnswer): void => {
    const read = answered.safeParse(body);
    const subject = read.success ? subjectOf(read.data) : null;
    if (!read.success || subject === null) return;
    const { version } = read.data;
    const entry = { subject, version, command: call.name, personId: call.as ?? '', key: call.key };
    appendFileSync(written, `${JSON.stringify(entry)}\n`);
    listener(entries.push(entry));
  };
  const repeat = async (call: ApiCall & { readonly key: string }, first: ApiAnswer): Promise<void> => {
    posted += 1;
    if (posted % repeatEvery !== 0) return;
    const second = await api.call(call);
    if (isDefinite(second) && gist(second) !== gist(first))
      otherwise.push(`${stepOf(call)}: first ${gist(first)}, then ${gist(second)}`);
  };
  const changing = async (call: ApiCall & { readonly key: string }): Promise<ApiAnswer> => {
    try {
      const answer = await savedAfterAll(api, call, await api.call(call));
      // Also "the outcome is not known yet": whoever gets it asks again later.
      if (answer.status === 503 || answer.problem?.code === 'outcomeUnknown') calls.unanswered += 1;
      else if (answer.problem === null) calls.accepted += 1;
      else calls.refused += 1;
      if (answer.problem === null && decides.test(call.path)) keep(call, answer);
      if (answer.problem === null && call.method === 'POST') await repeat(call, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      calls.unanswered += 1;
      throw new Unexpected({ requestId: null, step: stepOf(call), expected: 'an answer', got: error.message });
    }
  };
  return {
    acknowledged: () => entries,
    calls: () => ({ ...calls }),
    answeredOtherwise: () => otherwise,
    onAcknowledged: (wanted) => {
      listener = wanted;
    },
    api: {
      ...api,
      call: async (call) => {
        if (call.method !== 'GET' && !isSignIn(call)) return changing({ ...call, key: call.key ?? randomUUID() });
        try {
          return await api.call(call);
        } catch (error) {
          if (!(error instanceof CommandFailure)) throw error;
          throw new Unexpected({ requestId: null, step: stepOf(call), expected: 'an answer', got: error.message });
        }
      },
    },
  };
};
