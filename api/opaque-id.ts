// Ids of what a command creates: 16 letters and digits that say nothing. The same operation always gives the same id, so that a
// repeated command finds what the first one made.
import { sha256 } from '../platform/hashing.js';

export const opaqueId = (
  kind: 'draft' | 'batch' | 'delegation' | 'plan' | 'view' | 'session' | 'ledger-order' | 'bank-account',
  operationId: string,
): string =>
  BigInt(`0x${sha256(`sanad-${kind}-v1\n${operationId}`)}`)
    .toString(36)
    .slice(0, 16);
