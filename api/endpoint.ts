// What a route is: one row with its schemas, its documentation and its handler. Mounting and the OpenAPI document read the same
// rows, so that neither can say something the other does not.
import { z } from 'zod';
import type { Actor, Role } from '../domain/actor.js';
import type { AttemptSubject } from '../persistence/refused-attempt.model.js';
import type { Standing } from '../persistence/standing.js';
import { Problem } from './problem.js';
import type { FieldError, Language, ProblemCode } from './problem.js';

/** What a handler knows of the HTTP call besides its input. */
export type PublicCall = {
  readonly id: string;
  readonly language: Language;
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
  /** False when the caller asked not to wait for the read model (`Prefer: respond-async` or `wait=0`). */
  readonly waits: boolean;
};
/** Who calls: the actor that rules know, and what the register holds of the people behind it. */
export type SignedIn = { readonly caller: Actor; readonly standing: Standing };
export type Call = PublicCall & SignedIn;
/** A call that changes something: it has an idempotency key, which became the operation's id. */
export type ChangingCall = Call & { readonly operation: { readonly id: string; readonly fingerprint: string } };

export type Answer<T = unknown> = {
  readonly status: number;
  readonly body?: T;
  /** Sent instead of a body: a page or a file. */
  readonly printed?: { readonly type: 'html' | 'pdf' | 'xml' | 'csv'; readonly content: string | Buffer };
  /** Sent instead of a body, piece by piece, so that it may be long. */
  readonly streamed?: { readonly type: string; readonly pieces: AsyncIterable<string> };
  readonly headers?: Readonly<Record<string, string>>;
};

export type Method = 'get' | 'post' | 'patch';
export type RawInput = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

type Parts<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
};
type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
};

export type Documentation = {
  readonly operationId: string;
  readonly method: Method;
  /** As in OpenAPI: `/requests/{requestId}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: { readonly ar: string; readonly en: string };
  /** Who it is for; empty: everyone who is signed in. The rules decide again. */
  readonly roles: readonly Role[];
  readonly problems: readonly ProblemCode[];
  readonly success: number;
  readonly response: z.ZodType | null;
  /** What the body is, where it is not JSON; such a body is one text. */
  readonly consumes?: 'application/xml';
  readonly examples?: { readonly ar: unknown; readonly en: unknown };
};

/** A call whose input was parsed; what is left is to run it. */
export type Prepared<C extends PublicCall> = {
  /** What a refused attempt is recorded on. */
  readonly subject: AttemptSubject | null;
  /** The object of an idempotency key's scope, and what its fingerprint covers. */
  readonly object: unknown;
  readonly content: unknown;
  /** The workflow that answers; where an outcome that comes late is looked up. */
  readonly workflowId: (operationId: string) => string | null;
  readonly run: (call: C) => Promise<Answer>;
};

export type Endpoint = Documentation &
  Parts<z.ZodObject, z.ZodObject, z.ZodType> &
  (
    | { readonly access: 'public'; readonly prepare: (raw: RawInput) => Prepared<PublicCall> }
    | { readonly access: 'signed-in'; readonly prepare: (raw: RawInput) => Prepared<Call> }
    | {
        readonly access: 'changing';
        /** How long the key's answer is kept: keys of money are never forgotten. */
        readonly keys: 'a-while' | 'for-ever';
        readonly prepare: (raw: RawInput) => Prepared<ChangingCall>;
      }
  );

const escapePointer = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

const arabic: Partial<Record<z.core.$ZodIssue['code'], string>> = {
  invalid_type: 'القيمة مفقودة أو من نوع غير صحيح',
  too_big: 'القيمة أكبر من المسموح',
  too_small: 'القيمة أقل من المطلوب',
  invalid_value: 'القيمة ليست من القيم المسموح بها',
  unrecognized_keys: 'حقل غير معروف',
  invalid_format: 'صيغة القيمة غير صحيحة',
};

/** Each issue of zod as a field error; an unknown field gets a pointer of its own. */
export const fieldErrors = (error: z.ZodError, root: string): FieldError[] =>
  error.issues.flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    const messages = { ar: arabic[issue.code] ?? 'القيمة غير صحيحة', en: issue.message };
    return paths.map((path) => ({ pointer: [root, ...path.map(escapePointer)].join('/'), code: issue.code, messages }));
  });

const parsePart = <S extends z.ZodType>(schema: S, value: unknown, root: string): z.output<S> => {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Problem('invalidInput', { errors: fieldErrors(parsed.error, root) });
  return parsed.data;
};

/** A path that cannot name anything names nothing. */
const parseParams = <P extends z.ZodType>(schema: P, value: unknown): z.output<P> => {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Problem('notFound');
  return parsed.data;
};

type Row<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Documentation &
  Parts<P, Q, B> & {
    readonly subject?: (params: z.output<P>) => AttemptSubject;
    readonly workflowId?: (params: z.output<P>, operationId: string) => string;
  };

const preparing =
  <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, C extends PublicCall>(
    row: Row<P, Q, B>,
    handle: (input: Input<P, Q, B>, call: C) => Promise<Answer>,
  ) =>
  (raw: RawInput): Prepared<C> => {
    const params = parseParams(row.params, raw.params);
    const query = parsePart(row.query, raw.query, '/query');
    const body = parsePart(row.body, raw.body ?? {}, '/body');
    return {
      subject: row.subject?.(params) ?? null,
      object: params,
      content: body,
      workflowId: (operationId) => row.workflowId?.(params, operationId) ?? null,
      run: (call) => handle({ params, query, body }, call),
    };
  };

export const openEndpoint = <P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  row: Row<P, Q, B>,
  handle: (input: Input<P, Q, B>, call: PublicCall) => Promise<Answer>,
): Endpoint => ({ ...documented(row), access: 'public', prepare: preparing(row, handle) });

export const signedInEndpoint = <P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  row: Row<P, Q, B>,
  handle: (input: Input<P, Q, B>, call: Call) => Promise<Answer>,
): Endpoint => ({ ...documented(row), access: 'signed-in', prepare: preparing(row, handle) });

export const changeEndpoint = <P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  row: Row<P, Q, B> & { readonly keys: 'a-while' | 'for-ever' },
  handle: (input: Input<P, Q, B>, call: ChangingCall) => Promise<Answer>,
): Endpoint => ({ ...documented(row), access: 'changing', keys: row.keys, prepare: preparing(row, handle) });

const documented = <P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  row: Row<P, Q, B>,
): Documentation & Parts<P, Q, B> => {
  const { operationId, method, path, tag, summary, roles, problems, success, response, examples, params, query, body } =
    row;
  const shown = {
    ...(examples === undefined ? {} : { examples }),
    ...(row.consumes === undefined ? {} : { consumes: row.consumes }),
  };
  return { operationId, method, path, tag, summary, roles, problems, success, response, params, query, body, ...shown };
};

/** Whether an endpoint asks for an Idempotency-Key. */
export const holdsKey = ({ access }: Endpoint): boolean => access === 'changing';

/** For routes without path parameters, query or body. */
export const nothing = z.strictObject({});
