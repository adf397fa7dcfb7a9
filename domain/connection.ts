// What connects a person with an NGO (lifecycle.md §4), found by comparing keyed hashes; numbers and addresses never come in here.

/** From the strongest to the weakest; the first one found names the rule of a refusal. */
export const connectionKinds = [
  'board-member',
  'employee',
  'earlier-employment',
  'same-account',
  'same-phone',
  'same-address',
] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

export type Employment = {
  readonly organisationId: string;
  readonly fromMs: number;
  /** Null while it lasts. */
  readonly untilMs: number | null;
};

/** What is known of a person; a field that is absent connects with nothing. */
export type ConnectedPerson = {
  readonly organisationId?: string | undefined;
  readonly nationalIdHash?: string | undefined;
  readonly phoneHash?: string | undefined;
  readonly addressHash?: string | undefined;
  readonly accountHash?: string | undefined;
  readonly employments?: readonly Employment[];
};

export type ConnectedOrganisation = {
  readonly id: string;
  /** Hashes of the national numbers of the board. */
  readonly boardHashes?: readonly string[] | undefined;
  readonly phoneHash?: string | undefined;
  readonly addressHash?: string | undefined;
  readonly accountHash?: string | undefined;
};

/** Connections found for one person by whoever put them into a command; none found is an empty list. */
export type DerivedInterest = { readonly personId: string; readonly kinds: readonly ConnectionKind[] };

const same = (one: string | undefined, other: string | undefined): boolean => one !== undefined && one === other;

const worksFor = ({ organisationId, employments }: ConnectedPerson, id: string, nowMs: number): boolean =>
  organisationId === id ||
  employments?.some((work) => work.organisationId === id && (work.untilMs === null || work.untilMs > nowMs)) === true;

const workedFor = ({ employments }: ConnectedPerson, id: string, nowMs: number): boolean =>
  employments?.some((work) => work.organisationId === id && work.untilMs !== null && work.untilMs <= nowMs) === true;

/** However long an employment is past: which ones no longer count would be a number of the Fund, and none is known. */
export const interestsBetween = (
  person: ConnectedPerson,
  organisation: ConnectedOrganisation,
  nowMs: number,
): ConnectionKind[] => {
  const found: Readonly<Record<ConnectionKind, boolean>> = {
    'board-member': organisation.boardHashes?.some((hash) => same(person.nationalIdHash, hash)) === true,
    employee: worksFor(person, organisation.id, nowMs),
    'earlier-employment': workedFor(person, organisation.id, nowMs),
    'same-account': same(person.accountHash, organisation.accountHash),
    'same-phone': same(person.phoneHash, organisation.phoneHash),
    'same-address': same(person.addressHash, organisation.addressHash),
  };
  return connectionKinds.filter((kind) => found[kind]);
};
