// Decision letters: which entries have one, what each tells, and that only the entries up to it decide what it says.
import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../../domain/audit-entry.js';
import type { Plan } from '../../domain/plan.js';
import { letterBlocks, requestAfter } from '../../api/letters/letter.js';
import type { LetterKind } from '../../api/letters/letter-kind.js';
import { letterKindOf, letterKinds } from '../../api/letters/letter-kind.js';
import { codeParts, contentHash, isGenuine, letterCode } from '../../api/letters/letter-proof.js';
import { letterWords } from '../../api/letters/letter-words.js';
import { sha256 } from '../../platform/hashing.js';
import type { Journey } from '../support/journey.js';
import { approveBody, dayMs, journeyTo, metChecklist, openWith, payTranche } from '../support/journey.js';
import { members, panel, people } from '../support/people.js';
import { appealingPlan, calmPlan } from '../support/plans.js';

const because = { reason: 'لم تُرفق عروض الأسعار' };
const screening = { checklist: metChecklist(calmPlan), points: [], reasonCodes: [] } as const;
const decided = (verdict: 'approve' | 'defer' | 'reject', plan: Plan = appealingPlan): Journey => {
  const told = journeyTo('committee', plan).act(people.secretary, 'openItem', openWith());
  for (const member of members.slice(0, 8))
    told.act(member, 'castVote', { vote: verdict === 'reject' ? 'reject' : 'approve' });
  return told.act(people.chair, 'closeItem', { ...approveBody, verdict, conditions: ['حساب مستقل'] }, because);
};
const awarded = (): Journey => {
  const told = decided('approve').reserve();
  for (const approver of [people.programmeDirector, people.executiveDirector, people.deputy])
    told.act(approver, 'recordApproval', { verdict: 'approve' });
  return told;
};
const judged = (verdict: 'uphold' | 'send-back'): Journey => {
  const told = decided('reject').act(people.samira, 'fileAppeal', {}, { reason: 'أُرفقت العروض' });
  const body = verdict === 'uphold' ? { verdict } : ({ verdict, toStage: 'committee' } as const);
  panel.slice(0, 2).forEach((judge, index) => told.act(judge, 'decideAppeal', body, { reason: `سبب ${index + 1}` }));
  return told;
};
const suspended = (): Journey =>
  journeyTo('screening').act(people.monitor, 'suspend', { ground: 'fraud-alarm' }, because);

const stories: Readonly<Record<LetterKind, () => Journey>> = {
  ineligibility: () =>
    journeyTo('screening', appealingPlan).act(
      people.hana,
      'recordScreening',
      {
        ...screening,
        verdict: 'ineligible',
        checklist: screening.checklist.map((answer) =>
          answer.item === 'active-board' ? { ...answer, answer: 'not-met', note: 'انتهت مدته' } : answer,
        ),
        reasonCodes: ['board-number-even'],
      },
      because,
    ),
  correction: () =>
    journeyTo('screening').act(
      people.hana,
      'recordScreening',
      { ...screening, verdict: 'incomplete', points: [{ section: 'budget', note: 'المجاميع مختلفة' }] },
      because,
    ),
  award: awarded,
  rejection: () => decided('reject'),
  deferral: () => decided('defer'),
  'appeal-decision': () => judged('uphold'),
  suspension: suspended,
  lifting: () => suspended().act(people.deputy, 'liftSuspension', {}, because),
  termination: () => payTranche(journeyTo('implementation'), 1).act(people.deputy, 'terminate', {}, because),
};

const saidBy = (entries: readonly Entry[], language: 'ar' | 'en', plan: Plan = appealingPlan): string => {
  const entry = entries.at(-1);
  const kind = entry && letterKindOf(entry);
  if (!entry || !kind) throw new Error('the last entry has no letter');
  const request = requestAfter('req0000000000001', entries);
  return JSON.stringify(letterBlocks({ kind, request, entry, earlier: entries.slice(0, -1), plan }, language));
};

describe('the letter of a decision', () => {
  it.each(letterKinds)('%s is told after its decision, with the reasons, in both languages', (kind) => {
    const entries = stories[kind]().entries();
    expect(entries.map(letterKindOf).at(-1)).toBe(kind);
    for (const language of ['ar', 'en'] as const) {
      expect(letterWords[language].titles[kind]).not.toBe('');
      const said = saidBy(entries, language);
      expect(said).not.toMatch(/undefined|NaN|Invalid/);
      if (kind !== 'award' && kind !== 'appeal-decision') expect(said).toContain(because.reason);
    }
  });

  it('is written for no other entry on the plain path to the closing', () => {
    expect(
      journeyTo(undefined)
        .entries()
        .flatMap((entry) => letterKindOf(entry) ?? []),
    ).toEqual(['award']);
  });

  it('says why a request is not eligible, and until when that can be appealed', () => {
    const told = stories.ineligibility();
    const said = saidBy(told.entries(), 'ar');
    expect(said).toContain('board-number-even');
    expect(said).toContain('مجلس إدارة قائم: انتهت مدته');
    expect(new Date(told.request().position.dueAtMs).toISOString()).toBe('2026-03-31T08:00:00.000Z');
    expect(said).toContain('حتى الساعة 10:00 بتوقيت القاهرة من يوم 31 مارس 2026');
  });

  it('calls a decision final where the plan knows no appeal', () => {
    expect(saidBy(decided('reject', calmPlan).entries(), 'en', calmPlan)).toContain('The decision is final.');
  });

  it('tells an award in figures and in words, with its conditions and tranches', () => {
    const said = saidBy(awarded().entries(), 'ar');
    for (const words of ['600,000.00 جنيه مصري', 'فقط ستمائة ألف جنيه لا غير', 'أربع دفعات', 'حساب مستقل'])
      expect(said).toContain(words);
    expect(saidBy(awarded().entries(), 'en')).toContain('six hundred thousand Egyptian pounds only');
  });

  it('gives the reasons of everybody on the panel who agreed, and what follows', () => {
    const upheld = saidBy(judged('uphold').entries(), 'ar');
    expect([upheld.includes('سبب 1'), upheld.includes('سبب 2'), upheld.includes('نهائي')]).toEqual([true, true, true]);
    expect(saidBy(judged('send-back').entries(), 'en')).toContain('back to the stage committee');
  });

  it('stays the same whatever happens afterwards', () => {
    const told = stories.rejection();
    const before = saidBy(told.entries(), 'ar');
    const { seq } = told.entries().at(-1) ?? { seq: 0 };
    told.wait(dayMs).act(people.samira, 'fileAppeal', {}, { reason: 'x' });
    expect(
      saidBy(
        told.entries().filter((entry) => entry.seq <= seq),
        'ar',
      ),
    ).toBe(before);
  });
});

describe('the code of a letter', () => {
  const hash = sha256('entry');
  const code = letterCode('req0000000000001', { seq: 7, hash });

  it('is found genuine against the entry it was made from, also typed in capitals', () => {
    const parts = codeParts(` ${code.toUpperCase()} `);
    expect(parts).toMatchObject({ requestId: 'req0000000000001', seq: 7 });
    expect(parts && isGenuine(parts, hash)).toBe(true);
  });

  it('is not genuine for another entry, another number, or with one digit changed', () => {
    const other = (changed: string, entryHash = hash): boolean => {
      const parts = codeParts(changed);
      return parts !== null && isGenuine(parts, entryHash);
    };
    expect(other(code, sha256('another entry'))).toBe(false);
    expect(other(code.replace('-7-', '-8-'))).toBe(false);
    expect(other(code.slice(0, -1) + (code.endsWith('0') ? '1' : '0'))).toBe(false);
    for (const rubbish of ['', 'x', `${code}0`, '../../etc', 'req-0-0000-0000-0000'])
      expect(codeParts(rubbish)).toBeNull();
  });

  it('stands beside a hash that changes with a single digit of the letter', () => {
    const letter = { language: 'ar', title: 't', reference: 'r', issuedAt: new Date(0), blocks: [] } as const;
    expect(contentHash({ ...letter, blocks: [{ kind: 'paragraph', text: '600,000.00' }] })).not.toBe(
      contentHash({ ...letter, blocks: [{ kind: 'paragraph', text: '600,000.01' }] }),
    );
  });
});
