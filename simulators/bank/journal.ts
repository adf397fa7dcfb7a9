// The simulated bank's own memory: a file of JSON lines, each on disk before anybody is told. A last line cut off by a crash never happened.
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export type Journal<E> = {
  /** Resolves when the entry is on disk. */
  readonly append: (entry: E) => Promise<void>;
  readonly close: () => Promise<void>;
};

const entriesIn = async (path: string): Promise<{ readonly lines: readonly string[]; readonly bytes: number }> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return { lines: whole.split('\n').filter((line) => line !== ''), bytes: Buffer.byteLength(whole) };
};

/** Opens the journal and replays what it holds. `read` turns a line's JSON into an entry, or throws. */
export const openJournal = async <E>(
  path: string,
  read: (value: unknown) => E,
  replay: (entry: E) => void,
): Promise<Journal<E>> => {
  await mkdir(dirname(path), { recursive: true });
  const { lines, bytes } = await entriesIn(path);
  for (const line of lines) replay(read(JSON.parse(line)));
  const file = await open(path, 'a');
  await file.truncate(bytes);
  let last = Promise.resolve();
  return {
    append: (entry) => {
      const written = last.then(async () => {
        await file.appendFile(`${JSON.stringify(entry)}\n`);
        await file.datasync();
      });
      // The next one waits whatever became of this one; its caller hears of the failure.
      last = written.catch(() => undefined);
      return written;
    },
    close: async () => {
      await last;
      await file.close();
    },
  };
};
