// People who call the API of a stack over HTTP and, like real clients, send the same thing again with the same key.
import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { isNoAnswer } from './no-answer.js';
import { completeSections, openCallId } from '../support/world-seed.js';
import type { Stack } from './stack.js';

type Json = Readonly<Record<string, unknown>>;
export type Reply = { readonly status: number; readonly body: Json; readonly headers: Headers };

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

export const callerOf = (stack: Stack) => {
  const tokens = new Map<string, string>();
  const send = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Reply> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${stack.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...sent,
    });
    const parsed: unknown = JSON.parse((await response.text()) || '{}');
    return { status: response.status, body: isJson(parsed) ? parsed : {}, headers: response.headers };
  };
  const signIn = async (personId: string): Promise<void> => {
    const reply = await send('POST', '/v1/demo/sign-in', { 'idempotency-key': randomUUID() }, { personId });
    const { token } = reply.body;
    if (typeof token !== 'string') throw new Error(`${personId} cannot sign in: ${JSON.stringify(reply)}`);
    tokens.set(personId, token);
    // Looked up once, so that the API has seen this person's roles.
    await send('GET', '/v1/me', { authorization: `Bearer ${token}` });
  };
  const authorization = (personId: string) => ({ authorization: `Bearer ${tokens.get(personId) ?? ''}` });
  const get = (personId: string, path: string): Promise<Reply> => send('GET', path, authorization(personId));
  const post = (personId: string, path: string, body: unknown, key: string = randomUUID()): Promise<Reply> =>
    send('POST', path, { ...authorization(personId), 'idempotency-key': key }, body);
  const patch = (personId: string, path: string, body: unknown, etag: string): Promise<Reply> =>
    send('PATCH', path, { ...authorization(personId), 'if-match': etag }, body);

  /** Sends until there is a definite answer, always with the same key; a broken connection is no answer. */
  const insist = async (
    personId: string,
    path: string,
    body: unknown,
    key: string,
    withinMs = 60_000,
  ): Promise<Reply> => {
    let last: Reply | undefined;
    await eventually(
      `${path} is answered`,
      async () => {
        try {
          last = await post(personId, path, body, key);
        } catch (error) {
          if (isNoAnswer(error)) return false;
          throw error;
        }
        const again = last.status === 503 || last.status === 202 || last.body['code'] === 'keyInProgress';
        return !again;
      },
      withinMs,
    );
    if (last === undefined) throw new Error('unreachable');
    return last;
  };

  const draft = async (personId: string): Promise<{ path: string; etag: string }> => {
    const made = await post(personId, '/v1/drafts', { callId: openCallId });
    const id = made.body['draftId'];
    if (typeof id !== 'string') throw new Error(`no draft: ${JSON.stringify(made)}`);
    const path = `/v1/drafts/${id}`;
    const saved = await patch(personId, path, { sections: completeSections }, made.headers.get('etag') ?? '');
    if (saved.status !== 200) throw new Error(`the draft was not saved: ${JSON.stringify(saved)}`);
    return { path, etag: saved.headers.get('etag') ?? '' };
  };

  const timeline = async (personId: string, requestId: string): Promise<string[]> => {
    const { body } = await get(personId, `/v1/requests/${requestId}/timeline`);
    const items: unknown = body['items'];
    if (!Array.isArray(items)) throw new Error(`no timeline: ${JSON.stringify(body)}`);
    return items.map((item: unknown) => (isJson(item) ? String(item['command']) : ''));
  };
  return { signIn, get, post, patch, insist, draft, timeline };
};
export type Caller = ReturnType<typeof callerOf>;
