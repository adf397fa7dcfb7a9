// The invented NGOs with registry data, board and bank account, and the cases planted among them (domain.md §7.2).
import { addDays, addDaysToInstant, dayOf, nearestWorkingDay } from './days.js';
import type { GovernorateCode } from './governorates.js';
import { governorateOf } from './governorates.js';
import { egyptianIban, syntheticBank } from './iban.js';
import type { Identity } from './identity.js';
import { identityOf } from './identity.js';
import type { OrganisationRow } from './organisation-rows.js';
import { organisationRows, planted } from './organisation-rows.js';
import { opaqueId, streamFor } from './stream.js';

export type NgoKind = 'association' | 'foundation' | 'federation';

export type RegistryRecord = {
  readonly status: 'active' | 'licence-expired' | 'suspended';
  readonly licenceExpiresOn: string;
  readonly lastInspectionOn: string;
  readonly lastInspectionResult: 'satisfactory' | 'unsatisfactory';
  readonly openViolations: number;
  readonly borderPermit: 'held' | 'missing' | 'not-needed';
  /** Real bodies are never a party with invented facts: the source says that a simulator answered. */
  readonly source: 'registry-simulator';
  readonly fetchedAt: string;
};

export type BoardMember = Identity & {
  readonly office: 'chair' | 'secretary' | 'treasurer' | 'member';
  /** Set when the member is also an account holder of the sample data. */
  readonly personId?: string;
};

export type Organisation = {
  readonly id: string;
  readonly number: number;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly kind: NgoKind;
  readonly governorate: GovernorateCode;
  readonly registrationNumber: string;
  readonly registeredOn: string;
  /** What the registry says at demoNow. */
  readonly registry: RegistryRecord;
  /** What it said before a finding; an NGO that has live requests passed its checks with this one. */
  readonly earlierRegistry?: RegistryRecord;
  readonly board: readonly BoardMember[];
  readonly iban: string;
  readonly synthetic: true;
};

export const organisationIdOf = (seed: string, number: number): string => opaqueId(seed, 'organisation', number);

export const kindOfName = (nameAr: string): NgoKind => {
  if (nameAr.startsWith('الاتحاد')) return 'federation';
  return nameAr.startsWith('مؤسسة') ? 'foundation' : 'association';
};

const registrationNumberOf = (number: number): string => String(90_000 + number);

const rowOf = (number: number): OrganisationRow => {
  const found = organisationRows.find((row) => row.number === number);
  if (found === undefined) throw new Error(`no sample organisation ${number}`);
  return found;
};

/** The later of two NGOs that share an account carries the account of the earlier one. */
const ibanOf = (number: number): string => {
  const [holder, sharer] = planted.sharedIban;
  const owner = rowOf(number === sharer ? holder : number);
  const branch = governorateOf(owner.governorate).nationalIdCode;
  return egyptianIban({ bank: syntheticBank, branch, account: registrationNumberOf(owner.number) });
};

const offices = ['chair', 'secretary', 'treasurer'] as const;

const seatsOf = (seed: string, number: number): number =>
  number === planted.boardOfSix ? 6 : streamFor(seed, 'board', number).pick([5, 7, 7, 9, 11]);

/** Whoever sits there from elsewhere: an account holder, or a member of another board. */
const borrowedSeat = (
  number: number,
  seat: number,
): { readonly slot: string; readonly personId?: string } | undefined => {
  const [first, second] = planted.sharedBoardMember;
  if (seat === 1) return { slot: `signatory-${number}`, personId: `signatory-${number}` };
  if (number === planted.reviewerOnBoard && seat === 4) return { slot: reviewerOnBoard, personId: reviewerOnBoard };
  return number === second && seat === 4 ? { slot: `board-member/${first}.4` } : undefined;
};

/** The reviewer who sits on the board of the NGO that `planted.reviewerOnBoard` names. */
export const reviewerOnBoard = 'reviewer-disability-1';

const boardMember = (seed: string, number: number, seat: number): BoardMember => {
  const { slot, personId } = borrowedSeat(number, seat) ?? { slot: `board-member/${number}.${seat}` };
  const office = offices[seat - 1] ?? 'member';
  return { ...identityOf(seed, slot), office, ...(personId === undefined ? {} : { personId }) };
};

const boardOf = (seed: string, number: number): BoardMember[] => {
  const owner = number === planted.secondRecord ? planted.duplicated : number;
  return Array.from({ length: seatsOf(seed, owner) }, (_, index) => boardMember(seed, owner, index + 1));
};

/** Governorates taken as border areas that need a permit (law 149/2019, art. 14); an assumption of the sample data. */
const borderGovernorates: readonly GovernorateCode[] = ['EG-SIN', 'EG-JS', 'EG-MT', 'EG-WAD', 'EG-BA'];

const soundRecord = (seed: string, demoNow: string, row: OrganisationRow): RegistryRecord => {
  const stream = streamFor(seed, 'registry', row.number);
  const today = dayOf(demoNow);
  return {
    status: 'active',
    licenceExpiresOn: addDays(today, stream.between(400, 1_400)),
    lastInspectionOn: nearestWorkingDay(addDays(today, -stream.between(130, 330)), -1),
    lastInspectionResult: 'satisfactory',
    openViolations: 0,
    borderPermit: borderGovernorates.includes(row.governorate) ? 'held' : 'not-needed',
    source: 'registry-simulator',
    fetchedAt: addDaysToInstant(demoNow, -stream.between(1, 20)),
  };
};

/** What is planted in the registry data of one NGO; no entry for a sound one. */
const findingsAt = (demoNow: string): Readonly<Record<number, Partial<RegistryRecord>>> => ({
  [planted.licenceExpired]: { status: 'licence-expired', licenceExpiresOn: addDays(dayOf(demoNow), -45) },
  [planted.openViolation]: {
    status: 'suspended',
    openViolations: 1,
    lastInspectionOn: nearestWorkingDay(addDays(dayOf(demoNow), -12), -1),
    lastInspectionResult: 'unsatisfactory',
    fetchedAt: addDaysToInstant(demoNow, -2),
  },
  [planted.staleRegistryData]: { fetchedAt: addDaysToInstant(demoNow, -120) },
  [planted.borderPermitMissing]: { borderPermit: 'missing' },
});

const organisationFrom = (seed: string, demoNow: string, row: OrganisationRow): Organisation => {
  const sound = soundRecord(seed, demoNow, row);
  const age = streamFor(seed, 'registration', row.number).between(1_100, 9_000);
  return {
    ...row,
    id: organisationIdOf(seed, row.number),
    kind: kindOfName(row.nameAr),
    registrationNumber: registrationNumberOf(row.number),
    registeredOn: nearestWorkingDay(addDays(dayOf(demoNow), -age), -1),
    registry: { ...sound, ...findingsAt(demoNow)[row.number] },
    ...(row.number === planted.openViolation ? { earlierRegistry: sound } : {}),
    board: boardOf(seed, row.number),
    iban: ibanOf(row.number),
    synthetic: true,
  };
};

export const generateOrganisations = (seed: string, demoNow: string): Organisation[] =>
  organisationRows.map((row) => organisationFrom(seed, demoNow, row));
