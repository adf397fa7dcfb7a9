// When two things say the same: JSON in whatever order of fields, Arabic however it is spelled; and when a reason says nothing.
import { describe, expect, it } from '@jest/globals';
import { plainLetters } from '../../domain/arabic-letters.js';
import { isUnreasoned } from '../../domain/reason.js';
import { sameJson } from '../../domain/same-json.js';

describe('two JSON values', () => {
  it.each<[unknown, unknown]>([
    [1, 1],
    [null, null],
    ['a', 'a'],
    [[], []],
    [
      { a: 1, b: [1, { c: 2, d: 3 }] },
      { b: [1, { d: 3, c: 2 }], a: 1 },
    ],
    [
      { a: 1, b: 2, c: 3 },
      { c: 3, a: 1, b: 2 },
    ],
  ])('%j and %j say the same, whichever comes first', (one, other) => {
    expect([sameJson(one, other), sameJson(other, one)]).toEqual([true, true]);
  });

  it.each<[unknown, unknown]>([
    [1, 2],
    [1, '1'],
    [null, {}],
    [null, 0],
    [{}, 'a'],
    [{}, 1],
    [{ a: undefined }, { b: undefined }],
    [[], {}],
    [{ a: 1 }, {}],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], { 0: 1 }],
  ])('%j and %j do not', (one, other) => {
    expect([sameJson(one, other), sameJson(other, one)]).toEqual([false, false]);
  });
});

describe('letters compared as people mean them', () => {
  it.each([
    ['marks and the stretching line are left out', 'جَمْعِيَّـــة ٱلأَمَلِ', 'جمعيه الامل'],
    ['every alif is one letter', 'أإآٱا', 'ااااا'],
    ['every ya is one letter', 'ىیي', 'ييي'],
    ['the Persian kaf is a kaf', 'کك', 'كك'],
    ['a closing ta is a ha', 'تنمية', 'تنميه'],
    ['what is neither letter nor digit is one space between words', ' «الأمل» - مصر/2030! ', 'الامل مصر 2030'],
    ['a small alif above is a mark', 'هٰذا', 'هذا'],
    ['Latin letters are small and in their usual form', 'Ａmal  NGO', 'amal ngo'],
    ['a ligature is its letters', 'ﻷمل', 'لامل'],
  ])('%s', (_rule, written, plain) => {
    expect(plainLetters(written)).toBe(plain);
  });
});

describe('a reason', () => {
  it.each([
    [{}, true],
    [{ reason: undefined }, true],
    [{ reason: '' }, true],
    [{ reason: ' \t\n' }, true],
    [{ reason: ' because ' }, false],
  ])('%j is none: %p', (command, unreasoned) => {
    expect(isUnreasoned(command)).toBe(unreasoned);
  });
});
