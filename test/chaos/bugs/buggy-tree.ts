// A throw-away copy of this repository with one patch applied: sources for tests, a build for a campaign. The working tree is never touched.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { runCommand } from '../../../scripts/run-command.mjs';
import { root } from '../../../scripts/settings.mjs';
import type { Patch } from './apply-patch.js';
import { applied } from './apply-patch.js';

export type BuggyTree = { readonly folder: string; readonly remove: () => void };

const sourceFolders = [
  ...['domain', 'workflows', 'activities', 'persistence', 'platform', 'api', 'worker', 'verification', 'bank'],
  ...['simulators', 'cli', 'sample', 'scripts', 'bench', 'test'],
];
const files = ['package.json', 'tsconfig.json', 'jest.config.js'];

const emptyTree = (name: string): BuggyTree => {
  const folder = mkdtempSync(join(tmpdir(), `sanad-bug-${name}-`));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  for (const file of files) cpSync(join(root, file), join(folder, file));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

const patchedFiles = ({ files: changed }: Patch): { path: string; source: string }[] =>
  changed.map((file) => ({ path: file.path, source: applied(readFileSync(join(root, file.path), 'utf8'), file) }));

/** Results of earlier runs are not sources, and folders of other tools are large. */
const isWanted = (path: string): boolean => !/\/(out|node_modules|\.sanad)$/.test(path);

export const sourcesWith = (name: string, patch: Patch): BuggyTree => {
  const tree = emptyTree(name);
  for (const folder of sourceFolders.filter((one) => existsSync(join(root, one))))
    cpSync(join(root, folder), join(tree.folder, folder), { recursive: true, filter: isWanted });
  for (const { path, source } of patchedFiles(patch)) writeFileSync(join(tree.folder, path), source);
  return tree;
};

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
};

/** Workflow code reaches the worker as a bundle of its own. */
const isBundled = ({ path }: { readonly path: string }): boolean => /^(domain|workflows)\//.test(path);

/** Only the patched files are compiled again, without a look at types: a bug need not be well-typed. */
export const buildWith = async (name: string, patch: Patch | null): Promise<BuggyTree> => {
  const tree = emptyTree(name);
  cpSync(join(root, 'dist'), join(tree.folder, 'dist'), { recursive: true });
  const changed = patch === null ? [] : patchedFiles(patch);
  for (const { path, source } of changed) {
    const { outputText } = ts.transpileModule(source, { compilerOptions, fileName: path });
    const target = join(tree.folder, 'dist', path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  if (changed.some(isBundled))
    await runCommand(process.execPath, [join(tree.folder, 'dist/worker/build-bundle.js')], { cwd: tree.folder });
  return tree;
};
