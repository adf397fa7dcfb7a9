// Jest for mutation testing of the rules: the domain tier without the long random walk, which would run again for every mutant.
import tiers from '../jest.config.js';

const domain = tiers.projects.find(({ displayName }) => displayName === 'domain');

export default {
  ...domain,
  rootDir: '..',
  testPathIgnorePatterns: ['model\\.test\\.ts$', 'sample-data\\.test\\.ts$', 'bench-arithmetic\\.test\\.ts$'],
};
