// The registry's word on an NGO as people see it: what it says, who said it, and when it was fetched.
import { z } from 'zod';
import type { RegistryFacts, RegistryWord } from '../../domain/registry-facts.js';
import { registryFindings } from '../../domain/registry-facts.js';
import type { KeptRegistry } from '../../persistence/organisation-registry.repository.js';
import { day, instant } from '../schemas/text.schema.js';

const shown = {
  status: z.enum(['active', 'licence-expired', 'suspended']),
  fetchedAt: instant,
  source: z.string().nullable(),
  licenceExpiresOn: day,
  lastInspectionOn: day,
  lastInspectionResult: z.enum(['satisfactory', 'unsatisfactory']).nullable(),
  openViolations: z.int(),
  finalAccountYears: z.array(z.int()).nullable(),
  board: z.object({ members: z.int(), status: z.enum(['active', 'temporary', 'dissolved']) }).nullable(),
} as const;

export const registryView = z
  .object({ ...shown, finding: z.enum(registryFindings).nullable() })
  .meta({ id: 'RegistryWord' });
export const registryFactsView = z
  .object({ ...shown, registrationNumber: z.string(), directorate: z.string() })
  .meta({ id: 'RegistryFacts' });

const shownOf = (word: RegistryWord) => ({
  status: word.status,
  licenceExpiresOn: word.licenceExpiresOn,
  lastInspectionOn: word.lastInspectionOn,
  lastInspectionResult: word.lastInspectionResult ?? null,
  openViolations: word.openViolations,
  finalAccountYears: word.finalAccountYears ? [...word.finalAccountYears] : null,
  board: word.board ?? null,
});

export const registryViewOf = (registry: KeptRegistry): z.output<typeof registryView> => ({
  ...shownOf(registry),
  source: registry.source ?? null,
  fetchedAt: registry.fetchedAt.toISOString(),
  finding: registry.finding?.finding ?? null,
});

export const registryFactsViewOf = (facts: RegistryFacts): z.output<typeof registryFactsView> => ({
  ...shownOf(facts),
  source: facts.source,
  fetchedAt: new Date(facts.fetchedAtMs).toISOString(),
  registrationNumber: facts.registrationNumber,
  directorate: facts.directorate,
});
