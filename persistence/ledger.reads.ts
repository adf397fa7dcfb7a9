// Reads of the ledger: balances of the envelopes and the postings behind them.
import { trusted } from 'mongoose';
import type { BalanceDocument, PostingDocument, ReservationDocument } from './ledger.model.js';
import { aYearBefore, BalanceModel, PostingModel, ReservationModel } from './ledger.model.js';

export type Balance = BalanceDocument;
export type PostingRow = PostingDocument;

export const balanceOf = (envelopeId: string): Promise<Balance | null> =>
  BalanceModel.findById(envelopeId).lean<Balance>().exec();

export const balances = (): Promise<Balance[]> => BalanceModel.find({}).sort({ _id: 1 }).lean<Balance[]>().exec();

export const postingsOfRequest = (requestId: string): Promise<PostingRow[]> =>
  PostingModel.find({ requestId }).sort({ seq: 1, _id: 1 }).lean<PostingRow[]>().exec();

export const postingsOfEnvelope = (envelopeId: string): Promise<PostingRow[]> =>
  PostingModel.find({ envelopeId }).sort({ at: 1, _id: 1 }).lean<PostingRow[]>().exec();

/** Awards of one NGO by one programme in the twelve months before an instant, oldest first: what the authority matrix adds up. */
export const awardsWithinYear = (
  organisationId: string,
  programmeCode: string,
  at: Date,
): Promise<ReservationDocument[]> =>
  ReservationModel.find({ organisationId, programmeCode, at: trusted({ $gt: aYearBefore(at) }), outcome: 'reserved' })
    .sort({ at: 1 })
    .lean<ReservationDocument[]>()
    .exec();
