// A workflow that differs on purpose: one timer before everything else. Replaying kept histories against it must fail.
import { sleep } from '@temporalio/workflow';
import { grantLifecycle as today } from '../../../workflows/grant-lifecycle.workflow.js';
import type { GrantInput, GrantResult } from '../../../workflows/contract.js';

export async function grantLifecycle(input: GrantInput): Promise<GrantResult> {
  await sleep(1);
  return today(input);
}
