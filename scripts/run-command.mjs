// Runs one command to its end and returns what it printed. A failure carries the command's own last words.
// @ts-check
import { spawn } from 'node:child_process';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill()));

export class CommandFailed extends Error {
  /** @param {string} message one line @param {string} output the end of all that it printed */
  constructor(message, output) {
    super(message);
    this.name = 'CommandFailed';
    this.output = output;
  }
}

/**
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, inherit?: boolean, onLine?: (line: string) => void }} CommandOptions
 */

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} options `inherit` shows the output instead of keeping it
 * @returns {Promise<string>} standard output
 */
export function runCommand(command, args, { cwd, env = process.env, timeoutMs, inherit = false, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    // Not spawn's own time-out: its timer outlives a command that could not be started.
    const timer = timeoutMs ? setTimeout(() => child.kill(), timeoutMs) : undefined;
    running.add(child);
    let stdout = '';
    let all = '';
    /** @param {string} text */
    const hear = (text) => {
      all = (all + text).slice(-20_000);
      const line = lastLines(text, 1);
      if (line) onLine?.(line);
    };
    child.stdout?.setEncoding('utf8').on('data', (text) => ((stdout += text), hear(text)));
    child.stderr?.setEncoding('utf8').on('data', hear);
    child.once('error', (error) => settle(() => reject(new Error(notStarted(command, error)))));
    child.once('close', (code, signal) =>
      settle(() => {
        if (code === 0) return resolve(stdout);
        const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
        reject(new CommandFailed(`${command} ${how}${all.trim() && `: ${lastLines(all, 4)}`}`, all));
      }),
    );
    /** @param {() => void} finish */
    const settle = (finish) => (clearTimeout(timer), running.delete(child), finish());
  });
}

/** @param {string} command @param {NodeJS.ErrnoException} error */
const notStarted = (command, error) =>
  error.code === 'ENOENT' ? `${command} is not installed` : `${command}: ${error.message}`;

/** @param {string} text @param {number} count */
export const lastLines = (text, count) => text.trim().split('\n').slice(-count).join(' | ').trim();
