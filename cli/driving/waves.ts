// Which of the awaited acts come next: those that people can do at the same time, in the order that sense demands.
import type { Awaited, Situation } from './situation.js';
import { hasArrived } from './money.js';

const awaited = (situation: Situation, command: Awaited['command']): boolean =>
  situation.awaited.some((task) => task.command === command);

/** A report tells about money: the tranche of the same number comes first. */
const isTimely = (situation: Situation, { command, number }: Awaited): boolean => {
  if (command !== 'submitReport') return true;
  const tranche = situation.tranches.find((other) => other.number === number && other.purpose === 'tranche');
  return tranche === undefined || hasArrived(tranche);
};

/** The chair closes when nobody who means to vote is left, so `closeItem` comes last and alone. */
export const nextTasks = (situation: Situation, votes: (task: Awaited) => boolean): Awaited[] => {
  const open = situation.awaited.filter((task) => isTimely(situation, task));
  if (!awaited(situation, 'castVote')) return open;
  const voting = open.filter((task) => task.command === 'castVote' && votes(task));
  return voting.length > 0 ? voting : open.filter((task) => task.command === 'closeItem');
};
