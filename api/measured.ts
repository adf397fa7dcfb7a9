// Time and status of every call, by the operation's name; what was never routed counts as "none".
import type { RequestHandler } from 'express';
import type { Metrics } from './metrics.js';

export const measured = (metrics: Metrics): RequestHandler => {
  return (_req, res, next) => {
    const startedAt = performance.now();
    res.once('finish', () => {
      const operation = String(res.locals['operation'] ?? 'none');
      metrics.http(operation, res.statusCode, (performance.now() - startedAt) / 1000);
    });
    next();
  };
};
