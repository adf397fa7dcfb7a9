// A registry of NGOs for demo and tests behind the port of ngo-registry.ts. It answers what was put into it, and for an NGO
// that nobody put in what the reference data says.
import { wordOf } from '../domain/registry-facts.js';
import { organisationRegistered } from '../persistence/organisation-registry.repository.js';
import { registryRecord } from '../persistence/simulated-registry.store.js';
import type { NgoRegistry } from './ngo-registry.js';

export const createSimulatedNgoRegistry = (): NgoRegistry => ({
  source: 'registry-simulator',
  read: async (registration) => {
    const known = (await registryRecord(registration)) ?? (await organisationRegistered(registration))?.registry;
    return known ? wordOf(known) : null;
  },
});
