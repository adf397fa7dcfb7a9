// Appeal: the signatory asks for another look at a decision against the request; a panel that had no part in it decides, once.
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { AppealCase, GrantRequest } from '../grant-request.js';
import type { RouteStage, Stage } from '../lifecycle.js';
import { routeOrder } from '../lifecycle.js';
import { ending, enterStage } from '../move.js';
import type { AppealPlan } from '../plan.js';
import { isUnreasoned } from '../reason.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';

const placeOf = (stage: Stage): number => routeOrder.findIndex((name) => name === stage);

/** The window closes at its instant, whether or not its timer has struck yet. */
export const decideFiling = (
  command: PersonCommand<'fileAppeal'>,
  context: Context,
  windowEndsAtMs: number,
): Decision => {
  if (context.nowMs >= windowEndsAtMs) return refuse('appealWindowClosed');
  if (isUnreasoned(command)) return refuse('conditionsNotMet', 'grounds-missing', 'reason');
  return happened({ kind: 'appealFiled' }, enterStage('appeal', context));
};

/** Never past the stage that decided: what came after it has not been judged by anybody. */
const stagesToSendBackTo = ({ sendBackTo }: AppealPlan, { at }: AppealCase): RouteStage[] =>
  sendBackTo.filter((stage) => placeOf(stage) <= placeOf(at));

type Judgement = AppealCase['judgements'][number];

const judgementFault = (
  appeal: AppealCase,
  command: PersonCommand<'decideAppeal'>,
  plan: AppealPlan,
): { refusal: Refusal } | null => {
  const { verdict, toStage } = command.body;
  const { level } = plan.panel;
  if (!command.by.roles.some((held) => held.role === 'approver' && held.level === level))
    return refuse('notYourRole', 'panel-level', level);
  if (appeal.judgements.some(({ personId }) => personId === command.by.personId))
    return refuse('alreadyActed', 'appeal-judged');
  if (isUnreasoned(command)) return refuse('conditionsNotMet', 'reason-missing');
  if (verdict === 'uphold') return toStage === undefined ? null : refuse('conditionsNotMet', 'uphold-names-no-stage');
  const open = stagesToSendBackTo(plan, appeal);
  return open.some((stage) => stage === toStage) ? null : refuse('conditionsNotMet', 'send-back-to', open.join(' '));
};

/** Where most of the panel wants to send it; of several stages the earliest, so that nobody's doubt is passed over. */
const earliest = (judgements: readonly Judgement[]): Stage | null =>
  routeOrder.find((stage) => judgements.some(({ toStage }) => toStage === stage)) ?? null;

export const decideAppeal = (
  request: GrantRequest,
  command: PersonCommand<'decideAppeal'>,
  context: Context,
): Decision => {
  const { appeal } = request;
  const { plan } = context;
  if (appeal === undefined || plan.appeal === undefined) return refuse('notThisStage', 'no-appeal');
  const fault = judgementFault(appeal, command, plan.appeal);
  if (fault) return fault;
  const { verdict, toStage = null } = command.body;
  const judged: RequestEvent = { kind: 'appealJudged', personId: command.by.personId, verdict, toStage };
  const agreeing = [...appeal.judgements, judged].filter((judgement) => judgement.verdict === verdict);
  if (agreeing.length * 2 <= plan.appeal.panel.people) return happened(judged);
  const stage = earliest(agreeing);
  return happened(
    judged,
    { kind: 'appealDecided', verdict, toStage: stage },
    stage === null ? ending(appeal.standing) : enterStage(stage, context),
  );
};

/** What was judged at the stage it goes back to, and after it, no longer counts; the entries keep it. */
const judgedAgain = (request: GrantRequest, from: Stage): GrantRequest => ({
  ...request,
  ...(placeOf(from) <= placeOf('screening') ? { screening: null } : {}),
  ...(placeOf(from) <= placeOf('regional-opinion') ? { opinions: {} } : {}),
  ...(placeOf(from) <= placeOf('technical-review')
    ? { review: { wanted: 0, widened: false, assigned: [], declared: [], scores: [] } }
    : {}),
  ...(placeOf(from) <= placeOf('committee') ? { authority: null } : {}),
});

const withAppeal = (request: GrantRequest, change: (appeal: AppealCase) => AppealCase): GrantRequest =>
  request.appeal ? { ...request, appeal: change(request.appeal) } : request;

export const appealFolds: Folds<'appealOpened' | 'appealFiled' | 'appealJudged' | 'appealDecided'> = {
  appealOpened: (request, { standing, at }) => ({
    ...request,
    appeal: { standing, at, verdict: null, judgements: [] },
  }),
  appealFiled: (request) => request,
  appealJudged: (request, { personId, verdict, toStage }) =>
    withAppeal(request, (appeal) => ({
      ...appeal,
      judgements: [...appeal.judgements, { personId, verdict, toStage }],
    })),
  appealDecided: (request, { verdict, toStage }) => {
    const decided = withAppeal(request, (appeal) => ({ ...appeal, verdict }));
    return toStage === null ? decided : judgedAgain(decided, toStage);
  },
};
