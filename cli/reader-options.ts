// Options that every reading command has.
import type { Command } from 'commander';
import { Option } from 'commander';
import { withOutputOptions } from './output.js';

export const withReaderOptions = (command: Command): Command =>
  withOutputOptions(command)
    .option('--as <person>', 'who looks, e.g. screening-officer-1 (demo mode); without it SANAD_TOKEN counts')
    .option('--url <url>', 'address of the API')
    .addOption(new Option('--lang <language>', 'language of titles and messages').choices(['ar', 'en']).default('en'));
