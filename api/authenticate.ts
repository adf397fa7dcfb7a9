// Who is calling: the bearer token names a person, whose roles are looked up at every call, so that taking one away works at once.
import type { Request, RequestHandler } from 'express';
import { isOutage, seemsReachable } from '../persistence/outage.js';
import type { Standing } from '../persistence/standing.js';
import { actorOf, standingOf } from '../persistence/standing.js';
import { putNewest } from '../platform/newest.js';
import type { Logger } from '../platform/logger.js';
import type { SignedIn } from './endpoint.js';
import { Problem } from './problem.js';
import type { TokenReader } from './token.js';

export type Authenticate = (req: Request) => Promise<SignedIn>;

/** The scheme is case-insensitive (RFC 9110); anything but one bearer token is no token. */
const bearer = /^bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/**
 * While MongoDB is down nobody's roles can change either, so what was read last is still true. Without this, decisions could
 * not be accepted in an outage, which they must (temporal.md §4). Bounded in number and age.
 */
const mostRemembered = 5_000;
const rememberedForMs = 10 * 60_000;

const createMemory = () => {
  const known = new Map<string, { readonly standing: Standing; readonly atMs: number }>();
  return {
    keep: (standing: Standing, atMs: number): void =>
      putNewest(known, standing.person._id, { standing, atMs }, mostRemembered),
    drop: (personId: string): void => void known.delete(personId),
    recall: (personId: string, nowMs: number): Standing | null => {
      const entry = known.get(personId);
      return entry && nowMs - entry.atMs < rememberedForMs ? entry.standing : null;
    },
  };
};

const namedBy = async (req: Request, readToken: TokenReader): Promise<string> => {
  const token = bearer.exec(req.get('authorization') ?? '')?.[1];
  const personId = token === undefined ? null : await readToken(token);
  if (personId === null) throw new Problem('notSignedIn');
  return personId;
};

/** In front of bodies too large to be read from anybody: asks for a token of ours, before roles are looked up as for every call. */
export const tokenFirst =
  (readToken: TokenReader): RequestHandler =>
  async (req, _res, next) => {
    await namedBy(req, readToken);
    next();
  };

export const createAuthenticate = (readToken: TokenReader, log: Logger): Authenticate => {
  const memory = createMemory();

  const lookUp = async (personId: string, nowMs: number): Promise<Standing | null> => {
    const remembered = seemsReachable() ? null : memory.recall(personId, nowMs);
    if (remembered) return remembered;
    try {
      const standing = await standingOf(personId, new Date(nowMs));
      if (standing) memory.keep(standing, nowMs);
      else memory.drop(personId);
      return standing;
    } catch (error) {
      const recalled = isOutage(error) ? memory.recall(personId, nowMs) : null;
      if (recalled === null) throw error;
      log.warn({ personId, err: error }, 'roles as last read, MongoDB does not answer');
      return recalled;
    }
  };

  return async (req) => {
    const personId = await namedBy(req, readToken);
    const now = new Date();
    const standing = await lookUp(personId, now.getTime());
    if (standing === null) throw new Problem('notSignedIn');
    if (standing.person.suspended) throw new Problem('notSignedIn', { rule: 'account-suspended' });
    return { caller: actorOf(standing, now), standing };
  };
};
