// Which fields a correction changed, by name alone: what stood in them stays in the snapshots and never enters history.
import type { ChangedField } from '../domain/command.js';
import type { FormChange } from '../domain/review/form-diff.js';
import { formDiff } from '../domain/review/form-diff.js';
import type { RequestRecord } from '../persistence/request.reads.js';
import { snapshotById } from '../persistence/snapshot.repository.js';
import { sha256 } from '../platform/hashing.js';

/** A code of a budget line is written by people and could be a sentence; then a hash stands for it. */
const namePattern = /^[A-Za-z0-9_.~-]{1,64}$/;
const nameOf = (part: string): string => (namePattern.test(part) ? part : `sha256-${sha256(part).slice(0, 16)}`);

const most = 300;

const named = ({ section, field, kind }: FormChange): ChangedField => ({
  section,
  field: field === '' ? '' : field.split('/').map(nameOf).join('/'),
  kind,
});

/** So many changes are a new form: then the sections alone say enough. */
export const namesOf = (changes: readonly FormChange[]): ChangedField[] => {
  if (changes.length <= most) return changes.map(named);
  const sections = [...new Set(changes.map(({ section }) => section))];
  return sections.map((section) => ({ section, field: '', kind: 'changed' }));
};

/** A read model that is behind may still hold an older form: then no fields are named, and the rules count whole sections. */
export const changedFieldsOf = async (
  record: RequestRecord | null,
  seenVersion: number,
  form: Readonly<Record<string, unknown>>,
): Promise<{ readonly changedFields?: readonly ChangedField[] }> => {
  const file = record !== null && record.version >= seenVersion ? record.state.file : null;
  const before = file ? await snapshotById(file.snapshot.id) : null;
  return before ? { changedFields: namesOf(formDiff(before.sections, form)) } : {};
};
