// The id of one HTTP call: taken over when the caller brings a plain one, else made here; in the answer, in the log and in problems.
import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

const plain = /^[A-Za-z0-9_-]{8,64}$/;

export const callId: RequestHandler = (req, res, next) => {
  const given = req.get('x-request-id');
  const id = given !== undefined && plain.test(given) ? given : randomUUID();
  res.locals['callId'] = id;
  res.set('X-Request-Id', id);
  next();
};

export const callIdOf = (res: Response): string => String(res.locals['callId']);
