// Input nobody would send on purpose: every operation is called with examples that were tampered with. Nothing may break.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describedEndpoints } from '../../api/all-endpoints.js';
import type { Endpoint } from '../../api/endpoint.js';
import { isProblemCode } from '../../api/problem.js';
import type { Reply, World } from '../support/world.js';
import { openWorld } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const nasty = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    { $gt: '' },
    { $where: 'sleep(1000)' },
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    '\u202e',
    -1,
    1e308,
    '9'.repeat(400),
    [],
    null,
  ),
);

/** One field of an example replaced or added, or something else altogether. */
const tampered = (example: unknown): fc.Arbitrary<unknown> =>
  isFields(example)
    ? fc.oneof(
        { weight: 1, arbitrary: nasty },
        {
          weight: 6,
          arbitrary: fc
            .tuple(fc.constantFrom(...Object.keys(example), 'extra', '$set'), nasty)
            .map(([name, value]) => ({ ...example, [name]: value })),
        },
      )
    : nasty;

const segment = fc.constantFrom(
  'aaaaaaaaaaaaaaaa',
  '%00',
  '$ne',
  '1',
  '-1',
  '1e9',
  'constructor',
  encodeURIComponent('طلب'),
);

const pathOf = ({ path }: Endpoint, parts: readonly string[]): string => {
  let index = 0;
  return `/v1${path.replaceAll(/\{\w+\}/g, () => parts[index++ % parts.length] ?? 'x')}`;
};

const send = (endpoint: Endpoint, person: string, path: string, body: unknown): Promise<Reply> => {
  const caller = world.as(person);
  switch (endpoint.method) {
    case 'get':
      return caller.get(path);
    case 'post':
      return caller.post(path, JSON.stringify(body) ?? '');
    case 'patch':
      return caller.patch(path, JSON.stringify(body) ?? '', { 'if-match': '"1"' });
  }
};

describe('an operation that gets what nobody expects', () => {
  it.each(describedEndpoints().map((endpoint) => [endpoint.operationId, endpoint] as const))(
    '%s answers with a problem of its own or does its work, and never breaks',
    async (_name, endpoint) => {
      const calls = fc.tuple(
        fc.constantFrom('samira', 'hana', 'finance', 'auditor'),
        fc.array(segment, { minLength: 1, maxLength: 2 }),
        fc.constantFrom('', '?limit=x', '?cursor=AAAA', '?minVersion=-1', '?a[$gt]=1', '?limit=1&limit=2'),
        tampered(endpoint.examples?.en ?? {}),
      );
      await fc.assert(
        fc.asyncProperty(calls, async ([person, parts, query, body]) => {
          const { status, body: answer } = await send(endpoint, person, `${pathOf(endpoint, parts)}${query}`, body);
          expect(status).toBeLessThan(500);
          if (status >= 400) expect(isProblemCode(String(answer['code']))).toBe(true);
        }),
        { numRuns: 15 },
      );
    },
  );
});
