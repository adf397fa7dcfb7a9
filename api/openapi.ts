// The OpenAPI document, made from the same rows that are mounted: each operation with its roles, its problems and its examples.
import { OpenApiGeneratorV31, OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { holdsKey } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import type { ProblemCode } from './problem.js';
import { messagesOf, problemBody, Problem, problemCodes, statuses } from './problem.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * Schemas are turned by zod itself: the generator takes an exactly optional field for a required one. It puts the document
 * together and turns path and query parameters.
 */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const whole = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== '$schema'));
};

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'messages'],
  properties: {
    type: { type: 'string', description: 'Address of the code on the page of problem codes' },
    title: { type: 'string', description: 'In the language of Accept-Language, Arabic by default' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'Id of the HTTP call, also in X-Request-Id' },
    code: { type: 'string', enum: [...problemCodes].sort() },
    messages: {
      type: 'object',
      required: ['ar', 'en'],
      properties: { ar: { type: 'string' }, en: { type: 'string' } },
    },
    rule: { type: 'string', description: 'What was broken' },
    accepted: { type: 'string', description: 'What would be accepted' },
    currentVersion: { type: 'integer' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'messages'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, messages: { type: 'object' } },
      },
    },
  },
};

const problemRef = { $ref: '#/components/schemas/Problem' } as const;

const byStatus = (codes: readonly ProblemCode[]): Map<number, ProblemCode[]> => {
  const groups = new Map<number, ProblemCode[]>();
  for (const code of [...new Set(codes)]) groups.set(statuses[code], [...(groups.get(statuses[code]) ?? []), code]);
  return groups;
};

const problemResponse = (codes: readonly ProblemCode[]) => ({
  description: codes.map((code) => `\`${code}\`: ${messagesOf(code).en}`).join(' '),
  content: {
    'application/problem+json': {
      schema: problemRef,
      examples: Object.fromEntries(
        codes.flatMap((code) =>
          (['ar', 'en'] as const).map((language) => [
            `${code}-${language}`,
            { summary: code, value: problemBody(new Problem(code), language, '3f0c7a52-9d1e-4b58-8c55-0d8f6f1f2a10') },
          ]),
        ),
      ),
    },
  },
});

const successResponse = ({ success, response }: Endpoint) => ({
  [success]: {
    description: success === 201 ? 'Created' : 'Done',
    ...(response === null ? {} : { content: { 'application/json': { schema: schemaOf(response, 'output') } } }),
  },
});

const unknownOutcome = {
  202: {
    description: 'The outcome is not known yet; `Location` names the operation that will tell it',
    headers: { Location: { schema: { type: 'string' as const } } },
  },
};

const keyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'Made by the caller; the same key with the same content has one effect and one answer',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{16,64}$' },
} as const;
const matchHeader = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The ETag of the version you opened',
  schema: { type: 'string', pattern: '^"[0-9]{1,10}"$' },
} as const;

const headersOf = (endpoint: Endpoint) => [
  ...(holdsKey(endpoint) ? [keyHeader] : []),
  ...(endpoint.method === 'patch' ? [matchHeader] : []),
];

const requestBodyOf = ({ method, body, examples }: Endpoint) =>
  method === 'get'
    ? {}
    : {
        body: {
          required: true,
          content: {
            'application/json': {
              schema: schemaOf(body, 'input'),
              ...(examples === undefined
                ? {}
                : {
                    examples: {
                      ar: { summary: 'بالعربية', value: examples.ar },
                      en: { summary: 'In English', value: examples.en },
                    },
                  }),
            },
          },
        },
      };

const rolesSentence = ({ access, roles }: Endpoint): string => {
  if (access === 'public') return 'Open to everybody.';
  return roles.length === 0
    ? 'For everybody who is signed in.'
    : `Roles: ${roles.map((role) => `\`${role}\``).join(', ')}.`;
};

const register = (registry: OpenAPIRegistry, endpoint: Endpoint): void => {
  const { summary, problems } = endpoint;
  const refusals = [...byStatus([...problems, 'internal'])].sort(([a], [b]) => a - b);
  registry.registerPath({
    operationId: endpoint.operationId,
    method: endpoint.method,
    path: `/v1${endpoint.path}`,
    tags: [endpoint.tag],
    summary: summary.en,
    description: `${summary.ar}\n\n${rolesSentence(endpoint)}`,
    security: endpoint.access === 'public' ? [] : [{ bearer: [] }],
    'x-roles': endpoint.roles,
    'x-problem-codes': [...new Set(problems)].sort(),
    parameters: headersOf(endpoint),
    request: { params: endpoint.params, query: endpoint.query, ...requestBodyOf(endpoint) },
    responses: {
      ...successResponse(endpoint),
      ...(holdsKey(endpoint) ? unknownOutcome : {}),
      ...Object.fromEntries(refusals.map(([status, codes]) => [status, problemResponse(codes)])),
    },
  });
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
};

/** The same rows always give the same bytes: keys are sorted, nothing of the moment goes in. */
export const openApiDocument = (endpoints: readonly Endpoint[], version: string): Json => {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  registry.registerComponent('schemas', 'Problem', problemSchema);
  for (const endpoint of endpoints) register(registry, endpoint);
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Sanad',
      version,
      description:
        'سند: محرك اعتماد المنح. The HTTP API of the grant-approval engine; every command has the name it has in the lifecycle.',
    },
    servers: [{ url: '/' }],
  });
  const { paths = {}, ...rest } = document;
  const root = sorted({ ...rest, paths });
  return typeof root === 'object' && root !== null ? { ...root } : {};
};
