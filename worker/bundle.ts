// The workflow bundle, made the same way for the worker, the tests and the check of its contents.
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { Logger, WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type WebpackHook = NonNullable<Parameters<typeof bundleWorkflowCode>[0]['webpackConfigHook']>;

/**
 * Stack traces need the lines, not the text, of our sources: leaving the text out halves what every worker holds in memory.
 * The SDK's default is `inline-source-map`.
 */
const withoutSourceText: WebpackHook = (config) => ({ ...config, devtool: 'inline-nosources-source-map' });

/** Sources when run from the repository, compiled files when run from `dist`. */
const workflowsPath = (): string => {
  const typescript = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
  return existsSync(typescript) ? typescript : fileURLToPath(new URL('../workflows/index.js', import.meta.url));
};

export const bundleWorkflows = (logger: Logger = new DefaultLogger('ERROR')): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({ workflowsPath: workflowsPath(), logger, webpackConfigHook: withoutSourceText });
