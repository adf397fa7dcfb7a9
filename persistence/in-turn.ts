// Lets work on the same thing wait for each other inside one process. Saves repeated transactions, guarantees nothing: the
// database's own conflict check does, between processes too.

const lasts = new Map<string, Promise<void>>();

/** Runs works with the same name one after the other; without a name, at once. */
export const inTurn = async <T>(name: string | null, work: () => Promise<T>): Promise<T> => {
  if (name === null) return work();
  const turn = (lasts.get(name) ?? Promise.resolve()).then(work);
  const settled = turn.then(
    () => undefined,
    () => undefined, // the caller of this turn gets the error; the next one only waits
  );
  lasts.set(name, settled);
  try {
    return await turn;
  } finally {
    if (lasts.get(name) === settled) lasts.delete(name);
  }
};
