// Committee sessions, which session a request is on the agenda of, and minutes as they were published. Written by `changeRegister` only.
import mongoose, { Schema } from 'mongoose';
import type { CommitteeSession } from '../domain/approval/session.js';
import { ballotKinds, sessionStates } from '../domain/approval/session.js';
import type { NamedIndex } from './named-index.js';

export type SessionDocument = { readonly _id: string } & Omit<CommitteeSession, 'id'>;

const staySchema = new Schema(
  { personId: { type: String, required: true }, cameAtMs: { type: Number, required: true }, leftAtMs: Number },
  { _id: false },
);

const schema = new Schema<SessionDocument>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    state: { type: String, enum: sessionStates, required: true },
    heldAtMs: { type: Number, required: true },
    ballot: { type: String, enum: ballotKinds, required: true },
    chair: { type: String, required: true },
    secretary: { type: String, required: true },
    members: { type: [String], required: true },
    agenda: { type: [String], required: true },
    attendance: { type: [staySchema], required: true },
    openedAtMs: { type: Number, default: null },
    closedAtMs: { type: Number, default: null },
    minutes: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'sessions', versionKey: false },
);

export const SessionModel = mongoose.model<SessionDocument>('CommitteeSession', schema);
export const sessionCollection = () => mongoose.connection.collection<SessionDocument>('sessions');

export const sessionIndexes: readonly NamedIndex[] = [
  { name: 'by-date', key: { heldAtMs: -1, _id: -1 } },
  { name: 'state-by-date', key: { state: 1, heldAtMs: -1, _id: -1 } },
  { name: 'request-by-date', key: { agenda: 1, heldAtMs: -1, _id: -1 } },
];

/** One document for each request on a live agenda, under the request's id: a second session cannot take it. */
export type AgendaClaimDocument = { readonly _id: string; readonly sessionId: string };
export const agendaClaimCollection = () => mongoose.connection.collection<AgendaClaimDocument>('agenda_claims');
export const agendaClaimIndexes: readonly NamedIndex[] = [{ name: 'session', key: { sessionId: 1 } }];

/** Never updated: the canonical JSON of each language, whose hash the register has. */
export type MinutesDocument = { readonly _id: string; readonly ar: string; readonly en: string };
export const minutesCollection = () => mongoose.connection.collection<MinutesDocument>('session_minutes');
