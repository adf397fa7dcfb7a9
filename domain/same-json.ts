// Whether two JSON values say the same, whatever the order of their fields: a plan read back from storage may order them otherwise.

const fieldsOf = (value: object): (readonly [string, unknown])[] =>
  Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));

export const sameJson = (one: unknown, other: unknown): boolean => {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const [fields, others] = [fieldsOf(one), fieldsOf(other)];
  return (
    Array.isArray(one) === Array.isArray(other) &&
    fields.length === others.length &&
    fields.every(([name, value], index) => name === others[index]?.[0] && sameJson(value, others[index]?.[1]))
  );
};
