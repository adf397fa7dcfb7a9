// The shape of every problem answer, for the documentation (RFC 9457 with our own members).
import { problemCodes } from '../problem.js';

const sentences = {
  type: 'object',
  required: ['ar', 'en'],
  properties: { ar: { type: 'string' }, en: { type: 'string' } },
} as const;

export const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'messages'],
  properties: {
    type: { type: 'string', description: 'Address of the code on the page of problem codes' },
    title: { type: 'string', description: 'In the language of Accept-Language, Arabic by default' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'Id of the HTTP call, also in X-Request-Id' },
    code: { type: 'string', enum: [...problemCodes].sort() },
    messages: sentences,
    rule: { type: 'string', description: 'What was broken' },
    accepted: { type: 'string', description: 'What would be accepted' },
    currentVersion: { type: 'integer', description: 'With staleVersion and draftChanged' },
    errors: {
      type: 'array',
      description: 'With invalidInput: each field that is wrong, as a JSON pointer into what was sent',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'messages'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, messages: sentences },
      },
    },
  },
} as const;
