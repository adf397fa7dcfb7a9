// Sources of money: what binds each, and changing that. One person proposes new terms, another one decides.
import { z } from 'zod';
import type { SourceTerms } from '../../domain/money/funding-source.js';
import { rolesHeldAs } from '../../domain/actor.js';
import { keptFundingSource, keptFundingSources } from '../../persistence/funding-source.repository.js';
import { changeRegister } from '../../persistence/register.repository.js';
import type { Registered } from '../../persistence/register.repository.js';
import { decideTerms, proposeTerms } from '../../persistence/source-terms.repository.js';
import { moneyRoles, requireRole } from '../access.js';
import type { Answer, ChangingCall, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { Problem } from '../problem.js';
import { registerDraftOf, registered } from '../register-call.js';
import { governorate, id, instant, text, version } from '../schemas/text.schema.js';
import { fundingSourceView, fundingSourceViewOf } from '../views/funding-source.view.js';

const readers = [...moneyRoles, 'approver'] as const;
const tag = 'ledger';

const listing = (): Endpoint =>
  signedInEndpoint(
    {
      operationId: 'listFundingSources',
      ...{ method: 'get', path: '/funding-sources', tag, roles: [], success: 200 },
      ...{ params: nothing, query: nothing, body: nothing },
      problems: ['notSignedIn'],
      summary: { ar: 'مصادر التمويل وقيودها', en: 'Sources of money and what binds them' },
      response: z.object({ items: z.array(fundingSourceView) }),
    },
    async (_input, { caller }): Promise<Answer> => {
      const showsProposals = rolesHeldAs(caller, readers).length > 0;
      const items = (await keptFundingSources()).map((source) => fundingSourceViewOf(source, showsProposals));
      return { status: 200, body: { items } };
    },
  );

const params = z.strictObject({ code: id });
const reason = text(500);
const most = { programmes: 100, sectors: 50, governorates: 27 } as const;

/** A list that is not sent binds nothing; an empty one would forbid everything and is taken for a mistake. */
const terms = z
  .strictObject({
    programmes: z.array(id).min(1).max(most.programmes).exactOptional(),
    sectors: z.array(id).min(1).max(most.sectors).exactOptional(),
    governorates: z.array(governorate).min(1).max(most.governorates).exactOptional(),
    from: instant.exactOptional(),
    until: instant.exactOptional(),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || Date.parse(from) < Date.parse(until), {
    error: 'ends before it begins',
    path: ['until'],
  })
  .meta({ id: 'SourceTerms', description: 'All terms of the source; one that is left out no longer binds' });

const termsFrom = ({ from, until, ...lists }: z.output<typeof terms>): SourceTerms => ({
  ...lists,
  ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
  ...(until === undefined ? {} : { untilMs: Date.parse(until) }),
});

const subjectOf = (code: string) => ({ kind: 'funding-source', id: code }) as const;
const answer = z.object({ code: id, version });
const problems = [
  ...(['invalidInput', 'idempotencyKeyMissing', 'notSignedIn', 'notYourRole', 'notFound'] as const),
  ...(['staleVersion', 'alreadyActed', 'keyInProgress', 'keyReusedWithOtherContent', 'unavailable'] as const),
] as const;
const change = {
  method: 'post',
  tag,
  success: 200,
  keys: 'a-while',
  response: answer,
  params,
  query: nothing,
  subject: ({ code }: z.output<typeof params>) => subjectOf(code),
} as const;

const answered = (code: string, outcome: Registered): Answer => ({
  status: 200,
  body: { code, version: registered(outcome) },
});

const sourceOr404 = async (code: string): Promise<void> => {
  if ((await keptFundingSource(code)) === null) throw new Problem('notFound');
};

const proposing = (): Endpoint =>
  changeEndpoint(
    {
      ...change,
      operationId: 'proposeSourceTerms',
      path: '/funding-sources/{code}/terms',
      roles: ['financeOfficer'],
      summary: { ar: 'اقتراح قيود جديدة لمصدر تمويل', en: 'Propose new terms of a source of money' },
      problems: [...problems, 'conditionsNotMet'],
      body: z.strictObject({ expectedVersion: version, terms, reason }),
      examples: {
        ar: {
          ...{ expectedVersion: 0, terms: { programmes: ['relief'], governorates: ['EG-C', 'EG-GZ'] } },
          reason: 'خطاب المانح.',
        },
        en: {
          ...{ expectedVersion: 0, terms: { programmes: ['relief'], governorates: ['EG-C', 'EG-GZ'] } },
          reason: 'Letter of the donor.',
        },
      },
    },
    async ({ params: { code }, body: { expectedVersion, terms: wanted, reason: because } }, call) => {
      requireRole(call.caller, ['financeOfficer']);
      await sourceOr404(code);
      const asked = { code, expectedVersion, terms: termsFrom(wanted), by: call.caller, at: new Date() };
      const draft = registerDraftOf(call, 'proposeSourceTerms', because);
      return answered(
        code,
        await changeRegister(subjectOf(code), draft, (session, next) => proposeTerms(session, next, asked)),
      );
    },
  );

const verdicts = { approveSourceTerms: 'approved', rejectSourceTerms: 'rejected' } as const;
type Decision = { readonly code: string; readonly expectedVersion: number; readonly reason?: string };

const decide = async (command: keyof typeof verdicts, decision: Decision, call: ChangingCall): Promise<Answer> => {
  const { code, expectedVersion, reason: because } = decision;
  requireRole(call.caller, ['approver']);
  await sourceOr404(code);
  const asked = { code, expectedVersion, verdict: verdicts[command], by: call.caller };
  const draft = registerDraftOf(call, command, because);
  return answered(
    code,
    await changeRegister(subjectOf(code), draft, (session, next) => decideTerms(session, next, asked)),
  );
};

const deciding = (
  command: keyof typeof verdicts,
  path: 'approval' | 'rejection',
  summary: { readonly ar: string; readonly en: string },
): Endpoint =>
  changeEndpoint(
    {
      ...{
        ...change,
        operationId: command,
        path: `/funding-sources/{code}/terms/${path}`,
        roles: ['approver'],
        summary,
      },
      problems: [...problems, 'dutyConflict'],
      body: z.strictObject({ expectedVersion: version, reason: reason.exactOptional() }),
      examples: { ar: { expectedVersion: 1 }, en: { expectedVersion: 1 } },
    },
    ({ params: { code }, body }, call) => decide(command, { ...body, code }, call),
  );

export const fundingSourceRoutes = (): Endpoint[] => [
  listing(),
  proposing(),
  deciding('approveSourceTerms', 'approval', { ar: 'اعتماد القيود الجديدة', en: 'Approve new terms of a source' }),
  deciding('rejectSourceTerms', 'rejection', { ar: 'رفض القيود المقترحة', en: 'Reject proposed terms of a source' }),
];
