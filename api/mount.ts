// From an HTTP call to an endpoint and back: authenticate, parse, run once per key, note refusals, answer.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response, Router } from 'express';
import type { AttemptSubject } from '../persistence/refused-attempt.model.js';
import type { Logger } from '../platform/logger.js';
import { noteRefusal } from './attempts.js';
import { callIdOf } from './call-id.js';
import type { Authenticate } from './authenticate.js';
import type { Answer, Call, Endpoint, PublicCall, RawInput } from './endpoint.js';
import type { Idempotency } from './idempotency.js';
import { requireKey } from './idempotency.js';
import type { InFlight } from './in-flight.js';
import type { Language } from './problem.js';

export type Mounting = {
  readonly authenticate: Authenticate;
  readonly idempotency: Idempotency;
  readonly inFlight: InFlight;
  readonly log: Logger;
};

/** Arabic unless English is asked for first. */
export const languageOf = (req: Request): Language => (req.acceptsLanguages('ar', 'en') === 'en' ? 'en' : 'ar');

const asksNotToWait = (prefer: string | undefined): boolean =>
  (prefer ?? '').split(',').some((part) => /^(respond-async|wait=0)$/i.test(part.trim()));

const callOf = (req: Request, res: Response): PublicCall => ({
  id: callIdOf(res),
  language: languageOf(req),
  ifMatch: req.get('if-match'),
  ifNoneMatch: req.get('if-none-match'),
  waits: !asksNotToWait(req.get('prefer')),
});

const send = async (res: Response, { status, body, printed, streamed, headers = {} }: Answer): Promise<void> => {
  res.status(status).set(headers);
  if (streamed !== undefined) await pipeline(Readable.from(streamed.pieces), res.type(streamed.type));
  else if (printed !== undefined) res.type(printed.type).send(printed.content);
  else if (body === undefined) res.end();
  else res.json(body);
};

const rawOf = (req: Request): RawInput => ({
  params: { ...req.params },
  query: { ...req.query },
  body: req.body as unknown,
});

type Ready = { readonly subject: AttemptSubject | null; readonly run: () => Promise<Answer> };
type Guarded = Exclude<Endpoint, { access: 'public' }>;

const readyFor = (endpoint: Guarded, { idempotency, inFlight }: Mounting, req: Request, call: Call): Ready => {
  if (endpoint.access === 'signed-in') {
    const { subject, run } = endpoint.prepare(rawOf(req));
    return { subject, run: () => run(call) };
  }
  const key = requireKey(req.get('idempotency-key'));
  const prepared = endpoint.prepare(rawOf(req));
  return { subject: prepared.subject, run: () => inFlight(() => idempotency({ call, endpoint, prepared, key })) };
};

const handlerOf = (endpoint: Endpoint, mounting: Mounting): RequestHandler => {
  if (endpoint.access === 'public')
    return async (req, res) => await send(res, await endpoint.prepare(rawOf(req)).run(callOf(req, res)));
  return async (req, res) => {
    const { caller, standing } = await mounting.authenticate(req);
    const call = { ...callOf(req, res), caller, standing };
    const { subject, run } = readyFor(endpoint, mounting, req, call);
    try {
      await send(res, await run());
    } catch (error) {
      await noteRefusal(error, { caller, command: endpoint.operationId, callId: call.id, subject }, mounting.log);
      throw error;
    }
  };
};

/** `/requests/{requestId}` as Express writes it: `/requests/:requestId`. */
const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

export const mount = (router: Router, endpoints: readonly Endpoint[], mounting: Mounting): void => {
  for (const endpoint of endpoints) {
    const handle = handlerOf(endpoint, mounting);
    router[endpoint.method](expressPath(endpoint.path), (req, res, next) => {
      res.locals['operation'] = endpoint.operationId;
      return handle(req, res, next);
    });
  }
};
