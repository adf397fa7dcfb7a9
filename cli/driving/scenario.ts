// What a driver aims at with one request: the story, where it is left, what is not done, and what somebody does unasked.
import type { Script } from './script.js';
import type { Act, Awaited, Situation } from './situation.js';

export type Scenario = {
  readonly script: Script;
  /** For people who read a report of what went wrong. */
  readonly aim: string;
  readonly reached: (situation: Situation) => boolean;
  /** Awaited acts that nobody does, because the request is to be left waiting for them. */
  readonly holdsBack?: (task: Awaited, situation: Situation) => boolean;
  /** An act of somebody's own accord, such as a withdrawal; comes before what is awaited. */
  readonly unasked?: (situation: Situation) => Act | null;
  /** The approval of the award is meant to be refused for want of money. */
  readonly overflows?: boolean;
};

/** Stages that a request cannot come back from on its way: past its aim, it can only be left as it is. */
export const hasEnded = ({ outcome }: Situation): boolean => outcome !== null;
