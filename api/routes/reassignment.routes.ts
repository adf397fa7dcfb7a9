// Giving an open task to another person: the supervisor's command, with the taker's roles as the edge found them.
import { takerOf } from '../command-facts.js';
import { commandEndpoint, requestParams } from '../command-endpoint.js';
import type { RouteDeps } from '../deps.js';
import type { Endpoint } from '../endpoint.js';
import { commandExamples } from '../examples.js';
import { reassignment } from '../schemas/command.schema.js';

export const reassignmentRoutes = (deps: RouteDeps): Endpoint[] => [
  commandEndpoint(deps, {
    kind: 'reassignTask',
    path: '/task-holder',
    summary: { ar: 'إسناد مهمة إلى شخص آخر', en: 'Give an open task to another person, or back to everybody' },
    params: requestParams,
    body: reassignment,
    problems: ['alreadyActed'],
    examples: commandExamples.reassignTask,
    make: async ({ body: { task, personId } }) => ({ task, to: await takerOf(personId) }),
  }),
];
