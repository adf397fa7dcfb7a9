// Something that has to be looked at could not be: the verification then says nothing rather than "clean".

export class CouldNotRead extends Error {
  override readonly name = 'CouldNotRead';
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Names what was being read; the cause stays with it. */
export const reading = async <T>(what: string, read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CouldNotRead) throw error;
    throw new CouldNotRead(`${what}: ${reasonOf(error)}`, { cause: error });
  }
};
