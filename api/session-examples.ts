// Examples of the commands on committee sessions, for the documentation.
type Examples = { readonly ar: unknown; readonly en: unknown };
const same = (value: unknown): Examples => ({ ar: value, en: value });

const terms = {
  heldAt: '2026-04-06T08:00:00Z',
  ballot: 'open',
  chair: 'committee-chair',
  secretary: 'committee-secretary',
  members: ['committee-member-1', 'committee-member-5', 'committee-member-6'],
  agenda: ['3k9v0x2m8q1c7b4n', '8w2c5n1x9z4m7k0q'],
};
const decision = { requestId: '3k9v0x2m8q1c7b4n', expectedVersion: 18, verdict: 'approve', conditions: [] };
const deferral = { requestId: '8w2c5n1x9z4m7k0q', expectedVersion: 17, verdict: 'defer' };

export const sessionExamples = {
  scheduleSession: same(terms),
  editSession: same({ ...terms, expectedVersion: 1 }),
  openSession: same({ expectedVersion: 1 }),
  recordAttendance: same({
    expectedVersion: 2,
    movements: [
      { personId: 'committee-chair', movement: 'came' },
      { personId: 'committee-member-5', movement: 'came', at: '2026-04-06T08:05:00Z' },
    ],
  }),
  closeSession: same({ expectedVersion: 5 }),
  publishMinutes: same({ expectedVersion: 6 }),
  openItems: same({ items: [{ requestId: '3k9v0x2m8q1c7b4n', expectedVersion: 10, recused: [] }] }),
  castVotes: same({
    items: [
      { requestId: '3k9v0x2m8q1c7b4n', expectedVersion: 11, vote: 'approve' },
      { requestId: '8w2c5n1x9z4m7k0q', expectedVersion: 11, vote: 'abstain' },
    ],
  }),
  closeItems: {
    ar: {
      items: [
        { ...decision, reason: 'حاز المشروع أغلبية الأصوات.' },
        { ...deferral, reason: 'تُستكمل دراسة الجدوى.', deferUntil: '2026-05-04T08:00:00Z' },
      ],
    },
    en: {
      items: [
        { ...decision, reason: 'The project has the majority of votes.' },
        { ...deferral, reason: 'The feasibility study is awaited.', deferUntil: '2026-05-04T08:00:00Z' },
      ],
    },
  },
} as const satisfies Record<string, Examples>;
