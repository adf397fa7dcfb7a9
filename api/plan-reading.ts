// A plan that comes as untrusted JSON: read section by section, so that everything wrong with shape and meaning is told at once.
import type { Plan } from '../domain/plan.js';
import type { PlanFault, PlanSections } from '../domain/plan-check/plan-fault.js';
import { publishingFaults, sectionFaults } from '../domain/plan-check/plan-faults.js';
import type { FieldError } from './problem.js';
import { fieldErrors } from './endpoint.js';
import { planSchema } from './schemas/plan.schema.js';

export type PlanReading = { readonly plan: Plan | null; readonly faults: readonly PlanFault[] };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const faultOf = ({ pointer, messages }: FieldError): PlanFault => ({
  path: pointer.split('/').slice(1).join('.') || 'plan',
  en: messages.en,
  ar: messages.ar,
});

/** The sections that can be read, when others cannot. */
const readableSections = (input: unknown, broken: ReadonlySet<string>): PlanSections => {
  if (!isObject(input)) return {};
  const kept = Object.entries(input).filter(([name]) => name in planSchema.shape && !broken.has(name));
  const parsed = planSchema.partial().safeParse(Object.fromEntries(kept));
  return parsed.success ? parsed.data : {};
};

export const readPlan = (input: unknown): PlanReading => {
  const parsed = planSchema.safeParse(input);
  if (parsed.success) return { plan: parsed.data, faults: publishingFaults(parsed.data) };
  const broken = new Set(parsed.error.issues.flatMap(({ path }) => path.slice(0, 1).map(String)));
  const faults = fieldErrors(parsed.error, '').map(faultOf);
  return { plan: null, faults: [...faults, ...sectionFaults(readableSections(input, broken))] };
};

/** The same faults in the form of a problem's field errors. */
export const planFieldErrors = (faults: readonly PlanFault[]): FieldError[] =>
  faults.map(({ path, en, ar }) => ({
    pointer: `/plan/${path.replaceAll('.', '/')}`,
    code: 'plan_fault',
    messages: { ar, en },
  }));
