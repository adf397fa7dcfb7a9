// Applies a patch by its content: each piece that a patch takes out must stand in the file exactly once. Line numbers are not looked
// at, so that a patch goes on fitting while code around it changes; where it no longer fits, the run says so.

export type Hunk = { readonly before: string; readonly after: string };
export type Patch = {
  /** What is wrong in the patched code, from the patch's first line. */
  readonly about: string;
  readonly files: readonly { readonly path: string; readonly hunks: readonly Hunk[] }[];
};

const side = (lines: readonly string[], mark: '-' | '+'): string =>
  lines
    .filter((line) => line.startsWith(mark) || line.startsWith(' '))
    .map((line) => line.slice(1))
    .join('\n');

const hunksIn = (text: string): Hunk[] =>
  text
    .split(/^@@.*\n/m)
    .slice(1)
    .map((hunk) => hunk.split('\n'))
    .map((lines) => ({ before: side(lines, '-'), after: side(lines, '+') }));

export const parsePatch = (text: string): Patch => {
  const [about = '', ...files] = text.split(/^--- a\/.*\n/m);
  return {
    about: about.trim(),
    files: files.map((file) => ({ path: /^\+\+\+ b\/(.*)$/m.exec(file)?.[1] ?? '', hunks: hunksIn(file) })),
  };
};

const timesIn = (text: string, piece: string): number => text.split(piece).length - 1;

export const applied = (source: string, { path, hunks }: Patch['files'][number]): string =>
  hunks.reduce((text, { before, after }) => {
    const times = timesIn(text, before);
    if (times !== 1) throw new Error(`the patch does not fit ${path}: ${times} times\n${before}`);
    // A function, because a replacement text may hold what `replace` takes for a group.
    return text.replace(before, () => after);
  }, source);
