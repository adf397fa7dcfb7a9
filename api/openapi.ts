// The OpenAPI document, made from the same rows that are mounted: each operation with its roles, its problems and its examples.
import { OpenApiGeneratorV31, OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { holdsKey } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import type { Language, ProblemCode } from './problem.js';
import { messagesOf, Problem, problemBody, problemCodes, statuses } from './problem.js';
import { problemSchema } from './schemas/problem.schema.js';

type Json = Readonly<Record<string, unknown>>;
type Document = {
  readonly registry: OpenAPIRegistry;
  /** Schemas and responses that are components already. */
  readonly named: Map<string, string>;
  readonly responses: Set<string>;
};

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJson(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
};

/** Schemas with an id become components, once each. */
const withComponents = (schema: unknown): Json => {
  const moved: unknown = JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
  return isJson(moved) ? moved : {};
};

const component = ({ registry, named }: Document, name: string, definition: unknown): void => {
  const schema = withComponents(definition);
  const text = JSON.stringify(sorted(schema));
  const known = named.get(name);
  if (known === text) return;
  if (known !== undefined) throw new Error(`two different schemas are called ${name}`);
  named.set(name, text);
  registry.registerComponent('schemas', name, schema);
};

/** Turned by zod itself: the generator would take an exactly optional field for a required one. */
const schemaOf = (document: Document, schema: z.ZodType, io: 'input' | 'output'): Json => {
  const whole = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  for (const [name, definition] of Object.entries(whole.$defs ?? {})) component(document, name, definition);
  const own = Object.entries(whole).filter(([name]) => name !== '$schema' && name !== '$defs');
  return withComponents(Object.fromEntries(own));
};

const parametersOf = (document: Document, place: 'path' | 'query', schema: z.ZodObject) => {
  const { properties, required } = schemaOf(document, schema, 'input');
  const needed: unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(isJson(properties) ? properties : {}).map(([name, part]) => ({
    name,
    in: place,
    required: needed.includes(name),
    schema: isJson(part) ? part : {},
  }));
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

const languages = ['ar', 'en'] as const;
const exampleName = (code: ProblemCode, language: Language): string => `${code}-${language}`;
/** Any id will do as an example. */
const exampleCall = '3f0c7a52-9d1e-4b58-8c55-0d8f6f1f2a10';

const exampleOf = (code: ProblemCode, language: Language) => ({
  summary: messagesOf(code)[language],
  value: problemBody(new Problem(code), language, exampleCall),
});

const problemResponse = (codes: readonly ProblemCode[]) => ({
  description: codes.map((code) => `\`${code}\`: ${messagesOf(code).en}`).join(' '),
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      examples: Object.fromEntries(
        codes
          .flatMap((code) => languages.map((language) => exampleName(code, language)))
          .map((name) => [name, { $ref: `#/components/examples/${name}` }]),
      ),
    },
  },
});

/** The same group of codes is one component, however many operations can meet it. */
const sharedResponse = ({ registry, responses }: Document, status: number, codes: readonly ProblemCode[]) => {
  const name = [status, ...codes].join('.');
  if (!responses.has(name)) registry.registerComponent('responses', name, problemResponse(codes));
  responses.add(name);
  return { $ref: `#/components/responses/${name}` };
};

const problemResponses = (document: Document, problems: readonly ProblemCode[]) => {
  const codes = [...new Set<ProblemCode>([...problems, 'internal'])].sort();
  const found = [...new Set(codes.map((code) => statuses[code]))];
  const withStatus = (status: number): ProblemCode[] => codes.filter((code) => statuses[code] === status);
  return Object.fromEntries(found.map((status) => [status, sharedResponse(document, status, withStatus(status))]));
};

const unknownOutcome = {
  202: {
    description: 'The outcome is not known yet; `Location` names the operation that will tell it',
    headers: { Location: { schema: { type: 'string' as const } } },
  },
};

const successResponse = (document: Document, { success, response }: Endpoint) => ({
  [success]: {
    description: success === 201 ? 'Created' : 'Done',
    ...(response === null
      ? {}
      : { content: { 'application/json': { schema: schemaOf(document, response, 'output') } } }),
  },
});

const requestOf = (document: Document, { method, body, examples, consumes }: Endpoint) => {
  if (method === 'get') return {};
  const schema = schemaOf(document, body, 'input');
  const shown = examples && {
    examples: {
      ar: { summary: 'بالعربية', value: examples.ar },
      en: { summary: 'In English', value: examples.en },
    },
  };
  return { request: { body: { required: true, content: { [consumes ?? 'application/json']: { schema, ...shown } } } } };
};

const rolesSentence = ({ access, roles }: Endpoint): string => {
  if (access === 'public') return 'Open to everybody.';
  return roles.length === 0
    ? 'For everybody who is signed in.'
    : `Roles: ${roles.map((role) => `\`${role}\``).join(', ')}.`;
};

const register = (document: Document, endpoint: Endpoint): void =>
  document.registry.registerPath({
    operationId: endpoint.operationId,
    method: endpoint.method,
    path: `/v1${endpoint.path}`,
    tags: [endpoint.tag],
    summary: endpoint.summary.en,
    description: `${endpoint.summary.ar}\n\n${rolesSentence(endpoint)}`,
    security: endpoint.access === 'public' ? [] : [{ bearer: [] }],
    'x-roles': endpoint.roles,
    'x-problem-codes': [...new Set(endpoint.problems)].sort(),
    parameters: [
      ...parametersOf(document, 'path', endpoint.params),
      ...parametersOf(document, 'query', endpoint.query),
      ...headersOf(endpoint),
    ],
    ...requestOf(document, endpoint),
    responses: {
      ...successResponse(document, endpoint),
      ...(holdsKey(endpoint) ? unknownOutcome : {}),
      ...problemResponses(document, endpoint.problems),
    },
  });

const description =
  'سند: محرك اعتماد المنح. The HTTP API of the grant-approval engine. Every command has the name it has in the lifecycle.';

/** The same rows always give the same bytes: keys are sorted, nothing of the moment goes in. */
export const openApiDocument = (endpoints: readonly Endpoint[], version: string): Json => {
  const document: Document = { registry: new OpenAPIRegistry(), named: new Map(), responses: new Set() };
  const { registry } = document;
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  component(document, 'Problem', problemSchema);
  for (const code of problemCodes)
    for (const language of languages)
      registry.registerComponent('examples', exampleName(code, language), exampleOf(code, language));
  for (const endpoint of endpoints) register(document, endpoint);
  const made = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Sanad', version, description },
    servers: [{ url: '/' }],
  });
  const whole = sorted(made);
  return isJson(whole) ? whole : {};
};
