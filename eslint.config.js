// Lint with types. no-floating-promises and no-misused-promises guard Temporal's two classic mistakes.
import tseslint from 'typescript-eslint';

const budgets = {
  complexity: ['error', 12],
  'max-depth': ['error', 3],
  'max-params': ['error', 5],
  'max-lines': ['error', { max: 320, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'bench/out/', '.sanad/', 'docs/'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...budgets,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/only-throw-error': 'error',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // A workflow function is the scope of its handlers: its inner functions are measured, not the whole.
    files: ['workflows/*.workflow.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }] },
  },
  {
    // A rule is a list of refusals, each an early return: flat, but counted as branches.
    files: ['domain/**'],
    rules: { complexity: ['error', 14] },
  },
  {
    // Exhaustive switches over every command are long and flat.
    files: ['domain/decide.ts'],
    rules: {
      complexity: 'off',
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['test/**', 'bench/**', 'scripts/**', 'cli/**', 'sample/**'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': ['error', 600],
      complexity: ['error', 26],
      'no-console': 'off',
    },
  },
  {
    // Bodies of HTTP answers are read here as a client reads them: any JSON.
    files: ['test/http/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
);
