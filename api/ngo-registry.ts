// The port to the registry of NGOs: what Sanad asks and what every connector promises.
import type { RegistryFacts, RegistryWord } from '../domain/registry-facts.js';

export type Registration = Pick<RegistryFacts, 'registrationNumber' | 'directorate'>;

export type NgoRegistry = {
  /** Recorded with every fact, so that people see who said it. */
  readonly source: string;
  /** Reading has no effect at the registry. Null when it knows no such registration. */
  readonly read: (registration: Registration) => Promise<RegistryWord | null>;
};
