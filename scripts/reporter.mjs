// Says what the scripts are doing: plain lines, and long steps with their progress. Nothing here decides anything.
// @ts-check

/**
 * @typedef {(text: string) => void} Detail tells what a long step is busy with just now
 * @typedef {{ say: (text: string) => void, during: <T>(label: string, work: (detail: Detail) => Promise<T>) => Promise<T> }} Reporter
 */

/**
 * Lines go to stderr by default, so that the output of a command (JSON, a closing line) stays alone on stdout.
 * @param {NodeJS.WriteStream | { write: (text: string) => unknown, isTTY?: boolean, columns?: number }} stream
 * @param {{ lineEveryMs?: number }} options
 * @returns {Reporter}
 */
export function createReporter(stream = process.stderr, { lineEveryMs = 10_000 } = {}) {
  const live = stream.isTTY === true;
  const clear = live ? '\r\x1b[2K' : '';
  /** @param {string} text */
  const say = (text) => void stream.write(`${clear}${text}\n`);

  /** @type {Reporter['during']} */
  const during = async (label, work) => {
    const startedAt = Date.now();
    const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(live ? 0 : 1)} s`;
    let now = '';
    const show = () => {
      const text = `${label}: ${seconds()}${now && `, ${now}`}`;
      if (live) stream.write(`${clear}${text.slice(0, (stream.columns ?? 80) - 1)}`);
      else say(text);
    };
    const timer = setInterval(show, live ? 200 : lineEveryMs);
    try {
      const result = await work((text) => void (now = text));
      if (Date.now() - startedAt >= 1000) say(`${label}: done in ${seconds()}`);
      return result;
    } catch (error) {
      say(`${label}: failed after ${seconds()}`); // why is for the caller to say
      throw error;
    } finally {
      clearInterval(timer);
      if (live) stream.write(clear);
    }
  };
  return { say, during };
}
