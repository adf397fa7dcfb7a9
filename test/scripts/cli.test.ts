// The command line as a user meets it without any service: usage, exit codes, what goes to stdout and what to stderr.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const main = join(process.cwd(), 'cli', 'main.ts');
const nowhere = { SANAD_URL: 'http://127.0.0.1:9', MONGODB_URI: 'mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=300' };

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

const sanad = (args: readonly string[], env: Readonly<Record<string, string>> = nowhere): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const SANAD_DATA = mkdtempSync(join(tmpdir(), 'sanad-cli-')); // no local run is found there
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
      env: { PATH: process.env['PATH'], SANAD_MODE: 'demo', SANAD_DATA, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const text = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...text }));
  });

describe('what the user typed', () => {
  it('explains itself on stdout with exit 0', async () => {
    const { code, stdout } = await sanad(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes: 0 done');
    expect(stdout).toContain('audit');
  });

  it.each([
    [['seed', '--help'], 'sanad seed --size full --json'],
    [['audit', 'verify', '--help'], 'sanad audit verify'],
  ])('shows examples for %j', async (args, example) => {
    expect((await sanad(args)).stdout).toContain(example);
  });

  it('suggests the nearest command and exits 2', async () => {
    const { code, stdout, stderr } = await sanad(['sed']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Did you mean seed?');
  });

  it.each([
    ['an argument that is missing', ['token']],
    ['a number that is none', ['demo', '--requests', 'many']],
    ['an option that does not exist', ['people', '--everyone']],
    ['a size that does not exist', ['seed', '--size', 'huge']],
  ])('refuses %s with exit 2', async (_what, args) => {
    const { code, stdout } = await sanad(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('names the variable that is not right, and exits 2', async () => {
    const { code, stderr } = await sanad(['people'], { ...nowhere, SANAD_MODE: 'play' });
    expect(code).toBe(2);
    expect(stderr).toContain('SANAD_MODE');
  });
});

describe('nobody there', () => {
  it('says that the API does not answer, where, and what to do; exit 5', async () => {
    const { code, stdout, stderr } = await sanad(['demo', '--requests', '1']);
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    expect(stderr).toContain('http://127.0.0.1:9');
    expect(stderr).toContain('npm start');
  });

  it('says that MongoDB does not answer without showing its password; exit 5', async () => {
    const { code, stderr } = await sanad(['people'], {
      MONGODB_URI: 'mongodb://me:secret@127.0.0.1:9/?serverSelectionTimeoutMS=300',
    });
    expect(code).toBe(5);
    expect(stderr).not.toContain('secret');
  });
});

describe('outside demo mode', () => {
  it.each([[['token', 'signatory-1']], [['seed']]])('refuses %j with exit 3', async (args) => {
    const { code, stderr } = await sanad(args, { ...nowhere, SANAD_MODE: 'production' });
    expect(code).toBe(3);
    expect(stderr).toContain('demo mode only');
  });
});
