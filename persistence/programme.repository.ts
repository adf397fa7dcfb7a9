// Reading and keeping programmes and calls.
import type { CallDocument, ProgrammeDocument } from './programme.model.js';
import { CallModel, ProgrammeModel } from './programme.model.js';
import type { Session } from './transaction.js';

export const allProgrammes = (): Promise<ProgrammeDocument[]> =>
  ProgrammeModel.find().sort({ _id: 1 }).lean<ProgrammeDocument[]>();

/** Calls are few: one per programme and season. */
export const allCalls = (): Promise<CallDocument[]> =>
  CallModel.find().sort({ closesAt: 1, _id: 1 }).lean<CallDocument[]>();

export const callById = (callId: string): Promise<CallDocument | null> =>
  CallModel.findById(callId).lean<CallDocument | null>();

export const programmeById = (code: string, session?: Session): Promise<ProgrammeDocument | null> =>
  ProgrammeModel.findById(code)
    .session(session ?? null)
    .lean<ProgrammeDocument | null>();

/** Idempotent, like all upserts here: what is stored afterwards is exactly what was given. */
export const upsertProgrammes = async (programmes: readonly ProgrammeDocument[]): Promise<void> => {
  if (programmes.length === 0) return;
  await ProgrammeModel.bulkWrite(
    programmes.map((programme) => ({
      replaceOne: { filter: { _id: programme._id }, replacement: programme, upsert: true },
    })),
  );
};

export const upsertCalls = async (calls: readonly CallDocument[]): Promise<void> => {
  if (calls.length === 0) return;
  await CallModel.bulkWrite(
    calls.map((call) => ({ replaceOne: { filter: { _id: call._id }, replacement: call, upsert: true } })),
  );
};
