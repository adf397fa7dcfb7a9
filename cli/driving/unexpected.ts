// What a driver reports when something did not go as it must: which request, which step, what was expected, what came.
import type { ApiAnswer, ApiCall } from '../api-client.js';

export type UnexpectedDetails = {
  readonly requestId: string | null;
  readonly step: string;
  readonly expected: string;
  readonly got: string;
};

export class Unexpected extends Error {
  override readonly name = 'Unexpected';
  constructor(readonly details: UnexpectedDetails) {
    super(`${details.requestId ?? 'no request'}: ${details.step}: expected ${details.expected}, got ${details.got}`);
  }
}

export const wordsOf = ({ status, problem }: ApiAnswer): string =>
  problem === null
    ? String(status)
    : [`${status} ${problem.code}`, problem.rule, problem.accepted, problem.instance].filter(Boolean).join(' · ');

export const stepOf = ({ name, as }: Pick<ApiCall, 'name' | 'as'>): string =>
  as === undefined ? name : `${name} by ${as}`;
