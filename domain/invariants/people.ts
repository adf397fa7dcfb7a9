// I8: nobody combines duties that exclude each other on one request, and every decision is by somebody whose role takes it.
import { peopleBehind } from '../actor.js';
import { isPersonKind } from '../command.js';
import type { Duty } from '../grant-request.js';
import { permissions } from '../permissions.js';
import { exclusivePairs, neverDeciding } from '../separation-of-duties.js';
import type { BatchEvidence, RequestEvidence } from './evidence.js';
import type { Finding } from './finding.js';
import { found } from './finding.js';

type Done = { readonly personId: string; readonly duty: Duty | null };

const about = ({ requestId }: RequestEvidence) => ({ kind: 'request', id: requestId }) as const;

/** From the entries, not from the state: whoever acted for another did it, and so did the other. */
const dutiesDone = ({ chain }: RequestEvidence): Done[] =>
  chain.flatMap(({ command, actor }) => {
    const duty = isPersonKind(command) ? permissions[command].duty : null;
    return peopleBehind(actor).map((personId) => ({ personId, duty }));
  });

const voterMayRelease = ({ plans }: RequestEvidence): boolean =>
  Object.values(plans).some(({ tranches }) => tranches.voterMayRelease);

const combinations = (evidence: RequestEvidence): Finding[] => {
  const done = dutiesDone(evidence);
  const allowed = voterMayRelease(evidence);
  return exclusivePairs
    .filter(([one, other]) => !(allowed && one === 'vote' && other === 'release-payment'))
    .flatMap(([one, other]) => {
      const second = done.filter(({ duty }) => duty === other);
      const both = done.filter(({ duty, personId }) => duty === one && second.some((act) => act.personId === personId));
      return [...new Set(both.map(({ personId }) => personId))].map((personId) =>
        found('dutiesCombined', about(evidence), { personId, duties: `${one} ${other}` }),
      );
    });
};

const roleFindings = (evidence: RequestEvidence): Finding[] =>
  evidence.chain.flatMap(({ command, actor, seq }) => {
    if (!isPersonKind(command)) return [];
    const { roles, duty } = permissions[command];
    const held = actor.roles.map(({ role }) => role);
    const barred = held.find(
      (role) => neverDeciding.includes(role) && !(role === 'administrator' && duty === 'administer'),
    );
    const seen = { personId: actor.personId, command, seq };
    return [
      ...(barred === undefined ? [] : [found('neverDecidingActed', about(evidence), { ...seen, role: barred })]),
      ...(held.some((role) => roles.includes(role)) ? [] : [found('roleNotHeld', about(evidence), seen)]),
    ];
  });

export const dutiesStaySeparate = (evidence: RequestEvidence): Finding[] => [
  ...combinations(evidence),
  ...roleFindings(evidence),
];

/** Who releases a file neither built it nor prepared one of its payments. */
export const batchByTwoPeople = ({ batchId, chain }: BatchEvidence): Finding[] => {
  const built = chain.find(({ command }) => command === 'buildBatch');
  const lines = chain
    .flatMap(({ events }) => events)
    .flatMap((event) => (event.kind === 'batchBuilt' ? event.lines : []));
  const preparers = [built?.actor.personId, ...lines.map(({ preparedBy }) => preparedBy)];
  return chain
    .filter(
      ({ command, actor }) => command === 'releaseBatch' && peopleBehind(actor).some((one) => preparers.includes(one)),
    )
    .map(({ actor, seq }) =>
      found('notTwoPeople', { kind: 'batch', id: batchId }, { releasedBy: actor.personId, seq }),
    );
};
