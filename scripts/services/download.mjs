// Downloads one file with the patience of a laptop behind a firewall: about ten seconds, then the next route.
// @ts-check
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * @param {string} url
 * @param {string} file
 * @param {(text: string) => void} detail
 * @param {{ firstByteMs?: number, stallMs?: number }} patience
 */
export async function download(url, file, detail = () => {}, { firstByteMs = 10_000, stallMs = 20_000 } = {}) {
  const stop = new AbortController();
  let patienceMs = firstByteMs;
  const giveUp = () => stop.abort(new Error(`${new URL(url).host} sent nothing for ${patienceMs / 1000} s`));
  let timer = setTimeout(giveUp, patienceMs);
  try {
    const response = await fetch(url, { signal: stop.signal });
    if (!response.ok || !response.body) throw new Error(`${new URL(url).host} answered ${response.status}`);
    let bytes = 0;
    const body = /** @type {AsyncIterable<Uint8Array>} */ (response.body);
    const watched = async function* () {
      for await (const chunk of body) {
        clearTimeout(timer);
        timer = setTimeout(giveUp, (patienceMs = stallMs));
        bytes += chunk.length;
        detail(`${(bytes / 1e6).toFixed(0)} MB`);
        yield chunk;
      }
    };
    await pipeline(watched, createWriteStream(file));
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}
