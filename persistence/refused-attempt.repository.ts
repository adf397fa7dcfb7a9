// Appending refused attempts without gaps, and reading them for auditors.
import { isDuplicateKey } from './duplicate-key.js';
import type { AttemptSubject, RefusedAttemptDocument } from './refused-attempt.model.js';
import { refusedAttemptCollection } from './refused-attempt.model.js';

const lastSeq = async ({ kind, id }: AttemptSubject): Promise<number> => {
  const last = await refusedAttemptCollection().findOne(
    { subjectKind: kind, subjectId: id },
    { sort: { seq: -1 }, projection: { seq: 1 } },
  );
  return last?.seq ?? 0;
};

export type NewAttempt = Omit<RefusedAttemptDocument, 'subjectKind' | 'subjectId' | 'seq'>;

/** Others may append at the same moment; the unique index says so, and the next number is tried. */
const mostTries = 50;

export const recordAttempt = async (subject: AttemptSubject, attempt: NewAttempt): Promise<number> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const seq = (await lastSeq(subject)) + 1;
    try {
      await refusedAttemptCollection().insertOne({ subjectKind: subject.kind, subjectId: subject.id, seq, ...attempt });
      return seq;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
  throw new Error(`no free number for a refused attempt on ${subject.kind} ${subject.id} after ${mostTries} tries`);
};

export const attemptsOn = (
  { kind, id }: AttemptSubject,
  page: { readonly afterSeq: number; readonly limit: number },
): Promise<RefusedAttemptDocument[]> =>
  refusedAttemptCollection()
    .find({ subjectKind: kind, subjectId: id, seq: { $gt: page.afterSeq } })
    .sort({ seq: 1 })
    .limit(page.limit)
    .toArray();
