// Which bank's profile payment files follow: a file that the configuration names, or in a demo a bank that does not exist.
import { readFile } from 'node:fs/promises';
import type { BankProfile } from '../bank/profile.js';
import { demoProfile, readBankProfile } from '../bank/profile.js';
import type { Config } from '../platform/config.js';
import { ConfigError } from '../platform/config.js';

const unusable = (why: string): ConfigError => new ConfigError(`SANAD_BANK_PROFILE: ${why}`);

/** Outside demo mode a missing profile, or that of the bank that does not exist, stops the start: files under it pay nobody. */
export const bankProfileOf = async ({ mode, bank }: Config): Promise<BankProfile> => {
  if (bank.profileFile === undefined) {
    if (mode === 'demo') return demoProfile;
    throw unusable('required outside demo mode');
  }
  const text = await readFile(bank.profileFile, 'utf8').catch((cause: unknown) => {
    throw Object.assign(unusable('the file cannot be read'), { cause });
  });
  const read = readBankProfile(text);
  if (!read.ok) throw unusable(read.fault);
  if (mode === 'production' && read.value.debtorBankCode === demoProfile.debtorBankCode)
    throw unusable('bank 9999 does not exist; it is for demonstrations alone');
  return read.value;
};
