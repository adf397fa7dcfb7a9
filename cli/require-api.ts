// Whether the API is there and ready, said in words before long work begins.
import { z } from 'zod';
import type { ApiClient } from './api-client.js';
import { CommandFailure } from './failure.js';

const readiness = z.looseObject({ missing: z.array(z.string()) });
const withinMs = 5_000;

const next = 'Start Sanad with `npm start`, or name its address with --url or SANAD_URL.';

export const requireApi = async ({ url }: ApiClient): Promise<void> => {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(withinMs) }).catch((error: unknown) => {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new CommandFailure('unavailable', `The API does not answer at ${url}: ${why}`, { code: 'unavailable', next });
  });
  if (response.ok) return;
  const missing = readiness.safeParse(await response.json().catch(() => null)).data?.missing ?? [];
  throw new CommandFailure(
    'unavailable',
    `The API at ${url} is not ready; missing: ${missing.join(', ') || 'it does not say'}.`,
    {
      code: 'unavailable',
      next: missing.includes('migrations') ? 'Run `sanad migrate`.' : next,
    },
  );
};
