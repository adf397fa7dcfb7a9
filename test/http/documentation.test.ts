// The API's own description: one operation per command under its own name, examples that the schemas accept, pages without inline script.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describedEndpoints } from '../../api/all-endpoints.js';
import { problemCodes } from '../../api/problem.js';
import { personCommandKinds } from '../../domain/command.js';
import { at } from '../support/http-story.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld({ withWorker: false });
});
afterAll(() => world.close());

const endpoints = describedEndpoints();

describe('the OpenAPI document', () => {
  it('has one operation per command, under the name it has in the lifecycle', () => {
    const names = endpoints.map(({ operationId }) => operationId);
    const commands = [...personCommandKinds, 'buildBatch', 'releaseBatch', 'withdrawBatch', 'resolveUnknown'];

    expect(new Set(names).size).toBe(names.length);
    expect(commands.filter((command) => !names.includes(command))).toEqual([]);
  });

  it('names for each operation its roles, its problems and an example in both languages', async () => {
    const { body } = await world.nobody.get('/openapi.json');
    const operations = Object.values(body['paths'] ?? {}).flatMap((path: object): unknown[] => Object.values(path));

    expect(operations).toHaveLength(endpoints.length);
    for (const operation of operations) {
      expect(at(operation, 'description')).toMatch(/Roles:|signed in|Open to everybody/);
      expect(at(operation, 'responses', '500')).toBeDefined();
      if (at(operation, 'requestBody') === undefined) continue;
      const json = at(operation, 'requestBody', 'content', 'application/json', 'examples');
      const examples = json ?? at(operation, 'requestBody', 'content', 'application/xml', 'examples');
      expect([at(operation, 'operationId'), Object.keys(examples ?? {})]).toEqual([
        at(operation, 'operationId'),
        ['ar', 'en'],
      ]);
    }
  });

  it('gives only examples that are accepted', () => {
    const broken = endpoints.flatMap(({ operationId, body, examples }) =>
      examples === undefined
        ? []
        : [examples.ar, examples.en].flatMap((example) => (body.safeParse(example).success ? [] : [operationId])),
    );

    expect(broken).toEqual([]);
  });

  it('marks what is optional as optional', async () => {
    const { body } = await world.nobody.get('/openapi.json');
    const screening = at(body, 'paths', '/v1/requests/{requestId}/screening', 'post', 'requestBody');
    const schema = at(screening, 'content', 'application/json', 'schema');

    expect(schema).toMatchObject({
      additionalProperties: false,
      required: ['expectedVersion', 'verdict', 'checklist'],
    });
  });
});

describe("the API's pages", () => {
  it('run nothing that is written into them', async () => {
    const docs = await world.nobody.get('/docs');
    const policy = docs.headers.get('content-security-policy') ?? '';

    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(docs.body['text']).not.toMatch(/<script>|onload=|style=/);
    expect((await world.nobody.get('/docs/start.js')).status).toBe(200);
    expect((await world.nobody.get('/docs/assets/swagger-ui-bundle.js')).status).toBe(200);
    expect(docs.headers.get('x-powered-by')).toBeNull();
  });

  it('explain every problem code in both languages', async () => {
    const { body } = await world.nobody.get('/docs/problems');

    expect(problemCodes.filter((code) => !String(body['text']).includes(`id="${code}"`))).toEqual([]);
  });

  it('say that the API is ready, alive and which version it is; metrics name no ids', async () => {
    await world.as('adel').get('/v1/requests/aaaaaaaaaaaaaaaa');
    const metrics = await world.nobody.get('/metrics');

    expect(await world.nobody.get('/readyz')).toMatchObject({ status: 200, body: { ready: true, missing: [] } });
    expect(await world.nobody.get('/version')).toMatchObject({ status: 200, body: { name: 'sanad' } });
    expect(metrics.body['text']).toContain('operation="readRequest",status="404"');
    expect(metrics.body['text']).not.toContain('aaaaaaaaaaaaaaaa');
  });
});
