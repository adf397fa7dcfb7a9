// Reading through the API with the caller's own identity: a token from the environment, or a demo person by name.
import type { ApiAnswer, ApiCall, ApiClient } from './api-client.js';
import { createApiClient } from './api-client.js';
import { surroundings } from './environment.js';
import { CommandFailure } from './failure.js';

export type ReaderOptions = { readonly as?: string; readonly url?: string; readonly lang?: 'ar' | 'en' };

export type Reader = {
  readonly api: ApiClient;
  readonly read: (call: Pick<ApiCall, 'name' | 'path'>) => Promise<ApiAnswer>;
};

const notThere = [404];
const askLater = [503, 429];

const failureOf = ({ status, problem }: ApiAnswer, name: string): CommandFailure => {
  const { code = `http${status}`, title, detail, instance } = problem ?? {};
  const reason = notThere.includes(status) ? 'notFound' : askLater.includes(status) ? 'unavailable' : 'refused';
  return new CommandFailure(reason, title ?? detail ?? `${name} was answered ${status}.`, {
    code,
    ...(instance === undefined ? {} : { requestId: instance }),
  });
};

/** Without a name and without a token the auditor looks: that role reads everything and decides nothing. */
export const createReader = ({ as, url, lang = 'en' }: ReaderOptions): Reader => {
  const { apiUrl } = surroundings({ url });
  const token = as === undefined ? process.env['SANAD_TOKEN'] : undefined;
  const api = createApiClient({ url: apiUrl, language: lang, patienceMs: 10_000, ...(token ? { token } : {}) });
  const person = as ?? 'auditor';
  return {
    api,
    read: async (call) => {
      const answer = await api.call({ ...call, method: 'GET', as: person });
      if (answer.problem === null) return answer;
      throw failureOf(answer, call.name);
    },
  };
};
