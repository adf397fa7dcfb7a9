// The authority matrix for people: what an award will need, before anybody decides; and asking the matrix again for the administrator.
import { z } from 'zod';
import type { MatrixAnswer } from '../../domain/approval/authority-matrix.js';
import { planByHash } from '../../persistence/plan-version.model.js';
import { peopleByLevelAt } from '../../persistence/person.repository.js';
import { requestById } from '../../persistence/request.reads.js';
import { authorityPreviewOf } from '../authority-preview.js';
import { commandEndpoint, requestParams } from '../command-endpoint.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { signedInEndpoint } from '../endpoint.js';
import { commandExamples } from '../examples.js';
import { Problem } from '../problem.js';
import { aboutRequests, privately, readable, requestSubject } from '../request-reading.js';
import { bare } from '../schemas/command.schema.js';
import { amountMinor, egp, id, instant, money, sha256 } from '../schemas/text.schema.js';

const text = z.string();
const preview = z
  .object({
    requestId: id,
    planHash: sha256,
    planVersion: text,
    amount: money,
    basis: money.meta({ description: 'The amount together with all awards that count' }),
    counted: z.array(z.object({ requestId: id, amount: money, at: instant })).meta({
      description: 'Awards of this NGO by this programme within twelve months',
    }),
    row: text.nullable(),
    rule: text.nullable().meta({ description: 'Why the matrix names nobody, when it does not' }),
    levels: z.array(z.object({ level: text, people: z.int(), available: z.int() })),
  })
  .meta({ id: 'AuthorityPreview' });

const levelsOf = ({ row }: MatrixAnswer, available: Readonly<Record<string, number>>) =>
  (row?.levels ?? []).map(({ level, people }) => ({ level, people, available: available[level] ?? 0 }));

const read = async (requestId: string, amount: string | undefined, call: Parameters<typeof readable>[1]) => {
  const { record, audience } = readable(await requestById(requestId), call);
  // Who will approve is the Fund's own business until somebody has.
  if (audience === 'ngo') throw new Problem('notYourRole');
  const plan = await planByHash(record.planHash);
  const found = await authorityPreviewOf(record, plan, amount, new Date());
  const body: z.output<typeof preview> = {
    requestId,
    planHash: record.planHash,
    planVersion: plan.version,
    amount: egp(found.amountMinor),
    basis: egp(found.answer.basisMinor),
    counted: found.counted.map((award) => ({
      ...{ requestId: award.requestId, amount: egp(award.amountMinor), at: award.at.toISOString() },
    })),
    row: found.answer.row?.row ?? null,
    rule: found.answer.rule ?? null,
    levels: levelsOf(found.answer, found.peopleByLevel),
  };
  return { status: 200, body, headers: privately } satisfies Answer;
};

export const authorityRoutes = (deps: RouteDeps): Endpoint[] => [
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'previewAuthority',
      path: '/requests/{requestId}/authority-preview',
      summary: {
        ar: 'من سيلزم اعتماده لمنحة بهذا المبلغ',
        en: 'Whose approval an award of an amount will need, and why',
      },
      problems: ['notSignedIn', 'notYourRole', 'notFound', 'invalidInput'],
      response: preview,
      params: requestParams,
      query: z.strictObject({ amountMinor: amountMinor.exactOptional() }),
      subject: requestSubject,
    },
    ({ params: { requestId }, query }, call) => read(requestId, query.amountMinor, call),
  ),
  commandEndpoint(deps, {
    kind: 'resolveAuthority',
    path: '/authority-resolution',
    summary: {
      ar: 'إعادة الرجوع إلى جدول الصلاحيات',
      en: 'Ask the authority matrix again, once it or its people were mended',
    },
    params: requestParams,
    body: bare,
    problems: ['authorityUnresolved', 'alreadyActed'],
    examples: commandExamples.resolveAuthority,
    make: async () => ({ peopleByLevel: await peopleByLevelAt(new Date()) }),
  }),
];
