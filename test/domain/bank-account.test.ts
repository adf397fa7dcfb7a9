// Bank accounts of NGOs: which numbers and names pass, who may verify, and what a change of account holds back.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import type { PaymentFacts } from '../../domain/command.js';
import {
  accountChecks,
  accountDecisionFault,
  actingFor,
  holderMatch,
  holderMatches,
  isEgyptianIban,
  maskedIban,
  normalisedIban,
  verificationFault,
} from '../../domain/money/bank-account.js';
import { releaseOf } from '../../domain/money/tranche.js';
import { trancheChecks } from '../../domain/money/tranche-checks.js';
import { generateOrganisations } from '../../sample/organisations.js';
import type { Plan } from '../../domain/plan.js';
import type { Journey } from '../support/journey.js';
import { dayMs, journeyTo, paymentFacts } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, strictPlan } from '../support/plans.js';

const valid = 'EG380019000500000000263180002';

describe('an IBAN', () => {
  it.each([
    ['in groups', 'EG38 0019 0005 0000 0000 2631 8000 2'],
    ['in lower case', valid.toLowerCase()],
    ['with hyphens', 'EG38-0019-0005-0000-0000-2631-8000-2'],
    ['in Arabic digits', 'EG٣٨٠٠١٩٠٠٠٥٠٠٠٠٠٠٠٠٢٦٣١٨٠٠٠٢'],
  ])('is the same %s', (_how, typed) => {
    expect(normalisedIban(typed)).toBe(valid);
    expect(isEgyptianIban(normalisedIban(typed))).toBe(true);
  });

  it.each([
    ['with one digit changed', 'EG380019000500000000263180003'],
    ['with two digits swapped', 'EG380019000500000000261380002'],
    ['that is too short', 'EG38001900050000000026318000'],
    ['of another country', 'GB29NWBK60161331926819'],
    ['with the digits of two scripts', 'EG3800190005000000002631٨0002'],
    ['in Persian digits', 'EG۳۸۰۰۱۹۰۰۰۵۰۰۰۰۰۰۰۰۲۶۳۱۸۰۰۰۲'],
    ['in full-width digits', 'EG３８００１９０００５００００００００２６３１８０００２'],
    ['with a direction mark in it', `EG38\u202e${valid.slice(4)}`],
    ['that is nothing', ''],
  ])('%s is none', (_what, typed) => {
    expect(isEgyptianIban(normalisedIban(typed))).toBe(false);
  });

  // The first one would pass the check of its digits.
  it.each([`WX${valid}`, `${valid}0`, `${valid}\n`, valid.toLowerCase(), `${valid} `])(
    'as it is kept is not %j',
    (kept) => {
      expect(isEgyptianIban(kept)).toBe(false);
    },
  );

  it('of every sample organisation is one, and shows four characters at each end', () => {
    const ibans = generateOrganisations('seed', '2026-01-01T00:00:00Z').map(({ iban }) => iban);
    expect(ibans.filter((iban) => !isEgyptianIban(iban))).toEqual([]);
    expect(maskedIban(valid)).toBe('EG38 •••• •••• 0002');
  });
});

describe("a holder's name", () => {
  const registered = ['جمعية الأمل الخيرية لتنمية المجتمع', 'Al Amal Charity Association'];
  it.each([
    ['exact', 'جمعية الأمل الخيرية لتنمية المجتمع'],
    ['exact', 'جمعيه الامل الخيريه لتنميه المجتمع'],
    ['exact', 'جمعيّة  الأمـل الخيرية، لتنمية المجتمع'],
    ['exact', 'AL AMAL CHARITY ASSOCIATION'],
    ['close', 'جمعية الأمل الخيرية'],
    ['close', 'الأمل الخيرية جمعية لتنمية المجتمع'],
    ['different', 'جمعية'],
    ['different', 'جمعية النور الخيرية'],
    ['different', 'أحمد محمود السيد'],
    ['different', ''],
    ['exact', 'الجمعية الأمل خيرية لتنمية المجتمع'],
    ['close', 'جمعية الأمل الخيرية لتنمية المجتمع بالقاهرة'],
    ['close', 'Charity Association'],
    ['different', 'Charity'],
    ['different', 'Charity Society'],
    ['different', 'AlAmal CharityAssociation'],
  ])('is %s: %s', (match, holder) => {
    expect(holderMatch(holder, registered)).toBe(match);
  });
});

describe("the article of a holder's name", () => {
  it.each([
    ['is left out at the beginning of a word alone', 'دار مالكي', 'دار مكي', 'different'],
    ['is no article where nothing is left of the word', 'دار ال', 'دار', 'different'],
    ['is no article before a single letter', 'دار الم', 'دار م', 'different'],
    ['is left out before two letters', 'دار المر', 'دار مر', 'exact'],
  ])('%s', (_what, holder, registered, match) => {
    expect(holderMatch(holder, [registered])).toBe(match);
  });

  it('leaves one of three outcomes', () => {
    expect(holderMatches).toEqual(['exact', 'close', 'different']);
  });
});

describe('a verification', () => {
  const account = {
    version: 1,
    state: 'proposed',
    proposedBy: 'samira',
    holderMatch: 'exact',
    sharedWith: [],
  } as const;
  const asked = {
    ...{ by: people.finance, expectedVersion: 1, interests: [] },
    checked: ['iban-on-document', 'holder-on-document'],
  } as const;

  it('passes for another person who looked at the document', () => {
    expect(verificationFault(account, asked)).toBeUndefined();
  });

  const standIn: Actor = {
    ...people.finance,
    roles: [
      { role: 'financeOfficer', onBehalfOf: { personId: 'samira', name: 'samira', untilMs: Number.MAX_SAFE_INTEGER } },
    ],
  };
  const alarm = { ...account, sharedWith: ['ngo-other'] };
  it.each([
    ['an older version', account, { ...asked, expectedVersion: 0 }, 'staleVersion', 'version-seen'],
    ['a decided account', { ...account, state: 'rejected' as const }, asked, 'alreadyActed', 'account-decided'],
    ['who proposed it', { ...account, proposedBy: 'finance' }, asked, 'dutyConflict', 'propose-with-verify'],
    ['a stand-in of who proposed it', account, { ...asked, by: standIn }, 'dutyConflict', 'propose-with-verify'],
    ['an interest', account, { ...asked, interests: ['same-account'] }, 'conflictOfInterest', 'same-account'],
    ['half a look', account, { ...asked, checked: ['bank-confirmed' as const] }, 'conditionsNotMet', 'account-checks'],
    ['another name', { ...account, holderMatch: 'different' as const }, asked, 'conditionsNotMet', 'holder-name'],
    ['a close name', { ...account, holderMatch: 'close' as const }, asked, 'conditionsNotMet', 'holder-name-close'],
    ['a shared account', alarm, asked, 'conditionsNotMet', 'account-shared'],
  ])('is refused to %s', (_what, seen, by, code, rule) => {
    expect(verificationFault(seen, by)).toMatchObject({ code, rule });
  });

  it.each([
    ['the version that stands', account, { ...asked, expectedVersion: 0 }, '1'],
    ['what became of the account', { ...account, state: 'retired' as const }, asked, 'retired'],
    ['the look that is missing', account, { ...asked, checked: ['iban-on-document' as const] }, 'holder-on-document'],
    ['the other look', account, { ...asked, checked: ['holder-on-document' as const] }, 'iban-on-document'],
    ['which names would pass', { ...account, holderMatch: 'different' as const }, asked, 'exact close'],
    ['that a reason would do', { ...account, holderMatch: 'close' as const }, asked, 'reason'],
    ['that a reason for sharing would do', alarm, { ...asked, reason: 'x' }, 'sharedReason'],
    ['nothing to who proposed it', { ...account, proposedBy: 'finance' }, asked, undefined],
    ['nothing about an interest', account, { ...asked, interests: ['same-account'] }, undefined],
  ])('says when it is refused %s', (_what, seen, by, accepted) => {
    expect(verificationFault(seen, by)).toHaveProperty('code');
    expect(verificationFault(seen, by)?.accepted).toBe(accepted);
  });

  it('may come with a call to the bank on top, and a rejection needs no look at all', () => {
    expect(verificationFault(account, { ...asked, checked: accountChecks })).toBeUndefined();
    expect(accountDecisionFault({ ...account, holderMatch: 'different' }, asked)).toBeUndefined();
    expect(accountChecks).toContain('bank-confirmed');
  });

  it('is in the name of those for whom alone somebody acts', () => {
    const held = (...absent: (string | null)[]): Actor => ({
      ...people.finance,
      roles: absent.map((personId) => ({
        ...{ role: 'financeOfficer' as const },
        ...(personId === null ? {} : { onBehalfOf: { personId, name: personId } }),
      })),
    });
    expect(actingFor(held('samira', 'adel'))).toEqual(['samira', 'adel']);
    expect(actingFor(held('samira', null))).toEqual([]);
    expect(actingFor(held())).toEqual([]);
    expect(
      actingFor({ ...held('samira'), roles: [{ role: 'approver', onBehalfOf: { personId: 'x', name: 'x' } }] }),
    ).toEqual([]);
    expect(verificationFault(account, { ...asked, by: held('samira', null) })).toBeUndefined();
    expect(verificationFault(account, { ...asked, by: held('adel') })).toBeUndefined();
  });

  it('of a close name or a shared account passes with a reason for it', () => {
    expect(verificationFault({ ...account, holderMatch: 'close' }, { ...asked, reason: 'short form' })).toBeUndefined();
    expect(verificationFault(alarm, { ...asked, sharedReason: 'one federation' })).toBeUndefined();
  });
});

const watched = { ...calmPlan, tranches: { ...calmPlan.tranches, firstPaymentReleasers: 2, releasers: 1 } };
const asBefore = (({ parts, retentionBasisPoints, preparation, releasers, receipt, ...rest }) => ({
  ...{ parts, retentionBasisPoints, preparation, releasers, receipt, voterMayRelease: rest.voterMayRelease },
  ...{ accountRest: rest.accountRest, registryFreshness: rest.registryFreshness },
}))(calmPlan.tranches);
const unwatched: Plan = { ...calmPlan, tranches: asBefore };
const second = people.secondReleaser;
const factsAt = (told: Journey, facts: Partial<PaymentFacts> = {}): PaymentFacts => ({
  ...paymentFacts(told.nowMs()),
  ...facts,
});
const prepared = (facts: Partial<PaymentFacts>, plan: Plan = watched): Journey => {
  const told = journeyTo('implementation', plan);
  return told.act(people.finance, 'prepareTranche', { number: 1, facts: factsAt(told, facts) });
};
const release = (told: Journey, by: Actor, facts: Partial<PaymentFacts> = {}) =>
  told.ask(by, 'releaseTranche', { number: 1, facts: factsAt(told, facts) });
const stateOf = (told: Journey) => told.request().tranches[0];

describe('the first payment to an account', () => {
  it('is released by two people', () => {
    const told = prepared({ firstPayment: true });
    told.act(people.releaser, 'releaseTranche', { number: 1, facts: factsAt(told, { firstPayment: true }) });
    expect(stateOf(told)).toMatchObject({ state: 'prepared', firstPayment: true });
    expect(release(told, people.releaser).refusal).toMatchObject({ rule: 'releasers-distinct' });
    told.act(second, 'releaseTranche', { number: 1 });
    expect(stateOf(told)).toMatchObject({ state: 'released', releasedBy: ['releaser', 'second-releaser'] });
  });

  it('needs no more people than other payments where the plan does not say so', () => {
    const told = prepared({ firstPayment: true }, unwatched);
    told.act(people.releaser, 'releaseTranche', { number: 1 });
    expect(stateOf(told)).toMatchObject({ state: 'released' });
    expect(stateOf(told)).not.toHaveProperty('firstPayment');
  });

  it('is released provisionally by as many approvers as the larger number says', () => {
    const plan = { ...watched, tranches: { ...watched.tranches, provisional: { number: 1 as const, approvers: 3 } } };
    expect(releaseOf({ number: 1, firstPayment: true }, plan)).toEqual({ role: 'approver', people: 3 });
    expect(releaseOf({ number: 2, firstPayment: true }, plan)).toEqual({ role: 'paymentReleaser', people: 2 });
    expect(releaseOf({ number: 2 }, plan)).toEqual({ role: 'paymentReleaser', people: 1 });
  });

  it('is one in the reference plan', () => {
    expect(strictPlan.tranches.firstPaymentReleasers).toBe(2);
  });
});

describe('an account that is shared', () => {
  it('is paid only after a verifier said why, and whoever releases sees it', () => {
    const told = journeyTo('implementation', watched);
    const facts = factsAt(told, { sharedAccount: 'unexplained' });
    expect(told.ask(people.finance, 'prepareTranche', { number: 1, facts }).refusal).toMatchObject({
      code: 'conditionsNotMet',
      rule: 'account-shared',
    });
    expect(stateOf(prepared({ sharedAccount: 'explained' }))).toMatchObject({ sharedAccount: true });
  });

  it('stops the release when the sharing came to light after the preparation', () => {
    const told = prepared({});
    expect(release(told, people.releaser, { sharedAccount: 'unexplained' }).refusal?.rule).toBe('account-shared');
  });
});

describe('a change of account after the preparation', () => {
  it('stops the release until the payment is prepared again for the new account', () => {
    const told = prepared({ firstPayment: true });
    told.act(people.releaser, 'releaseTranche', { number: 1 });
    const other = { accountId: 'account-2' };
    expect(release(told, second, other).refusal).toMatchObject({
      code: 'conditionsNotMet',
      rule: 'account-as-prepared',
      accepted: 'prepareTranche',
    });

    const fresh = factsAt(told, { ...other, accountChangedAtMs: told.nowMs() - dayMs });
    expect(told.ask(people.finance, 'prepareTranche', { number: 1, facts: fresh }).refusal?.code).toBe(
      'bankDetailsTooFresh',
    );
    told.act(people.finance, 'prepareTranche', { number: 1, facts: factsAt(told, other) });
    expect(stateOf(told)).toMatchObject({ accountId: 'account-2', releasedBy: [], firstPayment: false });
  });

  it('leaves a payment to the same account prepared once', () => {
    const told = prepared({});
    const facts = factsAt(told);
    expect(told.ask(people.finance, 'prepareTranche', { number: 1, facts }).refusal?.rule).toBe('tranche-prepared');
  });
});

describe('the conditions of a tranche', () => {
  const checksOf = (told: Journey, number: number, facts: Partial<PaymentFacts> = {}) => {
    const tranche = told.request().tranches.find((one) => one.number === number);
    if (tranche === undefined) throw new Error(`there is no tranche ${number}`);
    const context = { plan: watched, nowMs: told.nowMs() };
    return trancheChecks(told.request(), { tranche, facts: factsAt(told, facts) }, context);
  };
  const unmet = (...asked: Parameters<typeof checksOf>) =>
    checksOf(...asked)
      .filter(({ met }) => !met)
      .map(({ condition }) => condition);

  it('are all met for a first tranche that can be prepared', () => {
    const told = journeyTo('implementation', watched);
    expect(checksOf(told, 1).map(({ condition }) => condition)).toEqual([
      'agreement-signed',
      'not-suspended',
      'account-verified',
      'account-rested',
      'registry-data-fresh',
    ]);
    expect(unmet(told, 1)).toEqual([]);
  });

  it('name each thing a later tranche and the retention wait for', () => {
    const told = journeyTo('implementation', watched);
    expect(unmet(told, 2)).toEqual(['report-accepted', 'tranche-settled', 'spent-share']);
    expect(unmet(told, 4)).toEqual(['report-accepted', 'tranche-settled', 'tranche-settled', 'tranche-settled']);
  });

  it('say of an account and of the registry what the preparation would refuse', () => {
    const told = journeyTo('implementation', watched);
    const nowMs = told.nowMs();
    const fresh = { accountChangedAtMs: nowMs - dayMs };
    expect(unmet(told, 1, fresh)).toEqual(['account-rested']);
    expect(checksOf(told, 1, fresh)).toContainEqual({
      condition: 'account-rested',
      met: false,
      atMs: nowMs + 2 * dayMs,
    });
    expect(unmet(told, 1, { accountVerifiedAtMs: null })).toEqual(['account-verified']);
    expect(unmet(told, 1, { registryFetchedAtMs: nowMs - 91 * dayMs })).toEqual(['registry-data-fresh']);
    expect(unmet(told, 1, { sharedAccount: 'unexplained' })).toEqual(['account-sharing-explained']);
    expect(unmet(told, 1, { sharedAccount: 'explained' })).toEqual([]);
  });

  it('say that a request is suspended', () => {
    const told = journeyTo('implementation', watched);
    told.act(people.monitor, 'suspend', { ground: 'fraud-alarm' }, { reason: 'an alarm' });
    expect(unmet(told, 1)).toEqual(['not-suspended']);
  });
});

describe('whoever changed the account', () => {
  const changedBy = (personId: string, hoursAgo: number, nowMs: number) => ({
    accountChangedAtMs: nowMs - hoursAgo * 3_600_000,
    accountChangedBy: ['samira', personId],
  });
  const approve = (plan: Plan, personId: string, hoursAgo: number) => {
    const told = journeyTo('authority', plan);
    const account = changedBy(personId, hoursAgo, told.nowMs());
    return told.ask(people.programmeDirector, 'recordApproval', { verdict: 'approve', account }).refusal;
  };

  it('approves nothing for the NGO within 72 hours, and may afterwards; others may all the time', () => {
    expect(approve(watched, 'programme-director', 71)).toMatchObject({
      code: 'dutyConflict',
      rule: 'account-change-with-decision',
    });
    expect(approve(watched, 'programme-director', 73)).toBeUndefined();
    expect(approve(watched, 'finance', 1)).toBeUndefined();
  });

  it('releases nothing either, before the freshness of the account is even asked', () => {
    const told = prepared({});
    const facts = changedBy('releaser', 71, told.nowMs());
    expect(release(told, people.releaser, facts).refusal?.rule).toBe('account-change-with-decision');
    expect(release(told, second, facts).refusal?.code).toBe('bankDetailsTooFresh');
  });

  it('approves as before under a plan that does not watch accounts', () => {
    expect(approve(unwatched, 'programme-director', 71)).toBeUndefined();
  });
});
