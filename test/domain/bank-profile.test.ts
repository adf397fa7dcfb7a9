// The profile of the Fund's bank: what is wrong with it is said before the first file, and nobody goes live with the demo's.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BankProfile } from '../../bank/profile.js';
import { demoProfile, readBankProfile } from '../../bank/profile.js';
import { loadConfig } from '../../platform/config.js';
import { bankProfileOf } from '../../worker/bank-profile.js';

/** The example of the IBAN standard. */
const real: BankProfile = {
  ...demoProfile,
  debtorIban: 'EG380019000500000000263180002',
  debtorBankCode: '0019',
  names: 'latin',
};

describe('a profile', () => {
  it.each([
    ['of the demo', demoProfile],
    ['of a bank', real],
  ])('%s is taken', (_what, profile) => {
    expect(readBankProfile(JSON.stringify(profile))).toEqual({ ok: true, value: profile });
  });

  it.each([
    ['text that is no JSON', '{', 'not JSON'],
    ['nothing', 'null', 'profile'],
    ['a digit changed in the IBAN', { ...real, debtorIban: 'EG380019000500000000263180003' }, 'check digits'],
    ['an IBAN of another country', { ...real, debtorIban: 'DE89370400440532013000' }, 'not an Egyptian IBAN'],
    ["another bank's code", { ...real, debtorBankCode: '0020' }, 'not the bank'],
    ['a name without an end', { ...real, debtorName: 'x'.repeat(141) }, 'debtorName'],
    ['a field that is misspelt', { ...real, chargesBearer: 'DEBT' }, 'chargesBearer'],
    ['half a day', { ...real, executionAfterDays: 0.5 }, 'executionAfterDays'],
  ])('with %s is refused', (_what, profile, why) => {
    const read = readBankProfile(typeof profile === 'string' ? profile : JSON.stringify(profile));
    expect(read.ok ? '' : read.fault).toContain(why);
  });
});

describe('the profile a worker starts with', () => {
  let folder: string;
  const fileWith = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const started = (env: NodeJS.ProcessEnv) => bankProfileOf(loadConfig(env));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sanad-profile-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is the demo's in a demo that names none", async () => {
    expect(await started({ SANAD_MODE: 'demo' })).toEqual(demoProfile);
  });

  it('is the one the configuration names', async () => {
    const file = await fileWith('real.json', JSON.stringify(real));
    expect(await started({ SANAD_BANK_PROFILE: file })).toEqual(real);
    expect(await started({ SANAD_MODE: 'demo', SANAD_BANK_PROFILE: file })).toEqual(real);
  });

  it('stops the start when there is none, when it cannot be read or used, or when its bank does not exist', async () => {
    await expect(started({})).rejects.toThrow('SANAD_BANK_PROFILE: required outside demo mode');
    await expect(started({ SANAD_BANK_PROFILE: join(folder, 'absent') })).rejects.toThrow('cannot be read');
    const broken = await fileWith('broken.json', '{}');
    await expect(started({ SANAD_BANK_PROFILE: broken })).rejects.toThrow('debtorIban');
    const demo = await fileWith('demo.json', JSON.stringify(demoProfile));
    await expect(started({ SANAD_BANK_PROFILE: demo })).rejects.toThrow('bank 9999 does not exist');
  });
});
