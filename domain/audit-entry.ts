// One accepted command or fact as it is recorded: who, when, what, what followed. The audit trail is the list of these.
import type { Actor } from './actor.js';
import type { Command, Evidence } from './command.js';
import { isPersonCommand } from './command.js';
import type { RequestEvent } from './event.js';
import type { GrantRequest } from './grant-request.js';
import type { Status } from './lifecycle.js';
import { statusOf } from './lifecycle.js';

export type Entry = {
  /** Gap-free from 1 for each request; equals the version of the request after this entry. */
  readonly seq: number;
  /** Workflow time: the same on every replay. */
  readonly atMs: number;
  readonly kind: 'decision' | 'system';
  readonly command: Command['kind'];
  readonly actor: Actor;
  readonly before: Status;
  readonly after: Status;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  readonly key?: string;
  readonly fingerprint?: string;
  /** Id of the Temporal update that carried a person's command; joins this entry with the workflow's history. */
  readonly updateId?: string;
  /** Hash of the plan it was decided under, where that is no longer the plan the request was submitted under. */
  readonly planHash?: string;
  readonly events: readonly RequestEvent[];
};

export const entryOf = (
  before: GrantRequest,
  after: GrantRequest,
  command: Command,
  events: readonly RequestEvent[],
  at: { readonly nowMs: number; readonly updateId: string | undefined },
): Entry => {
  const person = isPersonCommand(command) ? command : null;
  const told = at.updateId === undefined ? {} : { updateId: at.updateId };
  return {
    seq: before.version + 1,
    atMs: at.nowMs,
    kind: person ? 'decision' : 'system',
    command: command.kind,
    actor: command.by,
    before: statusOf(before),
    after: statusOf(after),
    ...(person?.reason === undefined ? {} : { reason: person.reason }),
    ...(person?.evidence === undefined ? {} : { evidence: person.evidence }),
    key: command.key,
    ...(person ? { fingerprint: person.fingerprint } : {}),
    ...told,
    ...(before.plan ? { planHash: before.plan.hash } : {}),
    events,
  };
};
