// A request at each stage, the plain way where there is one; made once, for tests that ask many questions of the same states.
import type { GrantRequest } from '../../domain/grant-request.js';
import type { Stage } from '../../domain/lifecycle.js';
import type { Journey } from './journey.js';
import { acceptReport, journey, journeyTo, payTranche } from './journey.js';
import { metChecklist } from './journey.js';
import { people } from './people.js';
import { appealingPlan, calmPlan } from './plans.js';

const toCorrection = (): Journey =>
  journeyTo('screening').act(people.hana, 'recordScreening', {
    verdict: 'incomplete',
    checklist: metChecklist(calmPlan),
    points: [{ section: 'budget', note: 'sums' }],
    reasonCodes: [],
  });

/** Half of the money spent and reported, then terminated by the last authority: the rest has to come back. */
const toRecovery = (): Journey => {
  const told = journeyTo('implementation');
  payTranche(told, 1);
  acceptReport(told, 1, '10000000');
  return told.act(people.deputy, 'terminate', {}, { reason: 'the project was given up' });
};

/** Found ineligible under a plan that gives time for an appeal. */
const toAppealWindow = (): Journey =>
  journeyTo('screening', appealingPlan).act(people.hana, 'recordScreening', {
    verdict: 'ineligible',
    checklist: metChecklist(appealingPlan),
    points: [],
    reasonCodes: ['outside-the-statute'],
  });

const make = (stage: Stage): Journey => {
  if (stage === 'draft') return journey();
  if (stage === 'appeal-window') return toAppealWindow();
  if (stage === 'appeal')
    return toAppealWindow().act(people.samira, 'fileAppeal', {}, { reason: 'the statute covers it' });
  if (stage === 'correction') return toCorrection();
  return stage === 'recovery' ? toRecovery() : journeyTo(stage);
};

const made = new Map<Stage, GrantRequest>();
export const atStage = (stage: Stage): GrantRequest => {
  const known = made.get(stage) ?? make(stage).request();
  if (known.position.stage !== stage) throw new Error(`wanted ${stage}, came to ${known.position.stage}`);
  made.set(stage, known);
  return known;
};
