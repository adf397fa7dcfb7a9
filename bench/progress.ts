// Progress of a run: a bar with the measure, the pair and the time left on a terminal, one line per leg elsewhere.
import { SingleBar } from 'cli-progress';

export type Progress = {
  /** One leg more is done; the text says which and what it gave. */
  readonly leg: (text: string) => void;
  readonly end: () => void;
};

const timeOf = (seconds: number): string =>
  seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.floor(seconds / 60)} min ${Math.ceil(seconds % 60)} s`;

/** Legs differ in length, so the time left is rough; it is the mean so far times what is to come. */
export const startProgress = (legs: number): Progress => {
  const startedAt = performance.now();
  let done = 0;
  const left = (): string => {
    const each = (performance.now() - startedAt) / 1000 / done;
    return done < 3 ? '' : `about ${timeOf(each * Math.max(0, legs - done))} left`;
  };
  if (process.stderr.isTTY) {
    const bar = new SingleBar({
      format: '[{bar}] {value} of {total} legs  {left}  {text}',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    });
    bar.start(legs, 0, { left: '', text: '' });
    return {
      leg: (text) => {
        done += 1;
        bar.update(Math.min(done, legs), { left: left(), text });
      },
      end: () => bar.stop(),
    };
  }
  return {
    leg: (text) => {
      done += 1;
      process.stderr.write(`${done} of ${legs}  ${text}  ${left()}\n`);
    },
    end: () => undefined,
  };
};
