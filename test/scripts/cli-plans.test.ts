// What seeding and demo decide before they call anybody: which source pays, which plan times a request, what mix is run.
import { describe, expect, it } from '@jest/globals';
import { kinds, mixNames, mixOf, shares } from '../../cli/demo/mix.js';
import { storyOf } from '../../cli/demo/story.js';
import { callDocument, callEnvelopes, callIdOf, callVariants, variantFor } from '../../cli/seeding/calls.js';
import type { Funding } from '../../cli/seeding/funding.js';
import { assignFunding } from '../../cli/seeding/funding.js';
import { appealable, lapsing, planFor, timingOf } from '../../cli/seeding/timing.js';
import { sumMinor } from '../../domain/amount.js';
import { envelopeIdOf } from '../../domain/money/envelope.js';
import { publishingFaults } from '../../domain/plan-check/plan-faults.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import type { SampleRequest } from '../../sample/requests.js';
import { generateSampleData } from '../../sample/sample-data.js';

const all = generateSampleData({ size: 'full' });
const small = generateSampleData({ size: 'small' });
const funding = assignFunding(all.requests, all.envelopes);
const paidBy = ({ index }: SampleRequest): Funding => {
  const found = funding.get(index);
  if (found === undefined) throw new Error(`nothing pays for request ${index}`);
  return found;
};

describe('the source that pays for a sample request', () => {
  it('carries what its requests are awarded, programme by programme', () => {
    for (const { programmeCode, fundingSourceCode, amountMinor } of all.envelopes) {
      const awards = all.requests.flatMap(({ index, programmeCode: programme, target }) => {
        const paid = funding.get(index);
        const reserves = ![
          'draft',
          'screening',
          'correction',
          'regional-opinion',
          'technical-review',
          'committee',
          'ineligible',
          'withdrawn',
          'lapsed',
        ].includes(target);
        return reserves && programme === programmeCode && paid?.source === fundingSourceCode ? [paid.awardMinor] : [];
      });
      expect(sumMinor(awards)).toBeLessThanOrEqual(BigInt(amountMinor));
    }
  });

  it('runs out for the last request of housing alone', () => {
    const overflowing = all.requests.filter(({ index, target }) => funding.get(index)?.overflows && target !== 'draft');
    expect(overflowing.map(({ index }) => index)).toEqual([55]);
  });
});

describe('a call with money of its own', () => {
  it('has as much as all of its requests may be awarded, and its variants hand out that of the programme', () => {
    const envelopes = callEnvelopes(all, '2025/2026');
    expect(envelopes.map(({ envelope }) => envelopeIdOf(envelope))).toEqual([
      'citizenship/state-budget/2025/2026/citizenship-open',
    ]);
    for (const { envelope, amountMinor } of envelopes) {
      const answering = all.requests.filter(
        (request) => callIdOf(variantFor(all, request, paidBy(request))) === envelope.envelopeCallId,
      );
      expect(answering.length).toBeGreaterThan(1);
      expect(sumMinor(answering.map((request) => paidBy(request).awardMinor))).toBeLessThanOrEqual(BigInt(amountMinor));
    }
    const own = callVariants(all, funding).filter(
      (variant) => callDocument(variant, { fiscalYear: '2025/2026', planHash: 'any' }).ownEnvelope === true,
    );
    expect(own.map(callIdOf)).toEqual(['citizenship-open']);
  });
});

describe('the plans of sample requests', () => {
  const noon = Date.UTC(2026, 10, 22, 10);

  it('can all be published', () => {
    const plans = all.requests.map((request) => planFor(timingOf(request), noon));
    const ofDemo = [appealable, lapsing].map((timing) => planFor(timing, noon));
    expect([...plans, ...ofDemo].flatMap(publishingFaults)).toEqual([]);
  });

  it('leave the reference plan alone where nothing is late', () => {
    expect(planFor(null, noon)).toBe(developmentGrant);
  });

  it.each([
    ['correction', 'late'],
    ['agreement', 'escalated'],
    ['regional-opinion', 'late'],
  ] as const)('stay the reference plan at %s, where nothing can stand and be %s', (target, lateness) => {
    expect(timingOf({ target, lateness })).toBeNull();
    expect(timingOf({ target, lateness: 'due-today' })).toEqual({ stage: target, kind: 'due-today' });
  });

  it.each(['06:00', '12:00', '20:00', '21:20'])('are due on the same day in Cairo when seeded at %s UTC', (time) => {
    const now = Date.parse(`2026-11-22T${time}:00Z`);
    const due = planFor({ stage: 'committee', kind: 'due-today' }, now).stages.committee?.due;
    if (due?.unit !== 'time') throw new Error('due today needs a time');
    const day = (at: number) => new Date(at).toLocaleDateString('en-CA', { timeZone: 'Africa/Cairo' });
    expect(day(now + due.ms)).toBe(day(now));
  });

  it('have calls with ids that the API takes, each once', () => {
    const ids = callVariants(all, funding).map(callIdOf);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[a-z0-9][a-z0-9-]{0,63}$/.test(id))).toBe(true);
  });

  it('tell two requests of one organisation apart by call and title, which is how they are found again', () => {
    const names = all.requests.map((request) => {
      const paid = funding.get(request.index);
      if (paid === undefined) throw new Error(`no funding for ${request.index}`);
      return `${request.organisationId} ${callIdOf(variantFor(all, request, paid))} ${request.titleAr}`;
    });
    expect(new Set(names).size).toBe(names.length);
  });

  it('give a request the same call at both sizes', () => {
    const full = callVariants(all, funding).map(callIdOf);
    expect(full).toEqual(expect.arrayContaining(callVariants(small, funding).map(callIdOf)));
  });
});

describe('the mix of a demo', () => {
  it.each(mixNames)('%s has exactly the shares it names', (name) => {
    const mix = mixOf('talk', 100, name);
    const dealt = kinds.map((kind) => [kind, mix.filter((one) => one.kind === kind).length] as const);
    expect(Object.fromEntries(dealt.filter(([, count]) => count > 0))).toEqual(shares[name]);
    expect(mix.filter(({ wrong }) => wrong !== null)).toHaveLength(5);
  });

  it('full has every kind already among forty', () => {
    expect(new Set(mixOf('talk', 40, 'full').map(({ kind }) => kind))).toEqual(new Set(kinds));
  });

  it('follows from the seed alone', () => {
    expect(mixOf('talk', 30)).toEqual(mixOf('talk', 30));
    expect(mixOf('talk', 30)).not.toEqual(mixOf('other', 30));
  });

  it('asks for no more than its call allows', () => {
    for (const lifecycle of mixOf('talk', 200)) {
      const lines = storyOf('talk', lifecycle).content.budgetLines.map(({ amountMinor }) => amountMinor);
      expect(sumMinor(lines)).toBeLessThanOrEqual(25_000_000n);
    }
  });
});
