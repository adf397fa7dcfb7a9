// Works through a stream with so many at once: the next item is taken from the stream only when a hand is free.

export const inParallel = async <T>(
  items: AsyncIterable<T>,
  hands: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const source = items[Symbol.asyncIterator]();
  let stopped = false;
  const hand = async (): Promise<void> => {
    while (!stopped) {
      const next = await source.next();
      if (next.done) return;
      await work(next.value);
    }
  };
  try {
    await Promise.all(Array.from({ length: hands }, hand));
  } finally {
    stopped = true;
  }
};
