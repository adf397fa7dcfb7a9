// The tiers of `npm test`: the same ones as jest knows, and how its arguments are read.
import { describe, expect, it } from '@jest/globals';
import jestConfig from '../../jest.config.js';
import { readArguments, tiers } from '../../scripts/tiers.mjs';

it('knows exactly the tiers that jest knows', () => {
  const projects = jestConfig.projects.map(({ displayName }: { displayName: string }) => displayName);

  expect(Object.keys(tiers).sort()).toEqual(projects.sort());
});

describe('arguments', () => {
  it('none: every tier', () => expect(readArguments([])).toEqual({ names: Object.keys(tiers), forJest: [] }));

  it('tiers run in their own order, whatever the order asked', () =>
    expect(readArguments(['http', 'domain']).names).toEqual(['domain', 'http']));

  it('options go to jest, with or without the second pair of dashes', () => {
    const expected = { names: ['http'], forJest: ['-t', 'late vote'] };

    expect(readArguments(['http', '--', '-t', 'late vote'])).toEqual(expected);
    expect(readArguments(['http', '-t', 'late vote'])).toEqual(expected);
  });

  it('an unknown tier is refused', () => expect(() => readArguments(['htp'])).toThrow('No such tier: htp'));
});
