// Every error on its way out: problems as they are, the body parser's and MongoDB's by what they mean, all else as "internal".
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { isOutage } from '../persistence/outage.js';
import type { Logger } from '../platform/logger.js';
import { callIdOf } from './call-id.js';
import type { Metrics } from './metrics.js';
import { languageOf } from './mount.js';
import type { FieldError } from './problem.js';
import { Problem, problemBody, retryAfterOf, statuses } from './problem.js';

const notJson: FieldError = {
  pointer: '/body',
  code: 'malformed',
  messages: { ar: 'المحتوى ليس JSON صحيحاً', en: 'The content is not valid JSON' },
};

const fromParser = (error: { readonly type: unknown; readonly status: unknown }): Problem | null => {
  switch (error.type) {
    case 'entity.too.large':
      return new Problem('tooLarge');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new Problem('unsupportedMediaType');
    default:
      return error.status === 400 ? new Problem('invalidInput', { errors: [notJson] }) : null;
  }
};

const problemFrom = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (isOutage(error)) return new Problem('unavailable', {}, { cause: error });
  // The body parser's errors carry a type and a status; a path that does not decode has only a status.
  if (error instanceof Error && 'status' in error)
    return fromParser({ type: 'type' in error ? error.type : undefined, status: error.status }) ?? internal(error);
  return internal(error);
};
const internal = (cause: unknown): Problem => new Problem('internal', {}, { cause });

export const notFound: RequestHandler = () => {
  throw new Problem('notFound');
};

type Surroundings = { readonly log: Logger; readonly metrics: Metrics };

export const answerErrors =
  ({ log, metrics }: Surroundings): ErrorRequestHandler =>
  (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    const problem = problemFrom(error);
    const id = callIdOf(res);
    const operation = String(res.locals['operation'] ?? 'none');
    const status = statuses[problem.code];
    if (status >= 500)
      log.error({ err: problem.cause ?? error, callId: id, operation, code: problem.trueCode }, 'call failed');
    metrics.refusal(operation, problem.trueCode);
    const retryAfter = retryAfterOf(problem.code);
    if (retryAfter !== undefined) res.set('Retry-After', String(retryAfter));
    if (problem.code === 'notSignedIn') res.set('WWW-Authenticate', 'Bearer realm="sanad"');
    const language = languageOf(req);
    res.status(status).type('application/problem+json').set('Content-Language', language);
    // Not res.json: it would set the media type of plain JSON.
    res.send(JSON.stringify(problemBody(problem, language, id)));
  };

const json = ['application/json', 'application/merge-patch+json'];

/** A body that is not what its path takes would be ignored by the parser and look like an empty one. */
export const onlyTakenBodies =
  (xmlPaths: readonly string[]): RequestHandler =>
  (req, _res, next) => {
    const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
    const wanted = xmlPaths.includes(req.path) ? 'application/xml' : json;
    if (hasBody && !req.is(wanted)) throw new Problem('unsupportedMediaType');
    next();
  };
