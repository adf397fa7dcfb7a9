// The campaign's report for people.
import { table } from '../../cli/output.js';
import type { BugResult } from './bugs/run-bugs.js';
import type { ChaosReport } from './report.js';
import { recognised, steps } from './vocabulary.js';

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

const mostDetails = 40;

const faultLines = ({ faults }: ChaosReport): string[] => [
  `Faults: ${faults.done} of ${faults.scheduled} that were put in place (${listed(faults.byKind)})`,
  `  where: ${listed(faults.byPlace)}`,
  '',
  table(
    [{ title: 'Between effect and acknowledgement' }, { title: 'Faults', align: 'end' }, { title: 'What that means' }],
    steps.map((step) => [step, String(faults.betweenEffectAndAcknowledgement[step] ?? 0), recognised[step].meaning]),
  ),
];

const recoveryLines = ({ recoveryMs }: ChaosReport): string[] =>
  recoveryMs.length === 0
    ? []
    : [
        '',
        table(
          [
            { title: 'Restarted' },
            { title: 'Times', align: 'end' },
            { title: 'p50 ms', align: 'end' },
            { title: 'longest ms', align: 'end' },
          ],
          recoveryMs.map(({ part, count, p50, most }) => [part, ...[count, p50, most].map(String)]),
        ),
      ];

const verdictLines = (report: ChaosReport): string[] => [
  '',
  `Lost decisions ${report.lostDecisions} · double payments ${report.doublePayments} · unapproved payments ${report.unapprovedPayments} · piastres of imbalance ${report.imbalanceMinor} · stuck requests ${report.stuckRequests} · repeated calls answered otherwise ${report.answeredOtherwise} · refusals not in the audit ${report.refusalsNotNoted} · broken audit chains ${report.brokenChains} · findings of verify ${report.verifyFindings ?? 'not run (no such command in this build)'}`,
  ...report.details.slice(0, mostDetails).map((text) => `  ${text}`),
  ...(report.details.length > mostDetails ? [`  … and ${report.details.length - mostDetails} more (see --json)`] : []),
  '',
  'Was the run worth something?',
  ...report.thresholds.map(
    ({ what, least, seen, met }) => `  ${met ? 'yes' : 'NO '}  ${what}: ${seen}, at least ${least}`,
  ),
];

export const bugsText = (bugs: readonly BugResult[]): string =>
  table(
    [{ title: 'Seeded bug' }, { title: 'Caught by' }, { title: 's', align: 'end' }],
    bugs.map(({ name, caughtBy, seconds }) => [name, caughtBy ?? 'NOTHING: the run is void', seconds.toFixed(1)]),
  );

export const reportText = (report: ChaosReport): string =>
  [
    `${report.lifecycles} lifecycles in ${report.seconds} s (${listed(report.outcomes)})`,
    `Decisions acknowledged: ${report.acknowledged}; legal calls answered with success: ${report.legalCalls.acknowledged} of ${report.legalCalls.made} (${report.legalCalls.share}); sent again with the same key: ${report.repeats}`,
    ...faultLines(report),
    ...recoveryLines(report),
    ...verdictLines(report),
    ...(report.bugs === null ? [] : ['', bugsText(report.bugs)]),
    '',
    `${report.passed ? 'Passed' : 'FAILED'}. Commit ${report.commit}; again: ${report.replay}`,
  ].join('\n');
