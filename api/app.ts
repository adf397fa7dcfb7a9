// The HTTP application: middleware and routes on one screen. Everything it needs is given; it opens nothing itself.
import express from 'express';
import type { Express } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import type { Logger } from '../platform/logger.js';
import { allEndpoints } from './all-endpoints.js';
import { createAuthenticate, tokenFirst } from './authenticate.js';
import { callId } from './call-id.js';
import { createCursors } from './cursor.js';
import type { RouteDeps } from './deps.js';
import { mountDocs } from './docs.js';
import { answerErrors, notFound, onlyTakenBodies } from './errors.js';
import { createIdempotency } from './idempotency.js';
import { createInFlight } from './in-flight.js';
import { measured } from './measured.js';
import { mount } from './mount.js';
import type { Readiness } from './routes/health.routes.js';
import { mountHealth } from './routes/health.routes.js';
import { createTokenReader } from './token.js';
import type { Version } from './version.js';

export type ApiDeps = Omit<RouteDeps, 'cursors'> & {
  readonly log: Logger;
  readonly version: Version;
  readonly readiness: Readiness;
  readonly decisionDeadlineMs: number;
  readonly maxCommands: number;
};

const bodyLimit = '256kb';
/** A statement of a busy day has some thousand lines of a kilobyte. */
const bankMessageLimit = '20mb';

/** Nothing but our own files runs in the API's pages; no inline script, no frame around them. */
const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'form-action': ["'none'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
});

export const createApp = (given: ApiDeps): Express => {
  const { log, metrics, version, readiness, decisionDeadlineMs } = given;
  const deps: RouteDeps = { ...given, cursors: createCursors(given.token.key) };
  const endpoints = allEndpoints(deps);
  const readToken = createTokenReader(given.token.key);
  const v1 = express.Router();
  mount(v1, endpoints, {
    authenticate: createAuthenticate(readToken, log),
    idempotency: createIdempotency({ decisionDeadlineMs, log }),
    inFlight: createInFlight(given.maxCommands, metrics.commandsInFlight),
    log,
  });

  // Whole paths: nothing that takes XML has parameters.
  const xmlPaths = endpoints.filter(({ consumes }) => consumes === 'application/xml').map(({ path }) => `/v1${path}`);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag'); // versions are the entity tags; hashing every answer for another one is work for nothing
  app.use(callId);
  app.use(securityHeaders);
  app.use(measured(metrics));
  mountHealth(app, deps, readiness, version);
  mountDocs(app, endpoints, version.version);
  app.use(pinoHttp({ logger: log, genReqId: (_req, res) => String(res.getHeader('x-request-id')) }));
  app.use(onlyTakenBodies(xmlPaths));
  app.use(express.json({ limit: bodyLimit, type: ['application/json', 'application/merge-patch+json'] }));
  app.use(xmlPaths, tokenFirst(readToken), express.text({ limit: bankMessageLimit, type: 'application/xml' }));
  app.use('/v1', v1);
  app.use(notFound);
  app.use(answerErrors({ log, metrics }));
  return app;
};
