// The committee's secretary in a demo: gathers the requests that wait for the committee into sessions, opens them with everybody in
// the room, and at the end closes what is decided and has the minutes published.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { ApiCall, ApiClient } from '../api-client.js';
import { bodyAs } from '../api-client.js';
import { committee } from './cast.js';
import { Unexpected, stepOf, wordsOf } from './unexpected.js';

export type SessionDesk = {
  /** The open session that has this request on its agenda. */
  readonly convene: (requestId: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** Requests that come up within this time meet in one session. */
const gatherMs = 400;
const mostItems = 50;

const sessionSeen = z.looseObject({ id: z.string(), version: z.int(), state: z.enum(['scheduled', 'open', 'closed']) });
const sessionPage = sessionSeen.extend({ present: z.array(z.string()) });
const sessionList = z.looseObject({ items: z.array(sessionSeen) });
const acknowledged = z.looseObject({ sessionId: z.string(), version: z.int() });

const { chair, secretary, present } = committee;

const ask = async <S extends z.ZodType>(api: ApiClient, call: ApiCall, shape: S): Promise<z.output<S>> => {
  const answer = await api.call(call);
  if (answer.problem)
    throw new Unexpected({ requestId: null, step: stepOf(call), expected: 'accepted', got: wordsOf(answer) });
  return bodyAs(shape, answer, call.name);
};

const post = (name: string, path: string, body: unknown, as: string = secretary): ApiCall => ({
  ...{ name, method: 'POST', path: `/v1/sessions${path}`, body, as },
});

const schedule = async (api: ApiClient, agenda: readonly string[]): Promise<string> => {
  const terms = { heldAt: new Date().toISOString(), ballot: 'open', chair, secretary, members: present, agenda };
  return (await ask(api, post('scheduleSession', '', terms), acknowledged)).sessionId;
};

const readSession = (api: ApiClient, sessionId: string) =>
  ask(api, { name: 'readSession', method: 'GET', path: `/v1/sessions/${sessionId}`, as: secretary }, sessionPage);

/** Wherever an earlier driver left it: opened if it is not, with everybody in the room who is not. */
const bringToOrder = async (api: ApiClient, sessionId: string): Promise<string> => {
  const seen = await readSession(api, sessionId);
  let expectedVersion = seen.version;
  if (seen.state === 'scheduled')
    expectedVersion = (await ask(api, post('openSession', `/${sessionId}/opening`, { expectedVersion }), acknowledged))
      .version;
  const missing = present.filter((personId) => !seen.present.includes(personId));
  const movements = missing.map((personId) => ({ personId, movement: 'came' }));
  const body = { expectedVersion, movements };
  if (movements.length > 0) await ask(api, post('recordAttendance', `/${sessionId}/attendance`, body), acknowledged);
  return sessionId;
};

const liveSessionOf = async (api: ApiClient, requestId: string): Promise<string | null> => {
  const path = `/v1/sessions?requestId=${requestId}`;
  const call = { name: 'listSessions', method: 'GET', path, as: secretary } as const;
  const { items } = await ask(api, call, sessionList);
  return items.find(({ state }) => state !== 'closed')?.id ?? null;
};

/** A session with an open ballot stays open; what is decided gets its minutes. */
const wrapUp = async (api: ApiClient, sessionId: string): Promise<void> => {
  const { version: expectedVersion } = await readSession(api, sessionId);
  const closing = await api.call(post('closeSession', `/${sessionId}/closing`, { expectedVersion }));
  if (closing.problem) return;
  const { version } = bodyAs(acknowledged, closing, 'closeSession');
  await ask(api, post('publishMinutes', `/${sessionId}/minutes`, { expectedVersion: version }, chair), acknowledged);
};

type Gathering = { readonly agenda: string[]; readonly session: Promise<string> };

export const openSessionDesk = (api: ApiClient): SessionDesk => {
  const convened = new Map<string, Promise<string>>();
  let gathering: Gathering | null = null;

  const gather = (requestId: string): Promise<string> => {
    if (gathering !== null && gathering.agenda.length < mostItems) {
      gathering.agenda.push(requestId);
      return gathering.session;
    }
    const agenda = [requestId];
    const session = pause(gatherMs).then(async () => {
      if (gathering?.agenda === agenda) gathering = null;
      return bringToOrder(api, await schedule(api, agenda));
    });
    gathering = { agenda, session };
    return session;
  };
  const conveneAnew = async (requestId: string): Promise<string> => {
    const live = await liveSessionOf(api, requestId);
    if (live === null) return gather(requestId);
    // Many requests may come back to the same session at once: it is brought to order by one of them.
    const known = convened.get(live) ?? bringToOrder(api, live);
    convened.set(live, known);
    return known;
  };

  return {
    convene: async (requestId) => {
      const sessionId = await conveneAnew(requestId);
      convened.set(sessionId, Promise.resolve(sessionId));
      return sessionId;
    },
    close: async () => {
      for (const sessionId of convened.keys()) await wrapUp(api, sessionId);
    },
  };
};
