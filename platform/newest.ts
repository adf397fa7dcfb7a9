// Memories that stay small: a map in the order of use, of which the oldest goes when there are too many.

/** Puts a value in as the newest; of more than `most` the oldest is forgotten. */
export const putNewest = <K, V>(kept: Map<K, V>, key: K, value: V, most: number): void => {
  kept.delete(key); // re-inserted last: a map keeps the order of insertion
  kept.set(key, value);
  const oldest = kept.keys().next();
  if (kept.size > most && !oldest.done) kept.delete(oldest.value);
};
