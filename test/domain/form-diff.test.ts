// The difference of two forms: complete, minimal, and not fooled by lines that only moved.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FormChange } from '../../domain/review/form-diff.js';
import { formDiff } from '../../domain/review/form-diff.js';

type Line = { readonly code: string; readonly titleAr: string; readonly quantity: number };
type Form = {
  readonly project: {
    readonly titleAr: string;
    readonly governorates: readonly string[];
    readonly localityAr?: string;
  };
  readonly budget: { readonly lines: readonly Line[] };
};

const line = (code: string, quantity = 1): Line => ({ code, titleAr: `بند ${code}`, quantity });
const form = (lines: readonly Line[], project: Partial<Form['project']> = {}): Form => ({
  project: { titleAr: 'حضانة', governorates: ['EG-C'], ...project },
  budget: { lines },
});
const namesOf = (changes: readonly FormChange[]): string[] =>
  changes.map(({ section, field, kind }) => `${kind} ${section}/${field}`);

describe('the difference of two forms', () => {
  it('names each field with what stood there before and after', () => {
    const changes = formDiff(
      form([line('a', 1), line('b')]),
      form([line('a', 2), line('b')], { titleAr: 'حضانة دامجة' }),
    );
    expect(changes).toEqual([
      { section: 'budget', field: 'lines/a/quantity', kind: 'changed', before: 1, after: 2 },
      { section: 'project', field: 'titleAr', kind: 'changed', before: 'حضانة', after: 'حضانة دامجة' },
    ]);
  });

  it('matches lines by code: an inserted one does not make the others look changed', () => {
    expect(namesOf(formDiff(form([line('a'), line('b')]), form([line('new'), line('a'), line('b')])))).toEqual([
      'added budget/lines/new',
    ]);
    expect(namesOf(formDiff(form([line('a'), line('b')]), form([line('b')])))).toEqual(['removed budget/lines/a']);
    expect(namesOf(formDiff(form([]), form([line('a')])))).toEqual(['added budget/lines/a']);
  });

  it('takes an answer given or taken away as added or removed', () => {
    expect(namesOf(formDiff(form([]), form([], { localityAr: 'المنيا' })))).toEqual(['added project/localityAr']);
    expect(namesOf(formDiff({ project: { months: 9 } }, { project: { months: null } }))).toEqual([
      'removed project/months',
    ]);
    expect(namesOf(formDiff({}, { budget: {} }))).toEqual(['added budget/']);
    expect(namesOf(formDiff({ project: { months: undefined } }, { project: {} }))).toEqual([]);
  });

  it('takes a section that came or went as a whole', () => {
    const budget = { lines: [line('a')] };
    expect(formDiff({ project: {} }, { project: {}, budget })).toEqual([
      { section: 'budget', field: '', kind: 'added', before: null, after: budget },
    ]);
    expect(formDiff({ project: {}, budget }, { project: {} })).toEqual([
      { section: 'budget', field: '', kind: 'removed', before: budget, after: null },
    ]);
  });

  it.each([
    ['a list whose parts have no code', [{ name: 'a' }], [{ name: 'b' }]],
    ['a list of which one part has no code', [line('a'), { name: 'b' }], [line('a', 2), { name: 'b' }]],
    ['a list of words', ['a'], ['a', 'b']],
    ['a list with nothing in one place', [null], [1]],
    ['a list that was empty', [], ['a']],
    ['fields that became one answer', { a: 1 }, 'a'],
    ['one answer that became fields', 'a', { a: 1 }],
    ['lines that became one answer', [line('a')], 'a'],
    ['one answer that became lines', 'a', [line('a')]],
  ])('takes %s as one answer', (_what, was, is) => {
    expect(formDiff({ plan: { steps: was } }, { plan: { steps: is } })).toEqual([
      { section: 'plan', field: 'steps', kind: 'changed', before: was, after: is },
    ]);
    expect(formDiff({ plan: { steps: was } }, { plan: { steps: was } })).toEqual([]);
  });

  it('takes lines that all came or all went one by one', () => {
    const steps = [line('b'), line('a')];
    const of = (list: readonly Line[]) => ({ plan: { steps: list } });
    expect(namesOf(formDiff(of([]), of(steps)))).toEqual(['added plan/steps/a', 'added plan/steps/b']);
    expect(namesOf(formDiff(of(steps), of([])))).toEqual(['removed plan/steps/a', 'removed plan/steps/b']);
    expect(formDiff(of([]), of([]))).toEqual([]);
  });

  it('keeps lines with the same code, or a slash in it, apart', () => {
    expect(namesOf(formDiff(form([line('a'), line('a', 5)]), form([line('a'), line('a', 6)])))).toEqual([
      'changed budget/lines/a~~2/quantity',
    ]);
    expect(namesOf(formDiff(form([line('a/b', 1)]), form([line('a/b', 2)])))).toEqual([
      'changed budget/lines/a~1b/quantity',
    ]);
  });
});

const lines = fc.uniqueArray(
  fc.record({
    code: fc.constantFrom('a', 'b', 'c', 'd/e', 'f~g'),
    titleAr: fc.constantFrom('x', 'y'),
    quantity: fc.nat(2),
  }),
  { selector: ({ code }) => code },
);
const forms: fc.Arbitrary<Form> = fc
  .record({
    lines,
    titleAr: fc.constantFrom('t', 'u'),
    governorates: fc.subarray(['EG-C', 'EG-GZ']),
    locality: fc.option(fc.constantFrom('l', 'm')),
  })
  .map(({ lines: rows, titleAr, governorates, locality }) =>
    form(rows, { titleAr, governorates, ...(locality === null ? {} : { localityAr: locality }) }),
  );
const sorted = (given: Form): unknown => ({
  ...given,
  budget: { lines: [...given.budget.lines].sort((one, other) => (one.code < other.code ? -1 : 1)) },
});
const withLine = (given: Form, code: string, change: Partial<Line> | null): Form => ({
  ...given,
  budget: {
    lines:
      change === null
        ? given.budget.lines.filter((row) => row.code !== code)
        : [
            ...given.budget.lines.filter((row) => row.code !== code),
            { ...(given.budget.lines.find((row) => row.code === code) ?? line(code)), ...change },
          ],
  },
});

const isLine = (value: unknown): value is Partial<Line> => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const withAnswer = ({ project }: Form, name: string, value: unknown): Form['project'] => ({
  titleAr: name === 'titleAr' ? textOf(value) : project.titleAr,
  governorates: name === 'governorates' && Array.isArray(value) ? value.map(textOf) : project.governorates,
  ...(name === 'localityAr' ? (value === null ? {} : { localityAr: textOf(value) }) : localityIn(project)),
});
const localityIn = ({ localityAr }: Form['project']) => (localityAr === undefined ? {} : { localityAr });

/** Carries a change out, knowing nothing but what the change says. */
const carriedOut = (given: Form, { field, kind, after }: FormChange): Form => {
  const [first = '', name, part] = field.split('/').map((text) => text.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (name === undefined) return { ...given, project: withAnswer(given, first, after) };
  if (kind === 'removed') return withLine(given, name, null);
  if (part !== undefined) return withLine(given, name, { [part]: after });
  return withLine(given, name, isLine(after) ? after : {});
};

describe('any two forms', () => {
  it('are equal, but for the order of their lines, exactly when nothing differs', () => {
    fc.assert(
      fc.property(forms, forms, (one, other) => {
        const equal = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(formDiff(one, other).length === 0).toBe(equal);
        expect(formDiff(one, { ...one, budget: { lines: [...one.budget.lines].reverse() } })).toEqual([]);
      }),
    );
  });

  it('lead from one to the other by carrying out the changes, and back by the reverse', () => {
    fc.assert(
      fc.property(forms, forms, (one, other) => {
        const there = formDiff(one, other).reduce(carriedOut, one);
        expect(sorted(there)).toEqual(sorted(other));
        const opposite = { added: 'removed', removed: 'added', changed: 'changed' } as const;
        expect(formDiff(other, one)).toEqual(
          formDiff(one, other).map(({ before, after, kind, ...place }) => ({
            ...place,
            kind: opposite[kind],
            before: after,
            after: before,
          })),
        );
      }),
    );
  });
});
