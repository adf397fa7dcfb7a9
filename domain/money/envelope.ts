// An envelope: a programme's money from one source in one fiscal year, or the own money of one call in it. Its name and its parts.
import type { RequestFile } from '../command.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';

export type Envelope = Pick<RequestFile, 'programmeCode' | 'fundingSource' | 'fiscalYear' | 'envelopeCallId'>;

/** The call comes last and only where it has money of its own, so that no envelope ever changes its name. */
export const envelopeIdOf = ({ programmeCode, fundingSource, fiscalYear, envelopeCallId }: Envelope): string =>
  [programmeCode, fundingSource, fiscalYear, ...(envelopeCallId === undefined ? [] : [envelopeCallId])].join('/');

/** The year has a slash of its own. */
export const envelopeParts = (envelopeId: string): Envelope => {
  const [programmeCode = '', fundingSource = '', from = '', until = '', envelopeCallId] = envelopeId.split('/');
  const parts = { programmeCode, fundingSource, fiscalYear: `${from}/${until}` };
  return envelopeCallId === undefined ? parts : { ...parts, envelopeCallId };
};

/** What a call says about the money it hands out. */
export type CallMoney = Omit<Envelope, 'envelopeCallId'> & { readonly ownEnvelope?: true };

export const envelopeOfCall = (
  callId: string,
  { programmeCode, fundingSource, fiscalYear, ownEnvelope }: CallMoney,
): Envelope => {
  const shared = { programmeCode, fundingSource, fiscalYear };
  return ownEnvelope === true ? { ...shared, envelopeCallId: callId } : shared;
};

/** Money goes into an envelope that names a call only where that call says that its requests will draw on it. */
export const callEnvelopeFault = (envelopeId: string, call: CallMoney | null): { readonly refusal: Refusal } | null => {
  const { envelopeCallId } = envelopeParts(envelopeId);
  if (envelopeCallId === undefined) return null;
  if (call === null) return refuse('conditionsNotMet', 'call-known', envelopeCallId);
  const drawnOn = envelopeIdOf(envelopeOfCall(envelopeCallId, call));
  return drawnOn === envelopeId ? null : refuse('conditionsNotMet', 'envelope-of-call', drawnOn);
};
