// A small client of the HTTP API: signs people in once, repeats safely with the same key, follows 202 to the outcome, measures.
// It knows HTTP and problems, not what the calls mean.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { CommandFailure } from './failure.js';
import type { Latencies } from './latency.js';

export type ApiCall = {
  /** The operation's name: in latencies, and in messages when something goes wrong. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** From `/v1` on, or another path of the service. */
  readonly path: string;
  /** Who calls; nobody for public routes. */
  readonly as?: string;
  readonly body?: unknown;
  /** Made up when absent. A key that the caller keeps makes a call repeatable across runs. */
  readonly key?: string;
  readonly ifMatch?: string;
};

const problemSchema = z.looseObject({
  code: z.string(),
  title: z.string().optional(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  rule: z.string().optional(),
  accepted: z.string().optional(),
});
export type ApiProblem = z.output<typeof problemSchema>;

export type ApiAnswer = {
  readonly status: number;
  readonly body: unknown;
  readonly problem: ApiProblem | null;
  readonly etag: string | null;
};

export type ApiClientOptions = {
  readonly url: string;
  readonly language?: 'ar' | 'en';
  readonly latencies?: Latencies;
  /** How long one call may go on with repeats before its last answer counts. */
  readonly patienceMs?: number;
  /** A token to use instead of signing in by name. */
  readonly token?: string;
};

export type ApiClient = {
  readonly url: string;
  readonly call: (call: ApiCall) => Promise<ApiAnswer>;
  /** How many answers were "come back later", and how often there was no answer at all. */
  readonly repeats: () => number;
};

const firstPauseMs = 150;
const longestPauseMs = 4_000;
const oneTryMs = 30_000;
const retriedCodes = ['keyInProgress', 'notCarriedOut'];

const signedIn = z.looseObject({ token: z.string() });
const operation = z.looseObject({
  state: z.enum(['pending', 'running', 'succeeded', 'failed', 'cancelled']),
  result: z.unknown().optional(),
  problem: problemSchema.extend({ status: z.int().optional() }).nullish(),
});

type Try = { readonly answer: ApiAnswer; readonly retryAfterMs: number; readonly location: string | null };

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return isJson && text !== '' ? JSON.parse(text) : text;
};

const answerOf = async (response: Response): Promise<Try> => {
  const body = await bodyOf(response);
  const problem = response.ok ? null : (problemSchema.safeParse(body).data ?? { code: `http${response.status}` });
  return {
    answer: { status: response.status, body, problem, etag: response.headers.get('etag') },
    retryAfterMs: Number(response.headers.get('retry-after') ?? 0) * 1_000,
    location: response.headers.get('location'),
  };
};

const mayRepeat = ({ answer: { status, problem } }: Try): boolean =>
  status === 503 || status === 429 || (problem !== null && retriedCodes.includes(problem.code));

/** Nobody listens, the connection broke, or one try took too long. */
type Silence = { readonly silent: true; readonly why: string };

const textOf = (error: object): string =>
  'message' in error && typeof error.message === 'string' ? error.message : 'no reason given';

/**
 * fetch reports a connection as a TypeError with its cause; one without is a mistake of ours and stays loud. By name, not
 * by class: the error may come from another realm.
 */
const silenceIn = (error: unknown): Silence | null => {
  if (typeof error !== 'object' || error === null || !('name' in error)) return null;
  if (error.name === 'TimeoutError') return { silent: true, why: textOf(error) };
  const cause = error.name === 'TypeError' && 'cause' in error ? error.cause : null;
  if (typeof cause !== 'object' || cause === null) return null;
  return { silent: true, why: `${textOf(error)}: ${textOf(cause)}` };
};

export const createApiClient = (options: ApiClientOptions): ApiClient => {
  const { url, language = 'en', latencies, patienceMs = 60_000 } = options;
  const tokens = new Map<string, Promise<string>>();
  let repeats = 0;

  const once = async (call: ApiCall, key: string, token: string | undefined): Promise<Try> => {
    const { method, path, body, ifMatch } = call;
    const response = await fetch(`${url}${path}`, {
      method,
      signal: AbortSignal.timeout(oneTryMs),
      headers: {
        accept: 'application/json',
        'accept-language': language,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': key } : {}),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    });
    return answerOf(response);
  };

  /** The same call with the same key again and again, until there is an answer that means something or patience ends. */
  const repeated = async (call: ApiCall, token: string | undefined): Promise<Try> => {
    const key = call.key ?? randomUUID();
    const until = Date.now() + patienceMs;
    for (let waitMs = firstPauseMs; ; waitMs = Math.min(waitMs * 2, longestPauseMs)) {
      const tried = await once(call, key, token).catch((error: unknown): Silence => {
        const silence = silenceIn(error);
        if (silence === null) throw error;
        return silence;
      });
      const isSilent = 'silent' in tried;
      if (!isSilent && !mayRepeat(tried)) return tried;
      const nextMs = Math.max(isSilent ? 0 : tried.retryAfterMs, waitMs * (0.5 + Math.random() / 2));
      if (Date.now() + nextMs > until) return isSilent ? noAnswer(tried) : tried;
      repeats += 1;
      await pause(nextMs);
    }
  };

  const noAnswer = ({ why }: Silence): never => {
    throw new CommandFailure('unavailable', `Nothing answers at ${url} (${why}).`, {
      code: 'unavailable',
      next: 'Start Sanad with `npm start`, or name its address with --url or SANAD_URL.',
    });
  };

  const signIn = async (personId: string): Promise<string> => {
    const { answer } = await repeated(
      { name: 'signIn', method: 'POST', path: '/v1/demo/sign-in', body: { personId } },
      undefined,
    );
    if (answer.problem !== null)
      throw new CommandFailure(
        answer.status === 503 ? 'unavailable' : 'refused',
        `${personId} cannot sign in: ${answer.problem.title ?? answer.problem.code}`,
        {
          code: answer.problem.code,
          next: 'See `sanad people` for who there is. Signing in by name works in demo mode only.',
        },
      );
    return signedIn.parse(answer.body).token;
  };

  const tokenOf = (personId: string): Promise<string> => {
    const known = tokens.get(personId);
    if (known !== undefined) return known;
    const token = signIn(personId);
    tokens.set(personId, token);
    token.catch(() => tokens.delete(personId));
    return token;
  };

  /** 202: accepted for work, the outcome is not known yet. The operation tells it when it is. */
  const followed = async (tried: Try, token: string | undefined): Promise<ApiAnswer> => {
    const { location } = tried;
    if (tried.answer.status !== 202 || location === null) return tried.answer;
    const until = Date.now() + patienceMs;
    for (let waitMs = firstPauseMs; ; waitMs = Math.min(waitMs * 2, longestPauseMs)) {
      const { answer } = await repeated({ name: 'getOperation', method: 'GET', path: location }, token);
      const seen = operation.safeParse(answer.body).data;
      if (answer.problem !== null || seen === undefined) return answer;
      const { state, result, problem } = seen;
      if (state === 'succeeded') return { status: 200, body: result, problem: null, etag: null };
      if (state === 'failed' || state === 'cancelled')
        return { status: problem?.status ?? 500, body: problem, problem: problem ?? { code: state }, etag: null };
      if (Date.now() + waitMs > until) return { ...tried.answer, problem: { code: 'outcomeUnknown' } };
      await pause(waitMs);
    }
  };

  const tokenFor = async (person: string | undefined): Promise<string | undefined> =>
    options.token ?? (person === undefined ? undefined : await tokenOf(person));

  /** One sending to its outcome; when the token has run out, once more with a new one. */
  const carriedOut = async (asked: ApiCall & { readonly key: string }): Promise<ApiAnswer> => {
    const token = await tokenFor(asked.as);
    const first = await repeated(asked, token);
    if (first.answer.status !== 401 || asked.as === undefined || options.token !== undefined)
      return followed(first, token);
    tokens.delete(asked.as);
    const fresh = await tokenFor(asked.as);
    return followed(await repeated(asked, fresh), fresh);
  };

  const call = async (asked: ApiCall): Promise<ApiAnswer> => {
    const startedAt = performance.now();
    const keyed = { ...asked, key: asked.key ?? randomUUID() };
    let answer = await carriedOut(keyed);
    // An operation that came to nothing may be sent again under its key.
    while (answer.problem?.code === 'notCarriedOut' && performance.now() - startedAt < patienceMs)
      answer = await carriedOut(keyed);
    latencies?.record(asked.name, performance.now() - startedAt);
    return answer;
  };

  return { url, call, repeats: () => repeats };
};

/** The answer's body in the expected form. Anything else is a defect of the API or of this client, and says so. */
export const bodyAs = <S extends z.ZodType>(schema: S, answer: ApiAnswer, name: string): z.output<S> => {
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new Error(
    `${name} answered ${answer.status} in a form that is not understood: ${z.prettifyError(parsed.error)}`,
  );
};
