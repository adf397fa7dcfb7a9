// The stage table and the reference plan: sound as data, and the plain path from submission to closure.
import { describe, expect, it } from '@jest/globals';
import { planFaults, publishingFaults } from '../../domain/plan-check/plan-faults.js';
import { stageAfter } from '../../domain/plan.js';
import { appealableOutcomes, edges, outcomes, stageNames, stages } from '../../domain/lifecycle.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { journeyTo } from '../support/journey.js';
import { calmPlan } from '../support/plans.js';

const targets = (from: (typeof stageNames)[number]): string[] =>
  edges
    .filter((edge) => edge.from === from)
    .flatMap(({ to }): string[] => {
      if (to === 'next') return [stageAfter(developmentGrant, from)];
      if (to === 'standing') return [...appealableOutcomes];
      if (to === 'sent-back') return [...(developmentGrant.appeal?.sendBackTo ?? [])];
      return to === 'rejected' || to === 'ineligible' ? ['appeal-window'] : [to];
    })
    .concat(stages[from].silence === 'lapsed' ? ['lapsed'] : []);

const reachable = (): Set<string> => {
  const seen = new Set<string>(['draft']);
  for (const stage of stageNames) if (seen.has(stage)) for (const to of targets(stage)) seen.add(to);
  return seen;
};

describe('the stage table under the reference plan', () => {
  it('reaches every stage and every outcome that verdicts and silence lead to', () => {
    const seen = reachable();
    for (const stage of stageNames) expect(seen).toContain(stage);
    for (const outcome of outcomes) if (outcome !== 'withdrawn') expect(seen).toContain(outcome);
  });

  it('leaves every stage by a verdict', () => {
    for (const stage of stageNames) expect(targets(stage).some((to) => to !== 'stay')).toBe(true);
  });
});

describe('the reference plan', () => {
  it('is sound and can be published', () => {
    expect(publishingFaults(developmentGrant)).toEqual([]);
  });

  it('is refused with every fault at once when it is broken in several places', () => {
    const broken = {
      ...developmentGrant,
      route: developmentGrant.route.filter((stage) => stage !== 'committee'),
      authority: developmentGrant.authority.slice(1),
      review: { ...developmentGrant.review, enoughScores: 9 },
    };
    expect(planFaults(broken).map(({ path }) => path)).toEqual([
      'route',
      'authority.up-to-5m',
      'review',
      'appeal.sendBackTo',
    ]);
  });

  it('fits into the input of a workflow with room to spare', () => {
    const mostOfAPayload = 16 * 1024;
    expect(Buffer.byteLength(JSON.stringify(developmentGrant))).toBeLessThan(0.75 * mostOfAPayload);
  });
});

describe('a request on the plain path', () => {
  it('goes from submission to closure and ends with nothing owed', () => {
    const told = journeyTo(undefined, calmPlan);
    expect(told.request().outcome).toBe('closed');
    expect(told.entries().map(({ seq }) => seq)).toEqual(told.entries().map((_, index) => index + 1));
    expect(told.request().tranches.map(({ state }) => state)).toEqual(Array(4).fill('confirmed'));
    expect(told.request().accountedMinor).toBe('60000000');
  });

  it('splits the award into tranches and retention without losing a piastre', () => {
    const { tranches, award } = journeyTo('implementation').request();
    const sum = tranches.reduce((total, tranche) => total + BigInt(tranche.amountMinor), 0n);
    expect(sum.toString()).toBe(award?.amountMinor);
    expect(tranches.at(-1)).toMatchObject({ purpose: 'retention', amountMinor: '6000000' });
  });
});
