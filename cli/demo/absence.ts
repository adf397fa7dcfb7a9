// An approver's absence during a demo: one delegation for the whole run, begun when a lifecycle first needs it, ended with the run.
import { z } from 'zod';
import type { ApiCall, ApiClient } from '../api-client.js';
import { bodyAs } from '../api-client.js';
import { Unexpected, stepOf, wordsOf } from '../driving/unexpected.js';

const level = 'executive-director';
const delegator = 'approver-executive-director-2';
/** Somebody of the Fund who acts on no request otherwise: who has acted on one cannot stand in for another there. */
export const standIn = { level, personId: 'reconciler-1' } as const;
const longestMs = 86_400_000;

export type Absence = {
  /** Waits until the delegate may decide. */
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
};

const begun = z.looseObject({ delegationId: z.string() });
const list = z.looseObject({
  items: z.array(z.looseObject({ delegationId: z.string(), delegateId: z.string(), endedAt: z.string().nullable() })),
});

const refused = (call: ApiCall, got: string): Unexpected =>
  new Unexpected({ requestId: null, step: stepOf(call), expected: 'accepted', got });

/** A run that was killed left its delegation open: this one goes on with it. */
const leftOver = async (api: ApiClient): Promise<string | null> => {
  const call = { name: 'listDelegations', method: 'GET', path: '/v1/delegations', as: delegator } as const;
  const answer = await api.call(call);
  if (answer.problem) throw refused(call, wordsOf(answer));
  const { items } = bodyAs(list, answer, call.name);
  const open = items.find(({ delegateId, endedAt }) => delegateId === standIn.personId && endedAt === null);
  return open?.delegationId ?? null;
};

const handOver = async (api: ApiClient): Promise<string> => {
  const until = new Date(Date.now() + longestMs).toISOString();
  const body = { delegateId: standIn.personId, role: 'approver', level, until, reason: 'إجازة سنوية' };
  const call = { name: 'delegate', method: 'POST', path: '/v1/delegations', as: delegator, body } as const;
  const answer = await api.call(call);
  if (answer.problem === null) return bodyAs(begun, answer, call.name).delegationId;
  const open = answer.problem.code === 'alreadyActed' ? await leftOver(api) : null;
  if (open === null) throw refused(call, wordsOf(answer));
  return open;
};

export const openAbsence = (api: ApiClient): Absence => {
  let handed: Promise<string> | null = null;
  let delegationId: string | null = null;
  return {
    begin: async () => {
      handed ??= handOver(api);
      delegationId = await handed;
    },
    end: async () => {
      if (delegationId === null) return; // never begun, or refused: told to whoever asked for it
      const path = `/v1/delegations/${delegationId}/ending`;
      const body = { reason: 'عاد من إجازته' };
      const call = { name: 'endDelegation', method: 'POST', path, as: delegator, body } as const;
      const answer = await api.call(call);
      if (answer.problem) throw refused(call, wordsOf(answer));
    },
  };
};
