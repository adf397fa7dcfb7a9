// Invented natural persons: name and synthetic national number, from one stream per slot, so that any list can name them.
import type { Name } from './names.js';
import { copticNames, muslimNames } from './names.js';
import type { Sex } from './national-id.js';
import { nationalIdFrom, syntheticPlaceCode } from './national-id.js';
import type { Stream } from './stream.js';
import { streamFor } from './stream.js';

export type Identity = { readonly nameAr: string; readonly nameEn: string; readonly nationalId: string };

const two = (value: number): string => String(value).padStart(2, '0');

/** Days stop at 28, so that every month has them. */
const birthday = (stream: Stream): string =>
  `${stream.between(1958, 1998)}-${two(stream.between(1, 12))}-${two(stream.between(1, 28))}`;

const serialOf = (stream: Stream, sex: Sex): number => stream.below(5_000) * 2 + (sex === 'male' ? 1 : 0);

const fullName = (stream: Stream, sex: Sex): Name => {
  const list = stream.below(10) === 0 ? copticNames : muslimNames;
  const given = stream.pick(sex === 'female' ? list.women : list.men);
  const father = stream.pick(list.fathers);
  const grandfather = stream.pick(list.fathers.filter((name) => name !== father));
  const parts = [given, father, grandfather];
  return [parts.map(([ar]) => ar).join(' '), parts.map(([, en]) => en).join(' ')];
};

/** The same seed and slot always give the same person: `signatory-12`, or `board-member/12.3`. */
export const identityOf = (seed: string, slot: string): Identity => {
  const stream = streamFor(seed, 'person', slot);
  const sex: Sex = stream.below(2) === 0 ? 'female' : 'male';
  const [nameAr, nameEn] = fullName(stream, sex);
  const bornOn = birthday(stream);
  const nationalId = nationalIdFrom({ bornOn, placeCode: syntheticPlaceCode, serial: serialOf(stream, sex) });
  return { nameAr, nameEn, nationalId };
};
