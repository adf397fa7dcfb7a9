// The whole of the sample data as one JSON-safe value. Deterministic: the same settings give the same bytes everywhere.
import type { Call } from './calls.js';
import { callsAt } from './calls.js';
import type { Governorate } from './governorates.js';
import { governorates } from './governorates.js';
import type { Organisation } from './organisations.js';
import { generateOrganisations } from './organisations.js';
import type { Person } from './people.js';
import { generatePeople } from './people.js';
import type { Envelope, FundingSourceCode, Programme } from './programmes.js';
import { envelopes, fundingSources, programmes } from './programmes.js';
import type { SampleRequest, SampleSize } from './requests.js';
import { generateRequests } from './requests.js';

export type FundingSource = { readonly code: FundingSourceCode; readonly nameAr: string; readonly nameEn: string };

export type SampleData = {
  readonly seed: string;
  readonly demoNow: string;
  readonly size: SampleSize;
  readonly governorates: readonly Governorate[];
  readonly fundingSources: readonly FundingSource[];
  readonly programmes: readonly Programme[];
  readonly envelopes: readonly Envelope[];
  readonly calls: readonly Call[];
  readonly organisations: readonly Organisation[];
  readonly people: readonly Person[];
  readonly requests: readonly SampleRequest[];
};

export type SampleSettings = {
  readonly seed?: string;
  /** The instant that documents, registry data and calls are dated from. Ids and amounts do not depend on it. */
  readonly demoNow?: string;
  readonly size: SampleSize;
};

export const generateSampleData = ({
  seed = 'sanad-demo-1',
  demoNow = '2026-03-01T08:00:00Z',
  size,
}: SampleSettings): SampleData => ({
  seed,
  demoNow,
  size,
  governorates,
  fundingSources,
  programmes,
  envelopes,
  calls: callsAt(demoNow),
  organisations: generateOrganisations(seed, demoNow),
  people: generatePeople(seed),
  requests: generateRequests({ seed, demoNow, size }),
});
