// What a running recording hears of its request on a real server: everything accepted since, in order, and nothing that was refused.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Engine } from '../support/engine.js';
import { connectEngine, openRequest, quietRuntime } from '../support/engine.js';
import { fileOf, metChecklist } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { refusalCodeOf } from '../support/refused.js';
import { createLogger } from '../../platform/logger.js';
import type { WorkerAcceptances } from '../../worker/acceptances.js';
import { createAcceptances } from '../../worker/acceptances.js';

const eligible = { verdict: 'eligible', checklist: metChecklist(calmPlan), points: [], reasonCodes: [] } as const;

describe('a recording that is followed', () => {
  let engine: Engine;
  let acceptances: WorkerAcceptances;
  beforeAll(async () => {
    quietRuntime();
    engine = await connectEngine();
    acceptances = createAcceptances(engine.client, createLogger('test', { logLevel: 'fatal' }), () => undefined);
    await engine.startWorker({ sinks: acceptances.sinks });
  });
  // Nothing is recorded, so that everything accepted is still waiting.
  beforeEach(() => {
    engine.storage.mode = 'broken';
  });
  afterAll(() => engine.close());

  const submitted = async () => {
    const request = await openRequest(engine, calmPlan);
    const following = acceptances.follow(request.id);
    await request.act(people.samira, 'submitRequest', { file: fileOf() }, { expectedVersion: 0 });
    return { request, following };
  };
  const told = async (entries: Promise<readonly { readonly seq: number; readonly command: string }[]>) =>
    (await entries).map(({ seq, command }) => `${seq} ${command}`);

  it('hears of each acceptance once, after the seq it has come to', async () => {
    const { request, following } = await submitted();
    expect(await told(following.entriesAfter(0))).toEqual(['1 submitRequest']);

    await request.act(people.hana, 'recordScreening', eligible);

    expect(await told(following.entriesAfter(1))).toEqual(['2 recordScreening']);
    expect(await told(following.entriesAfter(2))).toEqual([]);
    following.end();
  });

  it('hears of what comes while it waits', async () => {
    const { request, following } = await submitted();
    const waiting = told(following.entriesAfter(1));
    await request.act(people.hana, 'recordScreening', eligible);
    // On a slow machine it may have waited long enough already; then the next look finds it.
    const heard = await waiting;
    expect(heard.length > 0 ? heard : await told(following.entriesAfter(1))).toEqual(['2 recordScreening']);
    following.end();
  });

  it('hears of no refused command, and of no other request', async () => {
    const { request, following } = await submitted();
    const other = await submitted();
    other.following.end();
    expect(await refusalCodeOf(request.act(people.samira, 'recordScreening', eligible))).toBe('notYourRole');
    expect(await told(following.entriesAfter(1))).toEqual([]);
    following.end();
  });

  it('has nothing more to tell once it has ended', async () => {
    const { request, following } = await submitted();
    following.end();
    await request.act(people.hana, 'recordScreening', eligible);
    expect(await told(following.entriesAfter(1))).toEqual([]);
  });
});
