// What a driver of any side offers to the load: lifecycles whose steps can be taken one by one.

export type Side = 'product' | 'bare' | 'textbook';

export type Lifecycle = {
  readonly id: string;
  /** Waits until a machine has done what the step needs; returns at once for most steps. Never part of a latency. */
  readonly ready: (step: number) => Promise<void>;
  /** One human decision, until it is acknowledged. */
  readonly take: (step: number) => Promise<void>;
  /** Closed, and everything recorded. */
  readonly finished: () => Promise<void>;
};

export type Driver = {
  readonly side: Side;
  /** What people prepared before: no part of any measurement. */
  readonly prepare: () => Promise<Lifecycle>;
};
