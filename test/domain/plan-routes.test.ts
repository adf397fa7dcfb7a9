// Where a plan's route leads: every verdict and every silence of every stage, routes that do not hold, and the diagram people see.
import { describe, expect, it } from '@jest/globals';
import { lifecycleDiagram } from '../../domain/lifecycle-diagram.js';
import type { RouteStage, Stage } from '../../domain/lifecycle.js';
import { stageNames } from '../../domain/lifecycle.js';
import { reachedStages, routeChecks } from '../../domain/plan-check/route-faults.js';
import type { Routed } from '../../domain/plan-moves.js';
import { movesFrom, onRoute } from '../../domain/plan-moves.js';
import type { PlanSections } from '../../domain/plan-check/plan-fault.js';
import type { Plan } from '../../domain/plan.js';
import { awardStage, nextOnRoute, stageAfter } from '../../domain/plan.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { saidInBoth } from '../support/plan-faults.js';

const leads = (plan: Routed, stage: Stage): string =>
  movesFrom(plan, stage)
    .map(({ word, to }) => `${word} ${to ?? 'nowhere'}`)
    .join(', ');
const { route } = developmentGrant;
const beside = 'draft, correction, recovery';

describe('under the reference plan', () => {
  it.each([
    ['draft', 'submit screening'],
    ['screening', 'eligible regional-opinion, incomplete correction, ineligible appeal-window'],
    ['correction', 'resubmit screening, resubmit committee, silence lapsed'],
    ['regional-opinion', 'support technical-review, support-with-remarks technical-review, object technical-review, silence technical-review'],
    ['technical-review', 'scored committee'],
    ['committee', 'approve authority, defer committee, return correction, reject appeal-window'],
    ['authority', 'approve agreement, return committee, reject appeal-window'],
    ['agreement', 'sign agreement, countersign implementation, decline declined, silence lapsed'],
    ['appeal-window', 'appeal appeal, silence ineligible, silence rejected'],
    ['appeal', 'uphold ineligible, uphold rejected, send-back screening, send-back technical-review, send-back committee'],
    ['implementation', 'settled final-review'],
    ['final-review', 'settled closed, not-settled recovery'],
    ['recovery', 'recovered closed, written-off terminated'],
  ] as const)('%s leads to: %s', (stage, told) => {
    expect(leads(developmentGrant, stage)).toBe(told);
  }); // prettier-ignore

  it('every stage is on the way', () => {
    expect(reachedStages(developmentGrant)).toEqual(stageNames);
  });
});

describe('under the relief fast lane', () => {
  it.each([
    ['screening', 'eligible authority, incomplete correction, ineligible appeal-window'],
    ['correction', 'resubmit screening, silence lapsed'],
    ['authority', 'approve implementation, return screening, reject appeal-window'],
    ['appeal', 'uphold ineligible, uphold rejected, send-back screening'],
    ['implementation', 'settled final-review, recover recovery'],
    ['final-review', 'settled closed, not-settled recovery'],
  ] as const)('%s leads to: %s', (stage, told) => {
    expect(leads(reliefFastLane, stage)).toBe(told);
  });
});

describe('without appeals', () => {
  it.each([
    ['screening', 'eligible regional-opinion, incomplete correction, ineligible ineligible'],
    ['authority', 'approve agreement, return committee, reject rejected'],
    ['appeal', 'uphold ineligible, uphold rejected'],
  ] as const)('%s leads to: %s', (stage, told) => {
    expect(leads({ route }, stage)).toBe(told);
  });

  it('nobody comes to an appeal', () => {
    expect(reachedStages({ route })).toEqual(stageNames.filter((stage) => !stage.startsWith('appeal')));
    expect(stageNames.filter((stage) => !onRoute({ route }, stage))).toEqual(['appeal-window', 'appeal']);
    expect(stageNames.filter((stage) => onRoute({ route: [] }, stage)).join(', ')).toBe(beside);
  });
});

describe('the stage after one', () => {
  it('is the next that the route has, and the first for all that stand beside it', () => {
    const short: readonly RouteStage[] = ['screening', 'committee', 'final-review'];
    expect(nextOnRoute(short, 'screening')).toBe('committee');
    expect(nextOnRoute(short, 'technical-review')).toBe('committee');
    expect(nextOnRoute(short, 'final-review')).toBeNull();
    for (const stage of ['draft', 'correction', 'recovery', 'appeal'] as const)
      expect(nextOnRoute(short, stage)).toBe('screening');
  });

  it('has to be there when a request moves on', () => {
    expect(stageAfter(developmentGrant, 'committee')).toBe('authority');
    expect(() => stageAfter(developmentGrant, 'final-review')).toThrow(
      'the route of plan development-grant 2026-1 has nothing after final-review',
    );
  });

  it('that sets the award is the committee, unless the plan lets screening do it', () => {
    expect([awardStage({}), awardStage(developmentGrant), awardStage(reliefFastLane)]).toEqual([
      'committee',
      'committee',
      'screening',
    ]);
  });
});

const routeFaults = (change: PlanSections, plan: Plan = developmentGrant): string[] =>
  saidInBoth(routeChecks.flatMap((check) => check({ ...plan, ...change }))).map(({ path, en }) => `${path}: ${en}`);
const nowhere = (word: string): string => `the verdict ${word} leads nowhere: the route has nothing after this stage`;
const outOfOrder = 'route: the stages are out of order or named twice';
const notLast = 'route: the last stage has to be final-review';
const unfixed = 'route: money needs a stage that fixes tranches and reports: agreement';
const endless = 'no path from this stage ends';

type Broken = readonly [what: string, route: readonly RouteStage[], faults: readonly string[]];
const broken: readonly Broken[] = [
  ['whole and in order', route, []],
  ['without money', ['screening', 'final-review'], []],
  ['empty', [], [notLast, `route.draft: ${nowhere('submit')}`, `route.draft: ${endless}`]],
  ['out of order', ['committee', 'screening', 'agreement', 'implementation', 'final-review'], [outOfOrder]],
  ['with a stage twice', ['screening', 'committee', 'committee', 'agreement', 'implementation', 'final-review'], [outOfOrder]],
  ['out of order further on', ['screening', 'committee', 'implementation', 'agreement', 'final-review'], [outOfOrder, 'route.agreement: no request can reach this stage']],
  ['with a stage behind the last', ['final-review', 'committee'], [outOfOrder, notLast, 'route.committee: no request can reach this stage']],
  ['that stops at the committee', ['screening', 'committee'], [notLast, `route.committee: ${nowhere('approve')}`]],
  ['that pays without an award', ['screening', 'agreement', 'implementation', 'final-review'], ['route: money needs a stage that sets the award: committee']],
  ['that pays without an agreement', ['screening', 'committee', 'authority', 'implementation', 'final-review'], [unfixed]],
  ['on which nothing ends', ['regional-opinion', 'technical-review'], [
    notLast,
    `route.technical-review: ${nowhere('scored')}`,
    ...['draft', 'regional-opinion', 'technical-review'].map((stage) => `route.${stage}: ${endless}`),
  ]],
  ['on which silence leads nowhere either', ['regional-opinion'], [
    notLast,
    ...['support', 'support-with-remarks', 'object', 'silence'].map((word) => `route.regional-opinion: ${nowhere(word)}`),
    ...['draft', 'regional-opinion'].map((stage) => `route.${stage}: ${endless}`),
  ]],
]; // prettier-ignore

describe('a route', () => {
  it.each(broken)('%s has its faults named', (_what, changed, faults) => {
    expect(routeFaults({ route: changed })).toEqual(faults);
  });

  it('may go from the authority to money where screening sets the award, and only there', () => {
    expect(routeFaults({}, reliefFastLane)).toEqual([]);
    expect(routeFaults({ route: ['screening', 'implementation', 'final-review'] }, reliefFastLane)).toEqual([unfixed]);
    expect(routeFaults({ route: ['screening', 'agreement', 'implementation', 'final-review'] }, {
      ...reliefFastLane,
      stages: developmentGrant.stages,
    })).toEqual([]); // prettier-ignore
  });

  it('names the stage that is to set the award, in both languages', () => {
    const unawarded: readonly RouteStage[] = ['authority', 'implementation', 'final-review'];
    const said = (plan: Plan) => routeChecks.flatMap((check) => check({ ...plan, route: unawarded }))[0];
    expect(said(reliefFastLane)?.en).toBe('money needs a stage that sets the award: screening');
    expect(said(reliefFastLane)?.ar).toContain('الفحص');
    expect(said(developmentGrant)?.en).toBe('money needs a stage that sets the award: committee');
    expect(said(developmentGrant)?.ar).toContain('اللجنة');
  });
});

describe('a due time that is missing', () => {
  const without = (...names: readonly Stage[]): Plan['stages'] =>
    Object.fromEntries(Object.entries(developmentGrant.stages).filter(([name]) => !names.some((one) => one === name)));

  it('is told with the verdicts that lead there, in the order of the process', () => {
    const ways = 'what leads there: screening incomplete, committee return';
    expect(routeFaults({ stages: without('correction') })).toEqual([
      `stages.correction: the stage needs its due time; ${ways}`,
    ]);
    expect(routeFaults({ stages: without('committee') })).toEqual([
      'stages.committee: the stage needs its due time; what leads there: correction resubmit, technical-review scored, authority return, appeal send-back',
    ]);
    const [fault] = routeChecks.flatMap((check) => check({ ...developmentGrant, stages: without('appeal') }));
    expect(fault?.ar).toContain('appeal-window appeal');
  });

  it('is asked for each stage that is reached or on the route, never for the draft', () => {
    const needed = (changed: readonly RouteStage[]): string =>
      routeFaults({ route: changed, stages: {}, appeal: undefined })
        .filter((fault) => fault.startsWith('stages.'))
        .map((fault) => fault.slice('stages.'.length, fault.indexOf(':')))
        .join(' ');
    expect(needed(['screening', 'committee'])).toBe('screening correction committee');
    expect(needed(['final-review', 'committee'])).toBe('committee final-review recovery');
    expect(routeFaults({ stages: {} }).some((fault) => fault.startsWith('stages.draft'))).toBe(false);
  });
});

describe('the diagram of a plan', () => {
  it('draws every state with a name of its own, each arrow with its verdicts, and the endings', () => {
    expect(lifecycleDiagram(reliefFastLane).split('\n')).toEqual([
      'stateDiagram-v2',
      '  state "appeal-window" as appeal_window',
      '  state "final-review" as final_review',
      '  [*] --> draft',
      '  draft --> screening: submit',
      '  screening --> authority: eligible',
      '  screening --> correction: incomplete',
      '  screening --> appeal_window: ineligible',
      '  correction --> screening: resubmit',
      '  correction --> lapsed: silence',
      '  authority --> implementation: approve',
      '  authority --> screening: return',
      '  authority --> appeal_window: reject',
      '  appeal_window --> appeal: appeal',
      '  appeal_window --> ineligible: silence',
      '  appeal_window --> rejected: silence',
      '  appeal --> ineligible: uphold',
      '  appeal --> rejected: uphold',
      '  appeal --> screening: send-back',
      '  implementation --> final_review: settled',
      '  implementation --> recovery: recover',
      '  final_review --> closed: settled',
      '  final_review --> recovery: not-settled',
      '  recovery --> closed: recovered',
      '  recovery --> terminated: written-off',
      ...['closed', 'ineligible', 'rejected', 'lapsed', 'terminated'].map((ending) => `  ${ending} --> [*]`),
    ]);
  });

  it('puts all verdicts between two states on one arrow, and speaks the language of its reader', () => {
    const drawn = lifecycleDiagram({ route }, (code) => code.toUpperCase());
    expect(drawn).toContain(
      '  regional_opinion --> technical_review: SUPPORT / SUPPORT-WITH-REMARKS / OBJECT / SILENCE\n',
    );
    expect(drawn).toContain('  state "REGIONAL-OPINION" as regional_opinion\n');
    expect(drawn).toContain('  state "CLOSED" as closed\n');
    expect(drawn).not.toContain('appeal');
  });

  it('leaves out the arrows that an unsound route lacks', () => {
    const drawn = lifecycleDiagram({ route: ['screening', 'committee'] });
    expect(drawn).toContain('  committee --> rejected: reject');
    expect(drawn).not.toMatch(/committee --> \w+: approve|null/);
  });
});
