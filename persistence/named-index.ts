// An index as the models declare it: always with a name, because reads point at it and operators see it.

export type NamedIndex = {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: true;
  /** Documents go this long after the indexed instant; those without it stay. */
  readonly expireAfterSeconds?: number;
  readonly partialFilterExpression?: Readonly<Record<string, unknown>>;
};
