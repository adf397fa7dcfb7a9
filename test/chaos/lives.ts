// The load of a campaign: random complete lifecycles over HTTP, driven as the demo drives them. Whoever is stopped by a fault tries
// again from what the page shows, as people do.
import type { ApiClient } from '../../cli/api-client.js';
import { openAbsence } from '../../cli/demo/absence.js';
import type { Absence } from '../../cli/demo/absence.js';
import type { Kind, Lifecycle, MixName } from '../../cli/demo/mix.js';
import { mixOf } from '../../cli/demo/mix.js';
import type { Story } from '../../cli/demo/story.js';
import { storyOf } from '../../cli/demo/story.js';
import { tryWrong, wrongAttempts } from '../../cli/demo/wrong-attempts.js';
import { fillIn, readDraft, startDraft, submit } from '../../cli/driving/drafting.js';
import { drive, look } from '../../cli/driving/drive.js';
import { openPaymentDesk, releaseLeftovers } from '../../cli/driving/payment-desk.js';
import type { PaymentDesk } from '../../cli/driving/payment-desk.js';
import { openSessionDesk } from '../../cli/driving/session-desk.js';
import type { SessionDesk } from '../../cli/driving/session-desk.js';
import { Unexpected } from '../../cli/driving/unexpected.js';
import type { UnexpectedDetails } from '../../cli/driving/unexpected.js';
import { inLanes } from '../../cli/lanes.js';

export type Life = {
  readonly kind: Kind;
  readonly requestId: string | null;
  /** Where it ended; null: it did not, not even after the faults were over. */
  readonly outcome: string | null;
  /** What stopped it on the way, also where it got through in the end. */
  readonly hindrances: readonly UnexpectedDetails[];
};

export type Lives = {
  readonly run: () => Promise<void>;
  /** With the faults over: whoever was stopped goes on, and every desk is closed. */
  readonly finish: () => Promise<readonly Life[]>;
  /** Refusals that were provoked and came as they must. */
  readonly refusedOnPurpose: () => readonly Provoked[];
};

export type Provoked = { readonly requestId: string; readonly code: string };

export type LivesSettings = {
  readonly api: ApiClient;
  readonly seed: string;
  readonly lifecycles: number;
  readonly concurrency: number;
  readonly ended: (count: number) => void;
  /** Full by default. */
  readonly mix?: MixName;
  /** Something that must be refused is tried in every lifecycle, not only in some. */
  readonly alwaysWrong?: boolean;
  /** How long nothing may happen to a request before its people give up, and how often they begin again. */
  readonly patienceMs?: number;
  readonly tries?: number;
};

type Living = {
  readonly lifecycle: Lifecycle;
  readonly story: Story;
  readonly hindrances: UnexpectedDetails[];
  draftId: string | null;
  submitted: boolean;
  provoked: boolean;
  outcome: string | null;
};
type Desks = { readonly desk: PaymentDesk; readonly sessions: SessionDesk; readonly absence: Absence };

/** Once under faults: a payment desk that gave up is opened anew only when they are over, and waiting for it helps nobody. */
const triesUnderFaults = 1;
const triesAfterwards = 3;
/** Longer than any fault: the read model may be behind for the whole of it. */
const usualPatienceMs = 60_000;

const handIn = async (api: ApiClient, one: Living): Promise<string> => {
  const { cast, content, callId } = one.story;
  const draft =
    one.draftId === null
      ? await startDraft(api, { callId, as: cast.applicant })
      : await readDraft(api, one.draftId, cast.applicant);
  one.draftId = draft.draftId;
  if (!one.submitted && draft.submittedAt === null)
    await submit(api, await fillIn(api, draft, content, cast.applicant), cast);
  one.submitted = true;
  return draft.draftId;
};

const withDesks = (api: ApiClient): Desks => ({
  desk: openPaymentDesk(api),
  sessions: openSessionDesk(api),
  absence: openAbsence(api),
});

export const openLives = (settings: LivesSettings): Lives => {
  const { api, seed, lifecycles, concurrency, ended, mix = 'full', alwaysWrong = false } = settings;
  const { patienceMs = usualPatienceMs, tries = triesAfterwards } = settings;
  const all = mixOf(seed, lifecycles, mix).map(
    ({ wrong, ...rest }): Living => ({
      ...{ lifecycle: { ...rest, wrong: alwaysWrong ? (wrongAttempts[rest.index % 3] ?? null) : wrong } },
      ...{ story: storyOf(seed, { ...rest, wrong }), hindrances: [] },
      ...{ draftId: null, submitted: false, provoked: false, outcome: null },
    }),
  );
  const refused: Provoked[] = [];
  const deskFaults: UnexpectedDetails[] = [];

  const provoke = async ({ lifecycle, story }: Living, requestId: string): Promise<void> => {
    if (lifecycle.wrong === null) return;
    const seen = await look({ api, requestId }, 1);
    if (seen === null) return;
    const { code, fault } = await tryWrong(api, lifecycle.wrong, { ...story, seen });
    if (fault === null) refused.push({ requestId, code });
  };

  const live = async (one: Living, { desk, sessions, absence }: Desks): Promise<void> => {
    const { cast, content, scenario } = one.story;
    if (scenario.script.delegate !== null) await absence.begin();
    const requestId = await handIn(api, one);
    if (!one.provoked) await provoke(one, requestId);
    one.provoked = true;
    const seen = await drive({ api, desk, sessions, requestId, cast, content, scenario, patienceMs });
    one.outcome = seen.outcome;
  };
  const attempt = async (one: Living, desks: Desks): Promise<void> => {
    try {
      await live(one, desks);
    } catch (error) {
      if (!(error instanceof Unexpected)) throw error;
      one.hindrances.push(error.details);
    }
  };
  const drivenBy = async (desks: Desks, most: number): Promise<void> => {
    let count = all.filter(({ outcome }) => outcome !== null).length;
    const work = async (one: Living): Promise<void> => {
      for (let nth = 0; nth < most && one.outcome === null; nth += 1) await attempt(one, desks);
      if (one.outcome !== null) ended((count += 1));
    };
    const open = all.filter(({ outcome }) => outcome === null);
    await inLanes(open, ({ lifecycle }) => String(lifecycle.index), { concurrency, work });
  };
  const closed = async ({ desk, sessions, absence }: Desks): Promise<void> => {
    await desk.close();
    deskFaults.push(...desk.faults().map(({ details }) => details));
    await sessions.close();
    await absence.end();
  };

  let desks = withDesks(api);
  return {
    run: () => drivenBy(desks, triesUnderFaults),
    finish: async () => {
      await desks.desk.close();
      deskFaults.push(...desks.desk.faults().map(({ details }) => details));
      // A batch that was built and never released keeps its requests waiting; new desks know nothing of it.
      await releaseLeftovers(api);
      desks = { ...desks, desk: openPaymentDesk(api) };
      await drivenBy(desks, tries);
      await closed(desks);
      return all.map(({ lifecycle: { kind }, draftId, outcome, hindrances }) => ({
        kind,
        requestId: draftId,
        outcome,
        hindrances,
      }));
    },
    refusedOnPurpose: () => refused,
  };
};
