// Who follows a task that somebody else has to answer: those who acted on the request and its NGO, as few as can be.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { taskCollection } from '../../persistence/task.model.js';
import { journeyTo, openWith } from '../support/journey.js';
import { organisationId, people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { fillEnvelope, newRequestId, record, useDatabase } from './support.js';

useDatabase();
beforeAll(() => fillEnvelope(10_000_000_000n));

const ngo = `organisation/${organisationId}`;
const watchers = async (requestId: string): Promise<Record<string, readonly string[]>> => {
  const tasks = await taskCollection().find({ requestId }).toArray();
  return Object.fromEntries(tasks.map((task) => [task.name, [...task.watchers].sort()]));
};

describe('the followers of a request', () => {
  it('are its NGO and those who acted for the Fund; a change of stage moves them to the new task', async () => {
    const requestId = newRequestId();
    const told = journeyTo('technical-review', calmPlan, requestId);
    await record(requestId, told.entries().slice(0, 1));
    expect(await watchers(requestId)).toEqual({ screen: [ngo] });

    await record(requestId, told.entries());
    expect(await watchers(requestId)).toEqual({ assign: ['cairo', 'hana', ngo] });
  });

  it('see twelve votes as one, and those who vote do not follow', async () => {
    const requestId = newRequestId();
    const told = journeyTo('committee', calmPlan, requestId).act(people.secretary, 'openItem', openWith());
    told.act(people.chair, 'declareInterest', { interest: 'none' });
    await record(requestId, told.entries());

    const followed = Object.entries(await watchers(requestId)).filter(([, people]) => people.length > 0);
    const judges = ['cairo', 'hana', 'reviewer-1', 'reviewer-2', 'reviewer-3', 'secretary'];
    expect(followed).toEqual([
      ['vote-member-1', [...judges, ngo].sort()],
      ['close', [...judges, ngo].sort()],
    ]);
  });

  it('leave out an NGO that is awaited itself', async () => {
    const requestId = newRequestId();
    await record(requestId, journeyTo('agreement', calmPlan, requestId).entries());

    const { sign = [] } = await watchers(requestId);
    expect(sign).not.toContain(ngo);
    expect(sign).toContain('deputy');
    expect(sign.length).toBeLessThanOrEqual(20);
  });
});
