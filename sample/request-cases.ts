// The 96 request cases of domain.md §7.4: which NGO asks under which programme, and where its request is left. Pure data.
import type { FactorInTenths } from './budget.js';
import type { GovernorateCode } from './governorates.js';
import type { ProgrammeCode } from './programmes.js';
import type { Lateness, Scenario } from './scenarios.js';

type CaseOptions = {
  /** Also part of the size `small`: one request per interesting case. */
  readonly small?: true;
  readonly lateness?: Lateness;
  /** Overrides of what the request's stream would draw. */
  readonly factor?: FactorInTenths;
  readonly requestedEgp?: number;
  readonly title?: number;
  readonly locality?: number;
  /** Governorates of the project where they are more than the NGO's own. */
  readonly governorates?: readonly GovernorateCode[];
  /** Frozen by the registry finding on its NGO, wherever it stands. */
  readonly suspended?: true;
};

export type RequestCase = CaseOptions & {
  /** Keys the stream and the id: never renumber a row, give a new one the next free number. */
  readonly index: number;
  readonly organisation: number;
  readonly programme: ProgrammeCode;
  readonly scenario: Scenario;
};

const row = (
  index: number,
  organisation: number,
  programme: ProgrammeCode,
  scenario: Scenario,
  options: CaseOptions = {},
): RequestCase => ({ index, organisation, programme, scenario, ...options });

/**
 * Ordered from the end of life back to the draft, so that a driver that takes them in turn reserves the older money
 * first: the third housing request then finds its envelope used, and NGO 40's second award finds its first.
 */
export const requestCases: readonly RequestCase[] = [
  row(1, 40, 'citizenship', 'closed', { small: true, factor: 4, title: 0 }),
  row(2, 29, 'relief', 'closed'),
  row(3, 34, 'family-care', 'closed'),
  row(4, 9, 'family-care', 'closed'),
  row(5, 26, 'citizenship', 'closed'),
  row(6, 26, 'disability', 'terminated', { small: true }),
  row(7, 22, 'citizenship', 'rejected', { small: true }),
  row(8, 16, 'social-defence', 'rejected'),
  row(9, 31, 'family-care', 'rejected'),
  row(10, 2, 'social-defence', 'rejected'),
  row(11, 17, 'disability', 'ineligible', { small: true }),
  row(12, 30, 'disability', 'ineligible'),
  row(13, 35, 'social-defence', 'withdrawn', { small: true }),
  row(14, 27, 'family-care', 'lapsed', { small: true }),
  row(15, 37, 'disability', 'declined', { small: true }),
  row(16, 19, 'social-defence', 'recovery', { small: true, lateness: 'escalated' }),
  row(17, 22, 'disability', 'recovery', { lateness: 'due-today' }),
  row(18, 9, 'relief', 'final-review', { small: true, lateness: 'due-today' }),
  row(19, 6, 'disability', 'final-review'),
  row(20, 15, 'disability', 'final-review', { lateness: 'escalated' }),
  row(21, 27, 'social-defence', 'final-review', { lateness: 'late' }),
  row(22, 10, 'social-defence', 'final-review'),
  row(23, 25, 'housing', 'implementation', { small: true, requestedEgp: 180_000 }),
  row(24, 32, 'social-defence', 'implementation', { small: true, governorates: ['EG-KN', 'EG-LX', 'EG-ASN'] }),
  row(25, 29, 'family-care', 'implementation'),
  row(26, 10, 'relief', 'implementation', { lateness: 'due-today' }),
  row(27, 39, 'family-care', 'implementation', { lateness: 'escalated' }),
  row(28, 27, 'disability', 'implementation'),
  row(29, 9, 'disability', 'implementation'),
  row(30, 25, 'disability', 'implementation'),
  row(31, 12, 'family-care', 'implementation'),
  row(32, 3, 'disability', 'implementation'),
  row(33, 21, 'disability', 'implementation'),
  row(34, 18, 'disability', 'implementation'),
  row(35, 8, 'citizenship', 'implementation'),
  row(36, 6, 'early-childhood', 'implementation'),
  row(37, 33, 'disability', 'implementation'),
  row(38, 7, 'social-defence', 'implementation'),
  row(39, 39, 'social-defence', 'implementation'),
  row(40, 28, 'social-defence', 'implementation-suspended', { small: true, suspended: true }),
  row(41, 20, 'disability', 'payment-unknown', { small: true }),
  row(42, 11, 'family-care', 'payment-rejected-replaced', { small: true }),
  row(43, 12, 'disability', 'awaiting-receipt', { small: true, locality: 1 }),
  row(44, 1, 'early-childhood', 'report-overdue', { small: true, lateness: 'late' }),
  row(45, 23, 'housing', 'agreement', { small: true, lateness: 'due-today', requestedEgp: 200_000 }),
  row(46, 36, 'family-care', 'agreement'),
  row(47, 8, 'disability', 'agreement', { lateness: 'late' }),
  row(48, 8, 'early-childhood', 'agreement'),
  row(49, 18, 'family-care', 'agreement', { lateness: 'escalated' }),
  row(50, 40, 'citizenship', 'authority', { small: true, lateness: 'late', factor: 4, title: 1 }),
  row(51, 15, 'relief', 'authority', { lateness: 'due-today' }),
  row(52, 37, 'social-defence', 'authority'),
  row(53, 32, 'disability', 'authority', { lateness: 'escalated' }),
  row(54, 2, 'disability', 'authority'),
  row(55, 16, 'housing', 'committee', { small: true, lateness: 'due-today', requestedEgp: 220_000 }),
  row(56, 16, 'disability', 'committee', { lateness: 'escalated' }),
  row(57, 34, 'social-defence', 'committee'),
  row(58, 15, 'social-defence', 'committee'),
  row(59, 7, 'family-care', 'committee', { lateness: 'late' }),
  row(60, 3, 'citizenship', 'committee'),
  row(61, 14, 'disability', 'committee'),
  row(62, 11, 'disability', 'committee'),
  row(63, 7, 'disability', 'technical-review', { small: true, lateness: 'escalated' }),
  row(64, 31, 'disability', 'technical-review'),
  row(65, 4, 'citizenship', 'technical-review'),
  row(66, 20, 'social-defence', 'technical-review', { lateness: 'late' }),
  row(67, 24, 'family-care', 'technical-review', { lateness: 'due-today' }),
  row(68, 35, 'disability', 'technical-review'),
  row(69, 13, 'family-care', 'technical-review'),
  row(70, 26, 'family-care', 'technical-review'),
  row(71, 28, 'disability', 'regional-opinion', { small: true, suspended: true }),
  row(72, 33, 'citizenship', 'regional-opinion', { lateness: 'escalated' }),
  row(73, 19, 'disability', 'regional-opinion'),
  row(74, 5, 'social-defence', 'regional-opinion'),
  row(75, 25, 'social-defence', 'regional-opinion'),
  row(76, 21, 'social-defence', 'regional-opinion', { lateness: 'late' }),
  row(77, 1, 'disability', 'regional-opinion', { lateness: 'due-today' }),
  row(78, 38, 'family-care', 'correction', { small: true }),
  row(79, 5, 'disability', 'correction', { lateness: 'late' }),
  row(80, 22, 'social-defence', 'correction', { lateness: 'due-today' }),
  row(81, 23, 'disability', 'correction'),
  row(82, 10, 'disability', 'correction', { lateness: 'escalated' }),
  row(83, 13, 'disability', 'screening', { small: true, lateness: 'late', locality: 1 }),
  row(84, 41, 'family-care', 'screening'),
  row(85, 31, 'relief', 'screening'),
  row(86, 34, 'disability', 'screening'),
  row(87, 24, 'disability', 'screening'),
  row(88, 18, 'social-defence', 'screening', { lateness: 'due-today' }),
  row(89, 33, 'social-defence', 'screening'),
  row(90, 2, 'family-care', 'screening', { lateness: 'escalated' }),
  row(91, 6, 'social-defence', 'draft', { small: true, lateness: 'due-today' }),
  row(92, 4, 'disability', 'draft', { lateness: 'late' }),
  row(93, 21, 'family-care', 'draft', { lateness: 'escalated' }),
  row(94, 39, 'disability', 'draft'),
  row(95, 3, 'early-childhood', 'draft'),
  row(96, 14, 'social-defence', 'draft'),
];
