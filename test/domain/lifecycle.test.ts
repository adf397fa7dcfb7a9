// The stage table and the reference plan: sound as data, and the plain path from submission to closure.
import { describe, expect, it } from '@jest/globals';
import { planFaults, publishingFaults } from '../../domain/plan-check/plan-faults.js';
import { stageAfter } from '../../domain/plan.js';
import type { Phase, Stage } from '../../domain/lifecycle.js';
import {
  allowsOverlay,
  appealableOutcomes,
  edges,
  outcomes,
  phaseOf,
  phases,
  routeOrder,
  stageNames,
  stages,
  statusOf,
} from '../../domain/lifecycle.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { awaitedRoles } from '../../domain/task.js';
import { atStage } from '../support/at-stage.js';
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

/** lifecycle.md §2: phase and people of each stage, in process order. */
const rows: readonly (readonly [Stage, Phase, string])[] = [
  ['draft', 'submission', 'signatory'],
  ['screening', 'review', 'screeningOfficer'],
  ['correction', 'review', 'signatory'],
  ['regional-opinion', 'review', 'directorateOfficer'],
  ['technical-review', 'review', 'reviewer'],
  ['committee', 'approval', 'committeeSecretary committeeMember committeeChair'],
  ['authority', 'approval', 'approver'],
  ['agreement', 'approval', 'signatory fundSignatory'],
  ['appeal-window', 'approval', 'signatory'],
  ['appeal', 'approval', 'approver'],
  ['implementation', 'disbursement', 'signatory financeOfficer paymentReleaser monitoringOfficer'],
  ['final-review', 'closure', 'monitoringOfficer financeOfficer'],
  ['recovery', 'closure', 'financeOfficer approver'],
];

describe('the stage table', () => {
  it.each(rows)('has %s in the phase %s, where it waits for %s', (stage, phase, people) => {
    expect(phaseOf(stage)).toBe(phase);
    expect(awaitedRoles(atStage(stage)).join(' ')).toBe(people);
  });

  it('names every stage, phase and outcome once, in process order', () => {
    expect(stageNames).toEqual(rows.map(([stage]) => stage));
    expect(phases).toEqual([...new Set(rows.map(([, phase]) => phase))]);
    expect(outcomes.join(' ')).toBe('closed ineligible rejected withdrawn declined lapsed terminated');
    expect(appealableOutcomes).toEqual(['ineligible', 'rejected']);
  });

  it('has those stages on a route that the applicant does not have to be called to, in process order', () => {
    const called: readonly Stage[] = ['draft', 'correction', 'appeal-window', 'appeal', 'recovery'];
    expect(routeOrder).toEqual(stageNames.filter((stage) => !called.includes(stage)));
  });

  it.each([
    ['withdraw', 'screening correction regional-opinion technical-review committee authority agreement implementation'],
    [
      'suspend',
      'screening correction regional-opinion technical-review committee authority agreement appeal-window appeal implementation final-review',
    ],
    ['terminate', 'implementation final-review'],
  ] as const)('lets people %s from suitable stages only', (overlay, allowed) => {
    expect(stageNames.filter((stage) => allowsOverlay(stage, overlay)).join(' ')).toBe(allowed);
  });

  it('lets nothing be laid over a draft and a recovery', () => {
    expect(stageNames.filter((stage) => stages[stage].overlays.length === 0)).toEqual(['draft', 'recovery']);
  });

  it.each<[Stage, string]>([
    ['draft', 'submit → next'],
    ['screening', 'eligible → next, incomplete → correction, ineligible → ineligible'],
    ['correction', 'resubmit → back'],
    ['regional-opinion', 'support → next, support-with-remarks → next, object → next'],
    ['technical-review', 'scored → next'],
    ['committee', 'approve → next, defer → stay, return → correction, reject → rejected'],
    ['authority', 'approve → next, return → committee, reject → rejected'],
    ['agreement', 'sign → stay, countersign → next, decline → declined'],
    ['appeal-window', 'appeal → appeal'],
    ['appeal', 'uphold → standing, send-back → sent-back'],
    ['implementation', 'settled → next'],
    ['final-review', 'settled → closed, not-settled → recovery'],
    ['recovery', 'recovered → closed, written-off → terminated'],
  ])('leads on from %s by %s', (stage, verdicts) => {
    const found = edges.filter(({ from }) => from === stage).map(({ verdict, to }) => `${verdict} → ${to}`);
    expect(found.join(', ')).toBe(verdicts);
  });

  it.each([
    ['lapsed', 'draft correction agreement'],
    ['next', 'regional-opinion'],
    ['standing', 'appeal-window'],
    ['escalate', 'screening technical-review committee authority appeal implementation final-review recovery'],
  ])('answers silence by %s at these stages and no other', (silence, silent) => {
    expect(stageNames.filter((stage) => stages[stage].silence === silence).join(' ')).toBe(silent);
  });
});

describe('the status that people see', () => {
  const position = { stage: 'screening' } as const;
  it.each([
    ['where the request is', { position, outcome: null, suspension: null }, 'screening'],
    ['that it is suspended', { position, outcome: null, suspension: {} }, 'suspended'],
    ['how it ended, before anything else', { position, outcome: 'terminated', suspension: {} }, 'terminated'],
  ] as const)('says %s', (_what, request, status) => {
    expect(statusOf(request)).toBe(status);
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
