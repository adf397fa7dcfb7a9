// The versions of a request's form: who handed in what when, what had been asked and answered, and what differs, with its text.
import { z } from 'zod';
import type { CorrectionPoint } from '../../domain/command.js';
import { formDiff } from '../../domain/review/form-diff.js';
import type { RequestVersion } from '../../persistence/request-version.reads.js';
import { versionsOf } from '../../persistence/request-version.reads.js';
import { requestById } from '../../persistence/request.reads.js';
import { snapshotById } from '../../persistence/snapshot.repository.js';
import { requestParams } from '../command-endpoint.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { Problem } from '../problem.js';
import { aboutRequests, privately, readable, requestSubject } from '../request-reading.js';
import { id, instant, sha256 } from '../schemas/text.schema.js';

const text = z.string();
const kind = z.enum(['added', 'removed', 'changed']);
const point = z.object({
  section: text,
  field: text.nullable(),
  item: text.nullable(),
  asked: text,
  answered: text.nullable(),
});
const version = z.object({
  number: z.int(),
  seq: z.int().meta({ description: 'The entry of the timeline that handed it in' }),
  at: instant,
  by: z.object({ personId: id, name: text }),
  sha256,
  points: z.array(point),
  changedSections: z.array(text),
  changedFields: z.array(z.object({ section: text, field: text, kind })).nullable(),
  voided: z
    .object({
      checklistItems: z.array(text),
      criteria: z.array(text).nullable().meta({ description: 'Not shown to the NGO' }),
      governorates: z.array(text),
      because: z.array(text),
    })
    .nullable(),
});
const change = z.object({ section: text, field: text, kind, before: z.unknown(), after: z.unknown() });

type Point = z.output<typeof point>;

const fits = (asked: CorrectionPoint, answer: CorrectionPoint): boolean =>
  answer.section === asked.section &&
  (asked.item === undefined || answer.item === asked.item) &&
  (asked.field === undefined || answer.field === asked.field);

/** What was asked beside what was answered. */
const pointsOf = ({ asked, handedIn }: RequestVersion): Point[] => {
  const answers = handedIn.kind === 'requestResubmitted' ? handedIn.answers : [];
  return asked.map(({ section, field = null, item = null, note }, index) => ({
    ...{ section, field, item },
    asked: note,
    answered: answers.find((answer) => asked[index] !== undefined && fits(asked[index], answer))?.note ?? null,
  }));
};

const viewOf = (of: RequestVersion, forNgo: boolean): z.output<typeof version> => {
  const { number, seq, atMs, by, handedIn, voided } = of;
  const again = handedIn.kind === 'requestResubmitted' ? handedIn : null;
  return {
    ...{ number, seq, at: new Date(atMs).toISOString() },
    by: { personId: by.personId, name: by.name },
    sha256: handedIn.file.snapshot.sha256,
    points: pointsOf(of),
    changedSections: [...(again?.changedSections ?? [])],
    changedFields: again?.changedFields ? again.changedFields.map((field) => ({ ...field })) : null,
    voided: voided
      ? {
          checklistItems: [...voided.checklistItems],
          criteria: forNgo ? null : [...voided.criteria],
          governorates: [...voided.governorates],
          because: [...voided.because],
        }
      : null,
  };
};

const listing = (): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'listRequestVersions',
      path: '/requests/{requestId}/versions',
      summary: { ar: 'نسخ الطلب وما طُلب استيفاؤه', en: 'The versions of the form, with what was asked and answered' },
      problems: ['notSignedIn', 'notFound'],
      response: z.object({ requestId: id, items: z.array(version) }),
      params: requestParams,
      query: nothing,
      subject: requestSubject,
    },
    async ({ params }, call): Promise<Answer> => {
      const { record, audience } = readable(await requestById(params.requestId), call);
      const items = (await versionsOf(record._id)).map((of) => viewOf(of, audience === 'ngo'));
      return { status: 200, body: { requestId: record._id, items }, headers: privately };
    },
  );

const sectionsOf = async ({ handedIn }: RequestVersion) => {
  const snapshot = await snapshotById(handedIn.file.snapshot.id);
  if (snapshot === null) throw new Error(`no snapshot ${handedIn.file.snapshot.id}`);
  return snapshot.sections;
};

const differing = (): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'readRequestVersionDiff',
      path: '/requests/{requestId}/versions/{number}/diff',
      summary: { ar: 'ما تغيّر عن النسخة السابقة', en: 'What differs from the version before, field by field' },
      problems: ['notSignedIn', 'notFound'],
      response: z.object({ requestId: id, number: z.int(), points: z.array(point), items: z.array(change) }),
      params: requestParams.extend({ number: z.coerce.number().int().min(2).max(1_000) }),
      query: nothing,
      subject: requestSubject,
    },
    async ({ params: { requestId, number } }, call): Promise<Answer> => {
      const { record } = readable(await requestById(requestId), call);
      const versions = await versionsOf(record._id);
      const [before, after] = [versions[number - 2], versions[number - 1]];
      if (before === undefined || after === undefined) throw new Problem('notFound');
      const items = formDiff(await sectionsOf(before), await sectionsOf(after));
      return {
        status: 200,
        body: { requestId: record._id, number, points: pointsOf(after), items },
        headers: privately,
      };
    },
  );

export const requestVersionRoutes = (): Endpoint[] => [listing(), differing()];
