// Work in lanes: the items of one lane one after the other, the lanes side by side up to a limit.

const grouped = <T>(items: readonly T[], laneOf: (item: T) => string): T[][] => {
  const lanes = new Map<string, T[]>();
  for (const item of items) {
    const lane = lanes.get(laneOf(item));
    if (lane === undefined) lanes.set(laneOf(item), [item]);
    else lane.push(item);
  }
  return [...lanes.values()];
};

export const inLanes = async <T, R>(
  items: readonly T[],
  laneOf: (item: T) => string,
  { concurrency, work }: { readonly concurrency: number; readonly work: (item: T) => Promise<R> },
): Promise<R[]> => {
  const lanes = grouped(items, laneOf);
  const results: R[] = [];
  const worker = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift())
      for (const item of lane) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
  return results;
};
