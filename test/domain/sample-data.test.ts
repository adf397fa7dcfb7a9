// The sample data: what it must contain (domain.md §7), that its sums hold, and that its bytes never change unnoticed.
import { createHash } from 'node:crypto';
import { describe, it, expect } from '@jest/globals';
import { piastres, sumMinor } from '../../domain/amount.js';
import { roles } from '../../domain/actor.js';
import { stageNames } from '../../domain/lifecycle.js';
import { egyptianIban, isValidEgyptianIban, isValidIban } from '../../sample/iban.js';
import { nationalIdFrom, readNationalId } from '../../sample/national-id.js';
import type { Organisation } from '../../sample/organisations.js';
import { reviewerOnBoard } from '../../sample/organisations.js';
import { organisationRows } from '../../sample/organisation-rows.js';
import { approversPerLevel } from '../../sample/people.js';
import type { ProgrammeCode } from '../../sample/programmes.js';
import { meanEgp, minorOfPounds, publishedAwards } from '../../sample/programmes.js';
import type { SampleRequest } from '../../sample/requests.js';
import { generateSampleData } from '../../sample/sample-data.js';
import { placeOf, scenarioCounts, scenarioNames } from '../../sample/scenarios.js';
import { opaqueId, streamFor } from '../../sample/stream.js';
import { titles } from '../../sample/titles.js';

const full = generateSampleData({ size: 'full' });
const small = generateSampleData({ size: 'small' });

const countBy = <T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> =>
  items.reduce<Record<string, number>>((counts, item) => {
    const key = keyOf(item);
    return { ...counts, [key]: (counts[key] ?? 0) + 1 };
  }, {});

const organisation = (number: number): Organisation => {
  const found = full.organisations.find((ngo) => ngo.number === number);
  if (found === undefined) throw new Error(`no organisation ${number}`);
  return found;
};

const requestsOf = (number: number): SampleRequest[] =>
  full.requests.filter((request) => request.organisationNumber === number);

const boardIds = (number: number): string[] => organisation(number).board.map((member) => member.nationalId);
const dayMs = 86_400_000;
const ageDays = (instant: string): number => (Date.parse(full.demoNow) - Date.parse(instant)) / dayMs;

const sortedKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]));
};
const sha256 = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sortedKeys(value)))
    .digest('hex');

const requestedBy = (programme: ProgrammeCode): bigint =>
  sumMinor(full.requests.filter((r) => r.programmeCode === programme).map((r) => r.requestedMinor));
const envelopeOf = (programme: ProgrammeCode): bigint =>
  sumMinor(full.envelopes.filter((e) => e.programmeCode === programme).map((e) => e.amountMinor));

describe('the published award table', () => {
  it('does not add up to its printed total, and nearly does with the last item read from its percentage', () => {
    const printed = publishedAwards.items.reduce((sum, item) => sum + item.egp, 0);
    const last = publishedAwards.items[7];
    const reread = printed - last.egp + last.egpReadFromPercent;

    expect(printed).toBe(255_775_648);
    expect(publishedAwards.printedTotalEgp).toBe(257_575_749);
    expect(publishedAwards.printedTotalEgp - reread).toBe(101);
    expect(((last.egpReadFromPercent / publishedAwards.printedTotalEgp) * 100).toFixed(2)).toBe(last.printedPercent);
    expect(publishedAwards.items.reduce((sum, item) => sum + item.ngos, 0)).toBe(publishedAwards.printedNgos);
  });

  it('gives the means and the demo envelopes', () => {
    const table: readonly [ProgrammeCode, number, number][] = [
      ['social-defence', 1_079_750, 97_200_000],
      ['disability', 586_602, 115_000_000],
      ['family-care', 1_014_335, 93_400_000],
      ['relief', 32_531_068, 195_200_000],
      ['citizenship', 375_000, 8_300_000],
      ['housing', 222_280, 500_000],
      ['early-childhood', 900_000, 1_800_000],
      ['capacity-building', 40_000, 2_000_000],
    ];

    expect(full.programmes.map(({ code }) => code)).toEqual(table.map(([code]) => code));
    for (const [programme, mean, envelope] of table) {
      expect(meanEgp(programme)).toBe(mean);
      expect(envelopeOf(programme)).toBe(minorOfPounds(envelope));
    }
  });

  it('shares an envelope among its sources, with the donor only where the donor restricted the money', () => {
    const shares = (programme: ProgrammeCode) =>
      full.envelopes
        .filter((envelope) => envelope.programmeCode === programme)
        .map((envelope) => [
          envelope.fundingSourceCode,
          Number((piastres(envelope.amountMinor) * 100n) / envelopeOf(programme)),
        ]);

    expect(shares('disability')).toEqual([
      ['state-budget', 60],
      ['grants-donations', 25],
      ['restricted-donor', 15],
    ]);
    expect(shares('housing')).toEqual([
      ['state-budget', 75],
      ['grants-donations', 25],
    ]);
    expect(
      full.envelopes.filter((e) => e.fundingSourceCode === 'restricted-donor').map((e) => e.programmeCode),
    ).toEqual(['disability', 'early-childhood']);
    expect(full.fundingSources).toHaveLength(11);
  });
});

describe('the invented NGOs', () => {
  it('cover all 27 governorates', () => {
    expect(full.governorates).toHaveLength(27);
    expect(new Set(full.governorates.map((g) => g.nationalIdCode)).size).toBe(27);
    expect(new Set(full.organisations.map((ngo) => ngo.governorate))).toEqual(
      new Set(full.governorates.map((g) => g.code)),
    );
    expect(full.organisations).toHaveLength(41);
    expect(organisationRows.map((row) => row.number)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
    expect(full.organisations.every((ngo) => ngo.synthetic)).toBe(true);
    expect(countBy(full.organisations, (ngo) => ngo.kind)).toEqual({ association: 27, foundation: 13, federation: 1 });
    expect(organisation(1).registrationNumber).toBe('90001');
  });

  it('have valid accounts at a bank that does not exist, and only 20 and 21 share one', () => {
    const ibans = full.organisations.map((ngo) => ngo.iban);

    expect(ibans.filter((iban) => !isValidEgyptianIban(iban))).toEqual([]);
    expect(ibans.every((iban) => iban.slice(4, 8) === '9999')).toBe(true);
    expect(new Set(ibans).size).toBe(40);
    expect(organisation(21).iban).toBe(organisation(20).iban);
  });

  it('share board members only where that is planted, and have an odd board except 30', () => {
    const shared = full.organisations.flatMap((a) =>
      full.organisations
        .filter((b) => b.number > a.number && boardIds(b.number).some((id) => boardIds(a.number).includes(id)))
        .map((b) => [a.number, b.number]),
    );
    const even = full.organisations.filter((ngo) => ngo.board.length % 2 === 0);

    expect(shared).toEqual([
      [4, 5],
      [29, 41],
    ]);
    expect(even.map((ngo) => [ngo.number, ngo.board.length])).toEqual([[30, 6]]);
    expect(full.organisations.every((ngo) => ngo.board.length >= 5 && ngo.board.length <= 15)).toBe(true);
  });

  it('carry the planted registry findings, and no others', () => {
    const today = full.demoNow.slice(0, 10);
    const expired = full.organisations.filter((ngo) => ngo.registry.licenceExpiresOn < today);
    const violating = full.organisations.filter((ngo) => ngo.registry.openViolations > 0);
    const stale = full.organisations.filter((ngo) => ageDays(ngo.registry.fetchedAt) > 90);
    const unpermitted = full.organisations.filter((ngo) => ngo.registry.borderPermit === 'missing');

    expect(expired.map((ngo) => ngo.number)).toEqual([17]);
    expect(violating.map((ngo) => [ngo.number, ngo.registry.status])).toEqual([[28, 'suspended']]);
    expect(organisation(28).earlierRegistry).toMatchObject({ status: 'active', openViolations: 0 });
    expect(stale.map((ngo) => [ngo.number, ageDays(ngo.registry.fetchedAt)])).toEqual([[36, 120]]);
    expect(unpermitted.map((ngo) => [ngo.number, ngo.governorate])).toEqual([[38, 'EG-SIN']]);
  });

  it('include a second record of 29, and a reviewer on the board of 7', () => {
    const reviewer = full.people.find((person) => person.id === reviewerOnBoard);

    expect(organisation(41)).toMatchObject({ nameAr: 'جمعيه دار القصب الذهبى', governorate: 'EG-SHG' });
    expect(boardIds(41)).toEqual(boardIds(29));
    expect(boardIds(7)).toContain(reviewer?.nationalId);
    expect(reviewer?.programmeCode).toBe('disability');
    expect(requestsOf(7).some((r) => r.target === 'technical-review' && r.programmeCode === 'disability')).toBe(true);
  });
});

describe('the invented people', () => {
  it('fill every role with the numbers of the plan', () => {
    const held = full.people.flatMap((person) => person.grants.map((grant) => grant.role));

    expect(countBy(held, (role) => role)).toEqual({
      applicant: 41,
      signatory: 41,
      screeningOfficer: 2,
      directorateOfficer: 27,
      reviewer: 24,
      committeeSecretary: 1,
      committeeMember: 12,
      committeeChair: 1,
      approver: 15,
      fundSignatory: 2,
      financeOfficer: 3,
      paymentReleaser: 2,
      reconciler: 2,
      monitoringOfficer: 3,
      auditor: 1,
      donorObserver: 1,
      administrator: 1,
      operator: 1,
    });
    expect(new Set(held)).toEqual(new Set(roles));
    expect(full.people).toHaveLength(179);
  });

  it('seat a committee of 12, of whom 7 come from civil society', () => {
    const seated = full.people.filter((person) => person.committeeSeat !== undefined);
    const civil = full.people.filter((person) => person.grants.some((grant) => grant.civilSociety));

    expect(countBy(seated, (person) => person.committeeSeat ?? '')).toEqual({
      chair: 1,
      'senior-official': 2,
      'central-unit-head': 1,
      'state-council': 1,
      'civil-society': 7,
    });
    expect(civil.map((person) => person.committeeSeat)).toEqual(Array.from({ length: 7 }, () => 'civil-society'));
  });

  it('have scopes: a level, a governorate, an organisation', () => {
    const scopes = full.people.flatMap((person) => person.grants);

    expect(
      countBy(
        scopes.filter((g) => g.level),
        (g) => g.level ?? '',
      ),
    ).toEqual(approversPerLevel);
    expect(new Set(scopes.flatMap((g) => g.governorate ?? [])).size).toBe(27);
    expect(new Set(scopes.flatMap((g) => g.organisationId ?? []))).toEqual(
      new Set(full.organisations.map((ngo) => ngo.id)),
    );
  });

  it('are distinct natural persons who cannot exist and cannot be written to', () => {
    const ids = full.people.map((person) => readNationalId(person.nationalId, { allowSyntheticIds: true }));

    expect(ids.every((id) => id.valid && id.synthetic && id.checkDigitMatches)).toBe(true);
    for (const distinct of [
      full.people.map((person) => person.id),
      full.people.map((person) => person.nationalId),
      full.people.map((person) => person.nameAr),
    ]) {
      expect(new Set(distinct).size).toBe(full.people.length);
    }
    expect(full.people.filter((person) => !/^[a-z0-9-]+@[a-z0-9-]+\.example$/.test(person.email))).toEqual([]);
    expect(full.people.filter((person) => !/^[a-z]+(-[a-z0-9]+)*$/.test(person.id))).toEqual([]);
  });
});

describe('the requests of size full', () => {
  it('number 96, with the count of each scenario and the sums per stage', () => {
    expect(countBy(full.requests, (request) => request.target)).toEqual(scenarioCounts);
    expect(countBy(full.requests, (request) => placeOf(request.target))).toEqual({
      draft: 6,
      screening: 8,
      correction: 5,
      'regional-opinion': 7,
      'technical-review': 8,
      committee: 8,
      authority: 5,
      agreement: 5,
      implementation: 22,
      'final-review': 5,
      recovery: 2,
      closed: 5,
      terminated: 1,
      rejected: 4,
      ineligible: 2,
      withdrawn: 1,
      lapsed: 1,
      declined: 1,
    });
    expect(full.requests.map((request) => request.index)).toEqual(Array.from({ length: 96 }, (_, index) => index + 1));
  });

  it('are spread over the programmes as planned', () => {
    expect(countBy(full.requests, (request) => request.programmeCode)).toEqual({
      'social-defence': 22,
      disability: 36,
      'family-care': 18,
      relief: 5,
      citizenship: 8,
      housing: 3,
      'early-childhood': 4,
    });
  });

  // No sample request stands in an appeal: those that are decided against end.
  const shown = stageNames.filter((stage) => stage !== 'appeal-window' && stage !== 'appeal');
  it.each(shown)('have at %s one that is late, one due today, one escalated', (stage) => {
    const here = full.requests.filter((request) => placeOf(request.target) === stage);
    const lateness = here.flatMap((request) => request.lateness ?? []);

    // What is escalated is late as well; recovery has only two requests to show all three.
    expect(lateness).toContain('due-today');
    expect(lateness).toContain('escalated');
    if (here.length > 2) expect(lateness).toContain('late');
  });

  it('have no due time once they have ended or are suspended', () => {
    const timeless = full.requests.filter(
      (r) => r.suspended || !stageNames.some((stage) => stage === placeOf(r.target)),
    );

    expect(timeless).toHaveLength(17);
    expect(timeless.filter((request) => request.lateness !== undefined)).toEqual([]);
  });

  it('name calls that exist, and drafts whose call has closed or closes today', () => {
    const closings = new Map(full.calls.map((call) => [call.code, call.closesAt]));
    const draftsBy = (lateness: string) =>
      full.requests
        .filter((r) => r.target === 'draft' && r.lateness === lateness)
        .map((r) => closings.get(r.callCode)?.slice(0, 10));

    expect(full.requests.filter((request) => !closings.has(request.callCode))).toEqual([]);
    expect(draftsBy('due-today')).toEqual(['2026-03-01']);
    expect(draftsBy('late')).toEqual(['2026-02-26']);
    expect(draftsBy('escalated')).toEqual(['2026-01-20']);
    expect(full.requests.filter((r) => r.target !== 'draft' && !r.callCode.endsWith('-open'))).toEqual([]);
  });

  it('plant the cases that cross requests', () => {
    const fromDakahlia = full.requests.filter((r) => r.localityAr === 'عزبة النخلتين' && r.governorates[0] === 'EG-DK');
    const repeated = Object.entries(countBy(full.requests, (r) => `${r.organisationNumber}/${r.programmeCode}`));

    expect(fromDakahlia.map((r) => [r.organisationNumber, r.programmeCode])).toEqual([
      [12, 'disability'],
      [13, 'disability'],
    ]);
    expect(repeated.filter(([, count]) => count > 1)).toEqual([['40/citizenship', 2]]);
    expect(requestsOf(40).map((r) => piastres(r.requestedMinor) / 100n)).toEqual([150_000n, 150_000n]);
    expect(requestsOf(28).map((r) => [placeOf(r.target), r.suspended])).toEqual([
      ['implementation', true],
      ['regional-opinion', true],
    ]);
    expect([17, 30].flatMap((number) => requestsOf(number).map((r) => r.target))).toEqual(['ineligible', 'ineligible']);
    expect(requestsOf(38).map((r) => r.target)).toEqual(['correction']);
    expect(requestsOf(36).map((r) => r.target)).toEqual(['agreement']);
    expect(
      full.requests.filter((r) => r.governorates.length > 1).map((r) => [r.target, r.governorates.length]),
    ).toEqual([['implementation', 3]]);
  });

  it('have titles that name the place, in Arabic and English, and never the same one twice', () => {
    const named = new Map(full.governorates.map((g) => [g.code, g]));

    for (const request of full.requests) {
      for (const code of request.governorates) {
        expect(request.titleAr).toContain(named.get(code)?.nameAr);
        expect(request.titleEn).toContain(named.get(code)?.nameEn);
      }
    }
    expect(new Set(full.requests.map((request) => request.titleAr)).size).toBe(96);
    expect(Object.values(titles).filter((list) => list.length < 6)).toEqual([]);
    expect(JSON.stringify(full.requests)).not.toContain('{place}');
  });
});

describe('the money of the requests', () => {
  it('adds up: lines to the request, units to the line', () => {
    for (const request of full.requests) {
      expect(sumMinor(request.budgetLines.map((line) => line.amountMinor))).toBe(piastres(request.requestedMinor));
      for (const line of request.budgetLines) {
        expect(piastres(line.unitCostMinor) * BigInt(line.quantity)).toBe(piastres(line.amountMinor));
        expect(piastres(line.amountMinor) > 0n).toBe(true);
      }
    }
  });

  it('comes in steps of EGP 500 up to the ceiling of the call', () => {
    const ceilings = new Map(full.calls.map((call) => [call.code, piastres(call.ceilingMinor)]));

    for (const request of full.requests) {
      const requested = piastres(request.requestedMinor);
      expect(requested % minorOfPounds(500)).toBe(0n);
      expect(requested <= (ceilings.get(request.callCode) ?? 0n)).toBe(true);
    }
  });

  it.each(['sanad-demo-1', 'another-seed', ''])('fits every envelope but that of housing (seed "%s")', (seed) => {
    const data = generateSampleData({ seed, size: 'full' });
    const overspent = data.programmes.filter(({ code }) => {
      const requested = data.requests.filter((r) => r.programmeCode === code).map((r) => r.requestedMinor);
      return sumMinor(requested) > envelopeOf(code);
    });

    expect(overspent.map(({ code }) => code)).toEqual(['housing']);
  });

  it('lets the third housing request pass the envelope', () => {
    const housing = full.requests.filter((request) => request.programmeCode === 'housing');

    expect(housing.map((r) => [r.target, r.requestedMinor])).toEqual([
      ['implementation', '18000000'],
      ['agreement', '20000000'],
      ['committee', '22000000'],
    ]);
    expect(requestedBy('housing') > envelopeOf('housing')).toBe(true);
    expect(requestedBy('housing') - minorOfPounds(220_000) <= envelopeOf('housing')).toBe(true);
  });
});

describe('the requests of size small', () => {
  it('are 24 of the full ones, unchanged, with each scenario at least once', () => {
    expect(small.requests).toHaveLength(24);
    expect(new Set(small.requests.map((request) => request.target))).toEqual(new Set(scenarioNames));
    for (const request of small.requests) {
      expect(full.requests.find((other) => other.key === request.key)).toEqual(request);
    }
    expect(small.people).toEqual(full.people);
    expect(small.organisations).toEqual(full.organisations);
  });
});

describe('determinism', () => {
  it('keeps the bytes of both sizes', () => {
    expect(sha256(small)).toBe('f6306f62bf92f54e7c5eeae2f1b38b79092f0c1670e91b86f419fc9e8d9144eb');
    expect(sha256(full)).toBe('c010269e5ffc51bb3304c981c58a81dd4364ff6b24eb7386cee2cac6b5b913fb');
  });

  it('gives values that survive JSON', () => {
    expect(JSON.parse(JSON.stringify(full))).toStrictEqual(full);
  });

  it('keeps ids and amounts when the day moves, so that loading again on another day adds nothing', () => {
    const later = generateSampleData({ size: 'full', demoNow: '2026-11-22T08:00:00Z' });
    const keys = (data: typeof full) => [
      data.organisations.map((ngo) => [ngo.id, ngo.iban, ngo.board]),
      data.people,
      data.requests.map((request) => [request.key, request.id, request.requestedMinor, request.budgetLines]),
    ];

    expect(keys(later)).toEqual(keys(full));
    expect(later.organisations[0]?.registry.fetchedAt).not.toBe(full.organisations[0]?.registry.fetchedAt);
  });

  it('changes everything with the seed', () => {
    const other = generateSampleData({ seed: 'sanad-demo-2', size: 'full' });
    const known = new Set([...full.organisations, ...full.requests].map(({ id }) => id));

    expect([...other.organisations, ...other.requests].filter(({ id }) => known.has(id))).toEqual([]);
  });
});

describe('a keyed stream', () => {
  const draws = (kind: string, index: number): number[] => {
    const stream = streamFor('sanad-demo-1', kind, index);
    return Array.from({ length: 8 }, () => stream.below(1_000));
  };

  it('does not shift when another entity is added or drawn from', () => {
    const before = draws('request', 1);
    const meanwhile = streamFor('sanad-demo-1', 'request', 97);
    meanwhile.shuffle([1, 2, 3]);

    expect(draws('request', 1)).toEqual(before);
    expect(draws('request', 2)).not.toEqual(before);
    expect(draws('registry', 1)).not.toEqual(before);
  });

  it('is pinned, spreads evenly, and shuffles without loss', () => {
    const stream = streamFor('seed', 'kind', 0);
    const hits = countBy(
      Array.from({ length: 6_000 }, () => stream.below(6)),
      String,
    );

    expect(opaqueId('seed', 'kind', 0)).toBe('31ad6cc143ef3208');
    expect(streamFor('seed', 'kind', 0).below(1_000_000)).toBe(987055);
    expect(Object.values(hits).every((count) => count > 850 && count < 1_150)).toBe(true);
    expect(stream.shuffle([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(() => stream.pick([])).toThrow();
  });
});

describe('an IBAN', () => {
  it('is checked by mod 97', () => {
    expect(isValidEgyptianIban('EG380019000500000000263180002')).toBe(true);
    expect(isValidIban('EG38 0019 0005 0000 0000 2631 8000 2')).toBe(true);
    expect(isValidIban('GB82WEST12345698765432')).toBe(true);
    expect(isValidEgyptianIban('EG380019000500000000263180003')).toBe(false);
    expect(isValidEgyptianIban('EG830019000500000000263180002')).toBe(false);
    expect(isValidEgyptianIban('GB82WEST12345698765432')).toBe(false);
    expect(egyptianIban({ bank: '9999', branch: '1', account: '1' })).toBe('EG779999000100000000000000001');
    expect(() => egyptianIban({ bank: '9999', branch: '1', account: 'x' })).toThrow();
  });
});

describe('a national number', () => {
  const synthetic = nationalIdFrom({ bornOn: '1984-02-29', placeCode: '99', serial: 1231 });
  const strict = { allowSyntheticIds: false };

  it('is read with Latin and Arabic digits', () => {
    const arabic = synthetic.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
    const expected = {
      valid: true,
      bornOn: '1984-02-29',
      placeCode: '99',
      sex: 'male',
      synthetic: true,
      checkDigitMatches: true,
    };

    expect(readNationalId(synthetic, { allowSyntheticIds: true })).toEqual(expected);
    expect(readNationalId(arabic, { allowSyntheticIds: true })).toEqual(expected);
  });

  it('is refused for its shape, date or place, but never for its check digit', () => {
    const real = nationalIdFrom({ bornOn: '2001-12-05', placeCode: '01', serial: 42 });
    const otherCheckDigit = `${real.slice(0, 13)}${(Number(real.charAt(13)) + 1) % 10}`;

    expect(readNationalId(real, strict)).toMatchObject({
      valid: true,
      sex: 'female',
      synthetic: false,
      bornOn: '2001-12-05',
    });
    expect(readNationalId(otherCheckDigit, strict)).toMatchObject({ valid: true, checkDigitMatches: false });
    expect(readNationalId(synthetic, strict)).toEqual({ valid: false, fault: 'place' });
    expect(readNationalId('29902300112345', strict)).toEqual({ valid: false, fault: 'date' });
    expect(readNationalId('2990228011234', strict)).toEqual({ valid: false, fault: 'shape' });
  });
});
