// Test tiers as jest projects: each says in its name which services it needs (see CONTRIBUTING.md).
const tier = (name, extra = {}) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.sanad/'],
  ...extra,
});

export default {
  maxWorkers: 2,
  testTimeout: 60_000,
  projects: ['domain', 'replay', 'persistence', 'workflow', 'http', 'faults', 'scripts'].map((name) => tier(name)),
};
