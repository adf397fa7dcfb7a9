// What differs between two versions of a form, field by field. Lines are matched by their code, so that an inserted or moved
// line does not make all the others look changed. Pure; knows no form in particular.

export type FormChange = {
  readonly section: string;
  /** Names joined by `/` (a slash inside a name is `~1`); empty when the whole section came or went. */
  readonly field: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before: unknown;
  readonly after: unknown;
};
type Fields = Readonly<Record<string, unknown>>;
type Place = { readonly section: string; readonly path: readonly string[] };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** An answer taken away with null counts as one that is not there. */
const present = (fields: Fields): Map<string, unknown> =>
  new Map(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

/** Lines by code; the second line with the same code is `code~~2`, which no escaped code can be. */
const linesOf = (value: unknown): Map<string, unknown> | null => {
  if (!Array.isArray(value)) return null;
  const lines = new Map<string, unknown>();
  for (const line of value as readonly unknown[]) {
    if (!isFields(line) || typeof line['code'] !== 'string') return null;
    const { code } = line;
    let place = 1;
    while (lines.has(nameOf(code, place))) place += 1;
    lines.set(nameOf(code, place), line);
  }
  return lines;
};
const nameOf = (code: string, place: number): string => (place === 1 ? escaped(code) : `${escaped(code)}~~${place}`);

/** Both sides as named parts, or null when the value is one answer. */
const partsOf = (before: unknown, after: unknown): [Map<string, unknown>, Map<string, unknown>] | null => {
  if (isFields(before) && isFields(after)) return [escapedNames(before), escapedNames(after)];
  const [was, is] = [linesOf(before), linesOf(after)];
  return was && is ? [was, is] : null;
};
const escapedNames = (fields: Fields): Map<string, unknown> =>
  new Map([...present(fields)].map(([name, value]) => [escaped(name), value]));

const same = (before: unknown, after: unknown): boolean => JSON.stringify(before) === JSON.stringify(after);

const compare = (before: unknown, after: unknown, { section, path }: Place): FormChange[] => {
  const parts = partsOf(before, after);
  if (parts === null)
    return same(before, after) ? [] : [{ section, field: path.join('/'), kind: 'changed', before, after }];
  const [was, is] = parts;
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((name): FormChange[] => {
    const place = { section, path: [...path, name] };
    const field = place.path.join('/');
    if (!was.has(name)) return [{ section, field, kind: 'added', before: null, after: is.get(name) }];
    if (!is.has(name)) return [{ section, field, kind: 'removed', before: was.get(name), after: null }];
    return compare(was.get(name), is.get(name), place);
  });
};

/** Every difference between two versions, in the order of section and field. */
export const formDiff = (before: Fields, after: Fields): FormChange[] => {
  const [was, is] = [present(before), present(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((section): FormChange[] => {
    if (!was.has(section)) return [{ section, field: '', kind: 'added', before: null, after: is.get(section) }];
    if (!is.has(section)) return [{ section, field: '', kind: 'removed', before: was.get(section), after: null }];
    return compare(was.get(section), is.get(section), { section, path: [] });
  });
};
