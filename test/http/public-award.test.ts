// Published awards: read without signing in, the same amounts in list, totals and files, nothing of a person, valid 360Giving.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { agree, award, handIn, review, screen } from '../support/http-story.js';
import { officialSchemas } from '../support/official-schemas.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

let world: World;
let anonymous: (path: string) => Promise<Response>;
beforeAll(async () => {
  world = await openWorld();
  anonymous = (path) => fetch(`${world.url}${path}`);
  const told = await handIn(world);
  await screen(world, told);
  await review(world, told);
  await award(world, told);
  await agree(world, told);
  const waiting = await handIn(world);
  await screen(world, waiting);
}, 120_000);
afterAll(() => world.close());

const dimensions = ['programme', 'sector', 'governorate', 'source', 'fiscal-year', 'month'];
const whole = { amountMinor: '60000000', currency: 'EGP' };

describe('what everybody may read', () => {
  it('lists the award whose money is committed, and no request that is still being judged', async () => {
    const answer = await anonymous('/v1/public/awards?limit=10');

    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
    expect(await answer.json()).toMatchObject({
      items: [
        { figures: { awarded: whole, disbursed: { amountMinor: '0' } }, organisation: { nameAr: expect.any(String) } },
      ],
      next: null,
    });
  });

  it.each(dimensions)('has totals by %s whose parts are the whole', async (by) => {
    const answer: unknown = await (await anonymous(`/v1/public/totals?by=${by}`)).json();

    expect(answer).toMatchObject({
      by,
      awards: 1,
      figures: { awarded: whole },
      parts: [{ figures: { awarded: whole } }],
    });
  });

  it('names neither a person nor an account', async () => {
    const texts = await Promise.all(
      ['/v1/public/awards', '/v1/public/awards.csv', '/v1/public/awards.360giving.json'].map(async (path) =>
        (await anonymous(path)).text(),
      ),
    );
    for (const text of texts) expect(text).not.toMatch(/account|iban|samira|hana|personId|@/i);
  });

  it('comes as CSV with a mark for Arabic and pounds to the piastre', async () => {
    const answer = await anonymous('/v1/public/awards.csv');
    const bytes = Buffer.from(await answer.arrayBuffer());
    const lines = bytes.toString('utf8').trim().split('\r\n');

    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(',600000.00,0.00,0.00,0.00,0.00');
  });

  it('refuses a dimension that is none', async () => {
    expect((await anonymous('/v1/public/totals?by=person')).status).toBe(400);
  });
});

const schemas = officialSchemas('360giving');
const grantSchema = 'https://raw.githubusercontent.com/ThreeSixtyGiving/standard/1.4.2/schema/360-giving-schema.json';
(schemas.folder === null ? describe.skip : describe)(`the 360Giving package${schemas.note}`, () => {
  it('is valid against the official schema', async () => {
    const read = async (name: string): Promise<object> => {
      const text = await readFile(join(schemas.folder ?? '', name), 'utf8');
      // The published schema names its meta-schema by an http address that no validator knows.
      return JSON.parse(
        text.replace('"http://json-schema.org/draft/2020-12/schema', '"https://json-schema.org/draft/2020-12/schema'),
      );
    };
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    // The package still points at the version before: only the address differs.
    ajv.addSchema({ ...(await read('360-giving-schema.json')), $id: grantSchema });
    const validate = ajv.compile(await read('360-giving-package-schema.json'));
    const given: unknown = await (await anonymous('/v1/public/awards.360giving.json')).json();

    expect(validate(given) ? [] : validate.errors).toEqual([]);
    expect(given).toMatchObject({
      version: '1.4',
      grants: [{ currency: 'EGP', amountAwarded: 600_000, amountDisbursed: 0 }],
    });
  });
});
