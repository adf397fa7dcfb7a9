// Seeding from start to end: reference data, the sample requests over HTTP, lateness, the registry's finding, closing the calls.
import type { SampleSettings } from '../../sample/sample-data.js';
import { generateSampleData } from '../../sample/sample-data.js';
import type { SampleRequest } from '../../sample/requests.js';
import type { ApiClient } from '../api-client.js';
import { drive } from '../driving/drive.js';
import { openPaymentDesk, releaseLeftovers } from '../driving/payment-desk.js';
import type { Scenario } from '../driving/scenario.js';
import type { PaymentDesk } from '../driving/payment-desk.js';
import { openSessionDesk } from '../driving/session-desk.js';
import type { SessionDesk } from '../driving/session-desk.js';
import { Unexpected } from '../driving/unexpected.js';
import { CommandFailure } from '../failure.js';
import { inLanes } from '../lanes.js';
import type { Output } from '../output.js';
import { startProgress } from '../progress.js';
import { ledgerFaults, trailFaults } from './books.js';
import { callIdOf, variantFor } from './calls.js';
import type { Funding } from './funding.js';
import { assignFunding } from './funding.js';
import type { Loading } from './reference-data.js';
import { closeCalls, loadDemoCalls, loadReferenceData, loadRegistryFindings } from './reference-data.js';
import type { Driven } from './sample-request.js';
import type { SampleDrafts } from './sample-drafts.js';
import { openSampleDrafts } from './sample-drafts.js';
import { driveSample, sampleCast } from './sample-request.js';
import { sampleScenario, suspensionOf } from './sample-scenarios.js';
import { timingOf } from './timing.js';

export type SeedSettings = {
  readonly sample: SampleSettings;
  readonly api: ApiClient;
  readonly concurrency: number;
  readonly output: Output;
  readonly quiet: boolean;
};
export type Seeding = {
  readonly driven: readonly Driven[];
  readonly decisions: number;
  /** Where ledger or audit trail do not add up; nothing, when all is well. */
  readonly bookFaults: readonly string[];
};

export const loadingOf = (sample: SampleSettings, now: Date): Loading => {
  const all = generateSampleData({ ...sample, size: 'full' });
  const data = generateSampleData(sample);
  return { all, data, funding: assignFunding(all.requests, all.envelopes), now };
};

/**
 * Requests that depend on each other's money go one after the other: those of housing, which share a small envelope, and
 * those of one NGO to one programme, whose awards add up for the authority matrix.
 */
const laneOf = ({ programmeCode, organisationNumber }: SampleRequest): string =>
  programmeCode === 'housing' ? programmeCode : `${programmeCode}/${organisationNumber}`;

type Pass = {
  readonly settings: SeedSettings;
  readonly loading: Loading;
  readonly desk: PaymentDesk;
  readonly sessions: SessionDesk;
  readonly drafts: SampleDrafts;
  readonly decided: () => void;
};

const fundingFor = ({ funding }: Loading, { index }: SampleRequest): Funding => {
  const found = funding.get(index);
  if (found === undefined) throw new Error(`request case ${index} has no funding`);
  return found;
};

const driveOne = (
  { settings, loading, desk, sessions, drafts, decided }: Pass,
  request: SampleRequest,
): Promise<Driven> => {
  const funding = fundingFor(loading, request);
  const callId = callIdOf(variantFor(loading.data, request, funding));
  return driveSample({ api: settings.api, desk, sessions, drafts, request, callId, funding, decided });
};

/** On from where a request stands, to a further aim. */
const driveOn = async (
  { settings, desk, sessions, decided }: Pass,
  one: Driven,
  scenario: Scenario,
): Promise<Driven> => {
  const { request, requestId } = one;
  if (requestId === null) return one;
  const cast = sampleCast(request);
  try {
    return {
      ...one,
      seen: await drive({ api: settings.api, desk, sessions, requestId, cast, content: request, scenario, decided }),
    };
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    return { ...one, result: 'failed', fault: error.details };
  }
};

/** So many failures and not one success: nobody works on the other side, and going on would only take long. */
const hopelessAfter = 4;

const stopWhenHopeless = (tried: readonly Driven[]): void => {
  const fault = tried.at(-1)?.fault;
  if (tried.length < hopelessAfter || fault == null || tried.some(({ result }) => result !== 'failed')) return;
  throw new CommandFailure(
    'unavailable',
    `None of the first ${tried.length} sample requests got anywhere. The last: ${fault.step}: expected ${fault.expected}, got ${fault.got}.`,
    {
      code: 'unavailable',
      next: 'Is the worker running? Its log says more. Seed again when it does: what is done stays.',
    },
  );
};

const driveAll = async (pass: Pass): Promise<Driven[]> => {
  const { settings, loading } = pass;
  const { requests } = loading.data;
  const title = 'Sample requests';
  const progress = startProgress({ title, total: requests.length, unit: 'requests' }, settings.output, settings.quiet);
  const tried: Driven[] = [];
  try {
    return await inLanes(requests, laneOf, {
      concurrency: settings.concurrency,
      work: async (request) => {
        const driven = await driveOne(pass, request);
        progress.step(tried.push(driven), `last: ${request.target}`);
        stopWhenHopeless(tried);
        return driven;
      },
    });
  } finally {
    progress.end();
  }
};

const isAwaitingLateness = ({ request, result }: Driven): boolean => {
  const kind = timingOf(request)?.kind;
  return result === 'reached' && (kind === 'late' || kind === 'escalated');
};

/** All at once: nobody acts any more, they only wait for their due times. */
const waitForLateness = async (pass: Pass, one: Driven): Promise<Driven> => {
  const { request } = one;
  if (!isAwaitingLateness(one)) return one;
  const story = { request, funding: fundingFor(pass.loading, request), cast: sampleCast(request), untilLate: true };
  const scenario = sampleScenario(story);
  return scenario === null ? one : driveOn(pass, one, scenario);
};

const suspend = async (pass: Pass, one: Driven): Promise<Driven> => {
  if (one.request.suspended !== true || one.result !== 'reached') return one;
  return driveOn(pass, one, suspensionOf(sampleCast(one.request)));
};

const deskFaults = (desk: PaymentDesk, output: Output): void => {
  for (const fault of desk.faults()) output.say(`Payments: ${fault.message}`);
};

export const seed = async (settings: SeedSettings): Promise<Seeding> => {
  const { api, sample, output } = settings;
  const loading = loadingOf(sample, new Date());
  await loadReferenceData(loading);
  const { data } = loading;
  output.say(`Reference data is loaded: ${data.organisations.length} organisations, ${data.people.length} people.`);
  await releaseLeftovers(api);
  const desk = openPaymentDesk(api);
  let decisions = 0;
  const sessions = openSessionDesk(api);
  const drafts = openSampleDrafts(api);
  const pass: Pass = { settings, loading, desk, sessions, drafts, decided: () => void (decisions += 1) };
  try {
    const standing = await driveAll(pass);
    const driven = await Promise.all(standing.map((one) => waitForLateness(pass, one)));
    await loadRegistryFindings(loading);
    const suspended = await Promise.all(driven.map((one) => suspend(pass, one)));
    await sessions.close();
    await closeCalls(loading);
    await loadDemoCalls(loading);
    const submitted = suspended.flatMap(({ seen, requestId }) =>
      seen === null || requestId === null ? [] : [requestId],
    );
    return { driven: suspended, decisions, bookFaults: [...(await ledgerFaults()), ...(await trailFaults(submitted))] };
  } finally {
    await desk.close();
    deskFaults(desk, output);
  }
};
