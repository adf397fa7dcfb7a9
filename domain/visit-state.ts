// What visits say about a project: asked where money waits for one, and where one asks for a suspension.
import type { GrantRequest, Visit } from './grant-request.js';

export const hasSevereFinding = ({ findings }: Pick<Visit, 'findings'>): boolean =>
  findings.some(({ severity }) => severity === 'severe');

/** Whether so many visits took place and the latest found the project as it should be: an older word does not outlive a newer one. */
export const visitPassed = ({ visits }: Pick<GrantRequest, 'visits'>, number: number): boolean => {
  const latest = visits?.at(-1);
  return latest?.verdict === 'passed' && latest.number >= number;
};
