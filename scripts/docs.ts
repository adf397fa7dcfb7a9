// Writes what documents say about the code from the code itself: docs/lifecycle.md, docs/ledger.md, the generated blocks of both READMEs and
// .env.example. `--check` writes nothing; it says what differs and ends with 1.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lifecycleDiagram } from '../domain/lifecycle-diagram.js';
import { developmentGrant } from '../domain/plans/development-grant.js';
import { configurationBlock, environmentExample } from './docs/configuration.js';
import { ledgerPage } from './docs/ledger-page.js';
import { lifecyclePage } from './docs/lifecycle-page.js';
import { mermaid, withBlock } from './docs/markdown.js';
import { arabicWord } from './docs/words-ar.js';

const pathOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const read = (name: string): string => (existsSync(pathOf(name)) ? readFileSync(pathOf(name), 'utf8') : '');

const readme = (name: string, language: 'ar' | 'en'): string => {
  const diagram = lifecycleDiagram(developmentGrant, language === 'ar' ? arabicWord : undefined);
  const blocks = { lifecycle: mermaid(diagram), configuration: configurationBlock(language) };
  return Object.entries(blocks).reduce((text, [block, content]) => {
    try {
      return withBlock(text, block, content);
    } catch (error) {
      throw new Error(`${name} cannot be generated`, { cause: error });
    }
  }, read(name));
};

const documents: Readonly<Record<string, () => string>> = {
  'docs/lifecycle.md': lifecyclePage,
  'docs/ledger.md': ledgerPage,
  'README.md': () => readme('README.md', 'en'),
  'README.ar.md': () => readme('README.ar.md', 'ar'),
  '.env.example': environmentExample,
};

const mostShown = 5;

/** The first lines that differ, each as it stands and as it would be written. */
const differences = (found: string, wanted: string): string[] => {
  const [is, shouldBe] = [found.split('\n'), wanted.split('\n')];
  const numbers = Array.from({ length: Math.max(is.length, shouldBe.length) }, (_, index) => index);
  const different = numbers.filter((index) => is[index] !== shouldBe[index]);
  const lines = different
    .slice(0, mostShown)
    .flatMap((index) => [
      `  line ${index + 1}`,
      `  - ${is[index] ?? '(nothing)'}`,
      `  + ${shouldBe[index] ?? '(nothing)'}`,
    ]);
  const more = different.length - mostShown;
  return more > 0 ? [...lines, `  … and ${more} more lines`] : lines;
};

const checking = process.argv.includes('--check');
for (const [name, generate] of Object.entries(documents)) {
  const [found, wanted] = [read(name), generate()];
  if (found === wanted) continue;
  if (checking) {
    console.log(`${name} is not what the code says; \`npm run docs:generate\` mends it:`);
    console.log(differences(found, wanted).join('\n'));
    process.exitCode = 1;
  } else {
    writeFileSync(pathOf(name), wanted);
    console.log(`wrote ${name}`);
  }
}
