// The wire of the two shapes that the product is compared with. As small as they can be: they are denominators.
import { defineUpdate } from '@temporalio/workflow';

export const baselineTaskQueue = 'bench-baseline';

export type Decision = {
  readonly kind: string;
  readonly by: string;
  readonly key: string;
  /** Number of the payment that follows from this decision. */
  readonly pays?: number;
};
export type Shape = 'bareL16' | 'textbookL16';
export type LifecycleInput = { readonly id: string; readonly decisions: number; readonly payments: number };

export const decideUpdate = defineUpdate<{ readonly version: number }, [Decision]>('decide');
