// The command line as a user meets it without any service: usage, exit codes, what goes to stdout and what to stderr.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { temporaryFolder } from './support.js';

const main = join(process.cwd(), 'cli', 'main.ts');
const nowhere = { SANAD_URL: 'http://127.0.0.1:9', MONGODB_URI: 'mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=300' };

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

const sanad = (args: readonly string[], env: Readonly<Record<string, string>> = nowhere): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const SANAD_DATA = temporaryFolder(); // no local run is found there
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
    [['ledger', 'trial-balance', '--help'], 'sanad ledger trial-balance'],
    [['verify', '--help'], 'sanad verify --only I3,I7 --json'],
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
    ['an invariant that does not exist', ['verify', '--only', 'I3,I11']],
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

describe('a verification that cannot read', () => {
  it('says so and exits 2: not clean, not broken', async () => {
    const { code, stdout, stderr } = await sanad(['verify'], {
      MONGODB_URI: 'mongodb://me:secret@127.0.0.1:9/?serverSelectionTimeoutMS=300',
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('nothing is certain');
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

describe('a plan in a file', () => {
  const broken = join(process.cwd(), 'test', 'scripts', 'plans', 'broken.json');
  const written = (text: string): string => {
    const file = join(temporaryFolder(), 'plan.json');
    writeFileSync(file, text);
    return file;
  };

  it('that is broken in shape and meaning is told every fault with its path, and exits 6', async () => {
    const { code, stdout, stderr } = await sanad(['plan', 'check', broken]);
    const paths = stdout.trim().split('\n').map((line) => line.split(': ')[0]); // prettier-ignore
    expect(code).toBe(6);
    expect(paths).toEqual([
      'reports.2.kind',
      'colour',
      'stages.committee',
      'authority.up-to-5m',
      'tranches.retentionBasisPoints',
      'review.criteria',
      'committee.quorum',
      'correctionRounds',
    ]);
    expect(stdout).toContain('review.criteria: the weights add up to 70, not 100');
    expect(stderr).toContain('8 faults');
  });

  it('gives the same faults as one JSON document, in both languages', async () => {
    const { code, stdout } = await sanad(['plan', 'check', broken, '--json']);
    const arabic = stdout.match(/"ar": ".*[\u0600-\u06ff].*"/g) ?? [];
    expect([code, arabic.length]).toEqual([6, 8]);
    expect(JSON.parse(stdout)).toMatchObject({ file: broken });
  });

  it('that is sound exits 0', async () => {
    const { code, stdout } = await sanad(['plan', 'check', written(JSON.stringify(developmentGrant))]);
    expect([code, stdout.trim()]).toEqual([0, 'plan development-grant 2026-1 is sound and can be published.']);
  });

  it('that is no plan at all, no JSON or not there says so', async () => {
    const list = await sanad(['plan', 'check', written('[]')]);
    expect([list.code, list.stdout.trim()]).toEqual([6, 'plan: Invalid input: expected object, received array']);
    expect((await sanad(['plan', 'check', written('{')])).code).toBe(6);
    expect((await sanad(['plan', 'check', join(tmpdir(), 'no-such-plan.json')])).code).toBe(4);
  });
});
