// Activities of the denominators: a payment that does nothing, and the one write of the textbook shape.
import type { mongo } from 'mongoose';
import type { Decision } from './contract.js';

export type RecordedDecision = {
  readonly id: string;
  readonly seq: number;
  readonly runId: string;
  readonly decision: Decision;
};
type DecisionDocument = { readonly _id: string } & RecordedDecision;

export type BaselineActivities = {
  pay(asked: { readonly number: number }): Promise<void>;
  recordDecision(recorded: RecordedDecision): Promise<void>;
};

/** As durable as the product's writes: counted once a majority holds them in the journal. */
const durable = { w: 'majority', journal: true } as const;

export const createBaselineActivities = (client: mongo.MongoClient): BaselineActivities => {
  const decisions = client.db('bench_baseline').collection<DecisionDocument>('decisions', { writeConcern: durable });
  return {
    pay: () => Promise.resolve(),
    recordDecision: async (recorded) => {
      const _id = `${recorded.id}/${recorded.seq}`;
      await decisions.updateOne({ _id }, { $setOnInsert: recorded }, { upsert: true });
    },
  };
};
