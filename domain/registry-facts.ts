// The shape of the registry's word on one NGO, as commands, events, state and the register carry it.

/** What freezes live requests. A licence that ran out only keeps new verdicts of eligibility and money back. */
export const registryFindings = ['open-violation', 'licence-suspended'] as const;
export type RegistryFinding = (typeof registryFindings)[number];

/** What the registry says, whoever asks. */
export type RegistryWord = {
  readonly status: 'active' | 'licence-expired' | 'suspended';
  /** Local days, `YYYY-MM-DD`. */
  readonly licenceExpiresOn: string;
  readonly lastInspectionOn: string;
  readonly lastInspectionResult?: 'satisfactory' | 'unsatisfactory';
  readonly openViolations: number;
  /** Years whose final accounts the registry holds. */
  readonly finalAccountYears?: readonly number[];
  readonly board?: { readonly members: number; readonly status: 'active' | 'temporary' | 'dissolved' };
};

export type RegistryFacts = RegistryWord & {
  /** Which connector said it; a simulator's name says that it is one. */
  readonly source: string;
  readonly fetchedAtMs: number;
  readonly registrationNumber: string;
  /** The directorate that keeps the registration, as the governorate's code. */
  readonly directorate: string;
};

/** The word alone, without what is kept beside it. */
export const wordOf = (kept: RegistryWord): RegistryWord => {
  const { status, licenceExpiresOn, lastInspectionOn, lastInspectionResult, openViolations, finalAccountYears, board } =
    kept;
  return {
    ...{ status, licenceExpiresOn, lastInspectionOn, openViolations },
    ...(lastInspectionResult === undefined ? {} : { lastInspectionResult }),
    ...(finalAccountYears === undefined ? {} : { finalAccountYears }),
    ...(board === undefined ? {} : { board }),
  };
};
