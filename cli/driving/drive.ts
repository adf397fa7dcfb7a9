// Drives one request over HTTP until its scenario is reached: look at the page, let the awaited people act, look again.
import type { ApiAnswer, ApiClient } from '../api-client.js';
import { bodyAs } from '../api-client.js';
import { z } from 'zod';
import { answerTo } from './answers.js';
import type { Cast } from './cast.js';
import { observer } from './cast.js';
import { mend } from './drafting.js';
import type { DraftContent } from './form.js';
import type { PaymentDesk } from './payment-desk.js';
import type { SessionDesk } from './session-desk.js';
import type { Scenario } from './scenario.js';
import { hasEnded } from './scenario.js';
import type { Act, Awaited, Situation } from './situation.js';
import { situation as page } from './situation.js';
import { Unexpected, stepOf, wordsOf } from './unexpected.js';
import { nextTasks } from './waves.js';

export type Drive = {
  readonly api: ApiClient;
  readonly desk: PaymentDesk;
  readonly sessions: SessionDesk;
  readonly requestId: string;
  readonly cast: Cast;
  readonly content: DraftContent;
  readonly scenario: Scenario;
  /** Told of every accepted decision. */
  readonly decided?: (command: Act['command']) => void;
  /** How long nothing may happen before the driver gives up on the request. */
  readonly patienceMs?: number;
};

/** More than a minute: so long can a transaction of a killed worker hold its documents before MongoDB ends it. */
const usualPatienceMs = 150_000;
const acknowledgement = z.looseObject({ version: z.int() });
const agreement = z.looseObject({ documentSha256: z.string() });

/** The server waits a little for `minVersion`; what comes back may still be older, and says so by its version. */
export const look = async (
  { api, requestId }: Pick<Drive, 'api' | 'requestId'>,
  minVersion: number,
  name = 'readRequest',
): Promise<Situation | null> => {
  const path = `/v1/requests/${requestId}?minVersion=${minVersion}`;
  const call = { name, method: 'GET', path, as: observer } as const;
  const answer = await api.call(call);
  if (answer.status === 404) return null;
  if (answer.problem) throw new Unexpected({ requestId, step: stepOf(call), expected: 'a page', got: wordsOf(answer) });
  return bodyAs(page, answer, 'readRequest');
};

/** People sign what they read: the hash is taken from the agreement as the signer gets it. */
const agreementHash = async ({ api, requestId }: Drive, as: string): Promise<string> => {
  const call = { name: 'readAgreement', method: 'GET', path: `/v1/requests/${requestId}/agreement`, as } as const;
  const answer = await api.call(call);
  if (answer.problem) throw new Unexpected({ requestId, step: stepOf(call), expected: 'a text', got: wordsOf(answer) });
  return bodyAs(agreement, answer, call.name).documentSha256;
};

const signing: readonly Act['command'][] = ['signAgreement', 'countersignAgreement'];

const plannedAct = async (drive: Drive, seen: Situation, task: Awaited): Promise<Act | null> => {
  const { scenario, cast } = drive;
  const signer = task.command === 'signAgreement' ? cast.signatory : cast.fundSignatory;
  const agreementSha256 = signing.includes(task.command) ? await agreementHash(drive, signer) : null;
  const sessionId = task.command === 'openItem' ? await drive.sessions.convene(drive.requestId) : null;
  return answerTo({ task, situation: seen, script: scenario.script, cast, agreementSha256, sessionId });
};

export const perform = (
  { api, requestId }: Pick<Drive, 'api' | 'requestId'>,
  { command, as, path, body }: Act,
  expectedVersion: number,
): Promise<ApiAnswer> =>
  api.call({
    name: command,
    method: 'POST',
    path: `/v1/requests/${requestId}${path}`,
    as,
    body: { expectedVersion, ...body },
  });

/** The version after the act; `overflow` when the refusal is the one that the scenario wants. */
const acted = async (drive: Drive, act: Act, seenVersion: number): Promise<number | 'overflow'> => {
  const answer = await perform(drive, act, seenVersion);
  if (answer.problem === null) {
    drive.decided?.(act.command);
    return bodyAs(acknowledgement, answer, act.command).version;
  }
  if (act.command === 'closeItem' && drive.scenario.overflows && answer.problem.code === 'envelopeExceeded')
    return 'overflow';
  const { command: name, as } = act;
  throw new Unexpected({
    requestId: drive.requestId,
    step: stepOf({ name, as }),
    expected: 'accepted',
    got: wordsOf(answer),
  });
};

/** Sections that a correction asks for are mended before the request is handed in again. */
const beforehand = async ({ api, requestId, content, cast }: Drive, seen: Situation, act: Act): Promise<void> => {
  if (act.command !== 'resubmit') return;
  await mend(api, { requestId, content, round: seen.correction.rounds, as: cast.applicant });
};

const actsOf = async (drive: Drive, seen: Situation): Promise<{ act: Act; seenVersion: number }[]> => {
  const { scenario, cast } = drive;
  const unasked = scenario.unasked?.(seen) ?? null;
  if (unasked !== null) return [{ act: unasked, seenVersion: seen.version }];
  const votes = ({ personId }: Awaited): boolean => personId !== null && cast.voters.includes(personId);
  const tasks = nextTasks(seen, votes).filter((task) => !scenario.holdsBack?.(task, seen));
  const planned = await Promise.all(
    tasks.map(async (task) => ({
      act: await plannedAct(drive, seen, task),
      // Tasks are read beside the page, and may be newer than it.
      seenVersion: Math.max(seen.version, task.sinceVersion),
    })),
  );
  return planned.flatMap(({ act, seenVersion }) => (act === null ? [] : [{ act, seenVersion }]));
};

/** Only what can be read is recorded, and only what is recorded can a batch take. */
const askForPayment = ({ desk, requestId }: Drive, { tranches }: Situation): void => {
  for (const { number, state, changedVersion } of tranches)
    if (state === 'released') desk.ask(`${requestId}/${number}/${changedVersion}`);
};

/** One look and what follows from it: the version that the next look must show, or the end. */
const wave = async (drive: Drive, seen: Situation): Promise<number | 'overflow'> => {
  askForPayment(drive, seen);
  const acts = await actsOf(drive, seen);
  const versions = await Promise.all(
    acts.map(async ({ act, seenVersion }) => {
      await beforehand(drive, seen, act);
      return acted(drive, act, seenVersion);
    }),
  );
  return versions.reduce<number | 'overflow'>(
    (most, version) => (most === 'overflow' || version === 'overflow' ? 'overflow' : Math.max(most, version)),
    seen.version,
  );
};

const gaveUp = ({ requestId, scenario }: Drive, seen: Situation | null): Unexpected => {
  const at =
    seen === null
      ? 'nothing to read'
      : `${seen.status} at version ${seen.version}, awaiting ${seen.awaited.map(({ name }) => name).join(', ') || 'nobody'}`;
  return new Unexpected({ requestId, step: 'waiting', expected: scenario.aim, got: at });
};

/** Ends when the scenario is reached; throws `Unexpected` when it cannot be any more, or when nothing happens for too long. */
export const drive = async (given: Drive): Promise<Situation> => {
  const { scenario, patienceMs = usualPatienceMs } = given;
  let last: Situation | null = null;
  let must = 1;
  let movedAt = Date.now();
  for (;;) {
    // Asking for one more than was seen makes the server wait for news instead of this loop; measured apart, because such
    // an answer takes as long as there is no news.
    const known: number = last?.version ?? 0;
    const seen: Situation | null =
      must > known ? await look(given, must) : await look(given, known + 1, 'readRequest, waiting for news');
    if (seen !== null && seen.version > known) movedAt = Date.now();
    last = seen ?? last;
    if (seen !== null && scenario.reached(seen)) return seen;
    if (Date.now() - movedAt > patienceMs || (seen !== null && hasEnded(seen))) throw gaveUp(given, last);
    if (seen === null || seen.version < must) continue;
    const after = await wave(given, seen);
    if (after === 'overflow') return seen;
    must = after;
  }
};
