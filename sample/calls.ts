// Calls for requests: one open call per programme, and three whose closing minute makes a draft late or due today.
import type { AmountMinor } from '../domain/amount.js';
import { amountMinor, piastres } from '../domain/amount.js';
import { addDays, dayOf, nearestWorkingDay } from './days.js';
import type { Programme, ProgrammeCode } from './programmes.js';
import { programmes } from './programmes.js';

export type Call = {
  readonly code: string;
  readonly programmeCode: ProgrammeCode;
  readonly titleAr: string;
  readonly titleEn: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly ceilingMinor: AmountMinor;
  /** Money that is for this call alone; the others hand out that of their programme. */
  readonly ownMoneyMinor?: AmountMinor;
};

/** One call with an envelope for itself: enough for so many awards at the ceiling. */
const withEnvelope = { programmeCode: 'citizenship', awards: 10n } as const;

/** Late in the evening of the same day in Cairo, winter and summer: 22:59 or 23:59. */
const closingTime = 'T20:59:00.000Z';
const openingTime = 'T07:00:00.000Z';

type Window = {
  readonly suffix: string;
  readonly ar: string;
  readonly en: string;
  readonly opens: number;
  readonly closes: number;
};

/** Days counted from demoNow. */
const windows = {
  open: { suffix: 'open', ar: 'دعوة مفتوحة', en: 'Open call', opens: -90, closes: 300 },
  late: { suffix: 'autumn', ar: 'دعوة الخريف', en: 'Autumn call', opens: -70, closes: -3 },
  'due-today': { suffix: 'winter', ar: 'دعوة الشتاء', en: 'Winter call', opens: -50, closes: 0 },
  escalated: { suffix: 'summer', ar: 'دعوة الصيف', en: 'Summer call', opens: -120, closes: -40 },
} as const satisfies Record<string, Window>;
export type CallWindow = keyof typeof windows;

const callFor = (demoNow: string, programme: Programme, window: Window): Call => {
  const today = dayOf(demoNow);
  const backwards = window.closes < 0 ? -1 : 1;
  return {
    code: `${programme.code}-${window.suffix}`,
    programmeCode: programme.code,
    titleAr: `${window.ar}: ${programme.nameAr}`,
    titleEn: `${window.en}: ${programme.nameEn}`,
    opensAt: `${nearestWorkingDay(addDays(today, window.opens))}${openingTime}`,
    // The call that is due today closes today, even where today is a day off.
    closesAt: `${window.closes === 0 ? today : nearestWorkingDay(addDays(today, window.closes), backwards)}${closingTime}`,
    ceilingMinor: programme.ceilingMinor,
  };
};

const closing: Readonly<Partial<Record<ProgrammeCode, CallWindow>>> = {
  disability: 'late',
  'social-defence': 'due-today',
  'family-care': 'escalated',
};

const withOwnMoney = (call: Call): Call =>
  call.programmeCode === withEnvelope.programmeCode
    ? { ...call, ownMoneyMinor: amountMinor(piastres(call.ceilingMinor) * withEnvelope.awards) }
    : call;

export const callsAt = (demoNow: string): Call[] =>
  programmes.flatMap((programme) => {
    const window = closing[programme.code];
    const open = withOwnMoney(callFor(demoNow, programme, windows.open));
    return window === undefined ? [open] : [open, callFor(demoNow, programme, windows[window])];
  });

/** The call a request answers: the open one, unless it is a draft whose call closes or has closed. */
export const callCodeFor = (programme: ProgrammeCode, draftLateness: CallWindow | undefined): string => {
  const window = draftLateness === undefined || closing[programme] !== draftLateness ? 'open' : draftLateness;
  return `${programme}-${windows[window].suffix}`;
};
