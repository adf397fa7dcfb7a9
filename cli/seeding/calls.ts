// The calls that sample requests answer: each call of the sample data, once per funding source and due times that are needed.
import type { AmountMinor } from '../../domain/amount.js';
import type { Envelope } from '../../domain/money/envelope.js';
import type { CallDocument } from '../../persistence/programme.model.js';
import type { Call } from '../../sample/calls.js';
import type { SampleData } from '../../sample/sample-data.js';
import type { FundingSourceCode } from '../../sample/programmes.js';
import { fundingSources } from '../../sample/programmes.js';
import type { SampleRequest } from '../../sample/requests.js';
import type { Funding } from './funding.js';
import type { Timing } from './timing.js';
import { timingOf } from './timing.js';

export type CallVariant = { readonly call: Call; readonly source: FundingSourceCode; readonly timing: Timing | null };

const longestId = 64;

export const callIdOf = ({ call, source, timing }: CallVariant): string => {
  const parts = [call.code, ...(source === 'state-budget' ? [] : [source])];
  const id = [...parts, ...(timing === null ? [] : [timing.stage, timing.kind])].join('-');
  if (id.length > longestId) throw new Error(`the call id ${id} is longer than ${longestId}`);
  return id;
};

/** The variant a sample request answers. */
export const variantFor = (data: SampleData, request: SampleRequest, funding: Funding): CallVariant => {
  const call = data.calls.find(({ code }) => code === request.callCode);
  if (call === undefined) throw new Error(`request ${request.index} answers the unknown call ${request.callCode}`);
  return { call, source: funding.source, timing: timingOf(request) };
};

const distinct = (variants: readonly CallVariant[]): CallVariant[] => [
  ...new Map(variants.map((variant) => [callIdOf(variant), variant])).values(),
];

const usual = (call: Call): CallVariant => ({ call, source: 'state-budget', timing: null });

/** Every call of the sample data, and every variant that a request asks for. */
export const callVariants = (data: SampleData, funding: ReadonlyMap<number, Funding>): CallVariant[] => {
  const asked = data.requests.flatMap((request) => {
    const paid = funding.get(request.index);
    return paid === undefined ? [] : [variantFor(data, request, paid)];
  });
  return distinct([...data.calls.map(usual), ...asked]);
};

/** Only the call itself has its own money; its variants for other sources and due times hand out that of the programme. */
const ownMoneyOf = ({ call, source, timing }: CallVariant): AmountMinor | undefined =>
  source === 'state-budget' && timing === null ? call.ownMoneyMinor : undefined;

/** The envelopes that calls have for themselves, with what is put into them. */
export const callEnvelopes = (
  data: SampleData,
  fiscalYear: string,
): { readonly envelope: Envelope; readonly amountMinor: AmountMinor }[] =>
  data.calls.map(usual).flatMap((variant) => {
    const amountMinor = ownMoneyOf(variant);
    const { programmeCode } = variant.call;
    const envelope = { programmeCode, fundingSource: variant.source, fiscalYear, envelopeCallId: callIdOf(variant) };
    return amountMinor === undefined ? [] : [{ envelope, amountMinor }];
  });

const sourceName = (source: FundingSourceCode): { ar: string; en: string } => {
  const found = fundingSources.find(({ code }) => code === source);
  return { ar: found?.nameAr ?? source, en: found?.nameEn ?? source };
};

/** While the sample drafts are written every call is open; a closed one takes its real closing time at the end. */
const openUntilTomorrow = (call: Call, now: Date): Date => {
  const closesAt = new Date(call.closesAt);
  return closesAt > now ? closesAt : new Date(now.getTime() + 86_400_000);
};

export const callDocument = (
  variant: CallVariant,
  { fiscalYear, planHash, openAt }: { fiscalYear: string; planHash: string; openAt?: Date },
): CallDocument => {
  const { call, source } = variant;
  const name = sourceName(source);
  return {
    _id: callIdOf(variant),
    programmeCode: call.programmeCode,
    fundingSource: source,
    fiscalYear,
    ...(ownMoneyOf(variant) === undefined ? {} : { ownEnvelope: true }),
    titleAr: source === 'state-budget' ? call.titleAr : `${call.titleAr} (${name.ar})`,
    titleEn: source === 'state-budget' ? call.titleEn : `${call.titleEn} (${name.en})`,
    opensAt: new Date(call.opensAt),
    closesAt: openAt === undefined ? new Date(call.closesAt) : openUntilTomorrow(call, openAt),
    planHash,
    ceilingMinor: call.ceilingMinor,
  };
};
