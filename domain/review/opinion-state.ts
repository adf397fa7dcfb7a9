// Which directorates are still to be heard, and which objected: read from the state alone.
import type { GrantRequest } from '../grant-request.js';

export const awaitedGovernorates = ({ file, opinions }: Pick<GrantRequest, 'file' | 'opinions'>): string[] =>
  (file?.governorates ?? []).filter((governorate) => opinions[governorate] === undefined);
