// Stories under the earning plan: a tranche that earns less than planned, and one of which nothing is earned, each to its closing.
import type { Journey } from './journey.js';
import { acceptReport, payTranche } from './journey.js';
import { people } from './people.js';

export const peopleTrained = (total: number) => [{ code: 'people-trained', total, parts: { all: total } }];

export const closeAs = (told: Journey, unspentMinor: string): Journey => {
  const body = { verdict: 'settled', unspentMinor, returnedMinor: unspentMinor } as const;
  return told.act(people.monitor, 'closeRequest', body).act(people.finance, 'closeRequest', body);
};

/** From implementation on: eighty of a hundred people trained. */
export const earningLess = (told: Journey): Journey => {
  acceptReport(payTranche(told, 1), 1, '18000000', peopleTrained(80));
  acceptReport(payTranche(told, 2), 2, '60000000', peopleTrained(100));
  return closeAs(payTranche(told, 3), '0');
};

/** From implementation on: fifteen million spent of the first twenty, where sixteen would have been enough. */
export const earningNothing = (told: Journey): Journey => {
  acceptReport(payTranche(told, 1), 1, '10000000', peopleTrained(0));
  acceptReport(told, 2, '15000000', peopleTrained(90));
  return closeAs(payTranche(told, 3), '11000000');
};
