// Reads of the ledger: balances of the envelopes and the postings behind them.
import type { BalanceDocument, PostingDocument } from './ledger.model.js';
import { BalanceModel, PostingModel } from './ledger.model.js';

export type Balance = BalanceDocument;
export type PostingRow = PostingDocument;

export const balanceOf = (envelopeId: string): Promise<Balance | null> =>
  BalanceModel.findById(envelopeId).lean<Balance>().exec();

export const balances = (): Promise<Balance[]> => BalanceModel.find({}).sort({ _id: 1 }).lean<Balance[]>().exec();

export const postingsOfRequest = (requestId: string): Promise<PostingRow[]> =>
  PostingModel.find({ requestId }).sort({ seq: 1, _id: 1 }).lean<PostingRow[]>().exec();

export const postingsOfEnvelope = (envelopeId: string): Promise<PostingRow[]> =>
  PostingModel.find({ envelopeId }).sort({ at: 1, _id: 1 }).lean<PostingRow[]>().exec();
