// Plans and their drafts as they are shown: content, hash, from when they hold, what is wrong with them.
import { z } from 'zod';
import { stageNames } from '../../domain/lifecycle.js';
import type { Plan } from '../../domain/plan.js';
import type { DryRunRow } from '../../domain/plan-dry-run.js';
import type { PlanFault } from '../../domain/plan-check/plan-fault.js';
import type { PlanDraftDocument } from '../../persistence/plan-draft.model.js';
import type { PublishedPlan } from '../../persistence/plan-version.reads.js';
import { planSchema } from '../schemas/plan.schema.js';
import { id, instant, sha256, version } from '../schemas/text.schema.js';

const fault = z.object({ path: z.string(), en: z.string(), ar: z.string() }).meta({ id: 'PlanFault' });

export const planRow = z
  .object({
    hash: sha256,
    code: id,
    version: id,
    effectiveFrom: instant,
    publishedAt: instant,
    inForce: z.boolean().meta({ description: 'Whether new calls of this code would run under it today' }),
  })
  .meta({ id: 'PlanRow' });
export const planView = planRow.extend({ plan: planSchema, diagram: z.string() }).meta({ id: 'PublishedPlan' });

export const planDraftRow = z
  .object({
    planId: id,
    version,
    basedOn: sha256.nullable(),
    lastEditedBy: id,
    updatedAt: instant,
    publishedHash: sha256.nullable(),
    planCode: id,
    planVersion: id,
  })
  .meta({ id: 'PlanDraftRow' });
export const planDraftView = planDraftRow
  .extend({
    plan: planSchema,
    faults: z.array(fault).meta({ description: 'What would keep it from being published, all at once' }),
  })
  .meta({ id: 'PlanDraft' });

const text = z.string().nullable();
export const previewView = z
  .object({
    planId: id,
    version,
    faults: z.array(fault),
    diagram: z.string().meta({ description: 'The route as a Mermaid state diagram' }),
    dryRun: z
      .array(
        z.object({
          requestId: id,
          stage: z.enum(stageNames),
          migration: z.object({ code: z.string(), rule: text, accepted: text }).nullable(),
          changes: z.array(z.object({ what: z.string(), before: text, after: text })),
        }),
      )
      .meta({ description: 'Requests of this code that changed last; empty while the draft is unsound' }),
  })
  .meta({ id: 'PlanPreview' });

const inForceHashes = (plans: readonly PublishedPlan[], now: Date): Set<string> => {
  const due = plans.filter(({ effectiveFrom }) => effectiveFrom <= now);
  const latest = due.filter(
    ({ code, effectiveFrom }) => !due.some((other) => other.code === code && other.effectiveFrom > effectiveFrom),
  );
  return new Set(latest.map(({ _id }) => _id));
};

export const planRows = (plans: readonly PublishedPlan[], now: Date): z.output<typeof planRow>[] => {
  const inForce = inForceHashes(plans, now);
  return plans.map((row) => ({
    hash: row._id,
    code: row.code,
    version: row.version,
    effectiveFrom: row.effectiveFrom.toISOString(),
    publishedAt: row.publishedAt.toISOString(),
    inForce: inForce.has(row._id),
  }));
};

export const planDraftRowOf = (draft: PlanDraftDocument): z.output<typeof planDraftRow> => ({
  planId: draft._id,
  version: draft.version,
  basedOn: draft.basedOn,
  lastEditedBy: draft.lastEditedBy,
  updatedAt: draft.updatedAt.toISOString(),
  publishedHash: draft.publishedHash,
  planCode: draft.plan.code,
  planVersion: draft.plan.version,
});

export const planDraftViewOf = (
  draft: PlanDraftDocument,
  faults: readonly PlanFault[],
): Omit<z.output<typeof planDraftView>, 'plan'> & { readonly plan: Plan } => ({
  ...planDraftRowOf(draft),
  plan: draft.plan,
  faults: [...faults],
});

export const dryRunViewOf = (rows: readonly DryRunRow[]): z.output<typeof previewView>['dryRun'] =>
  rows.map(({ requestId, stage, migrationRefusal, changes }) => ({
    requestId,
    stage,
    migration: migrationRefusal && {
      code: migrationRefusal.code,
      rule: migrationRefusal.rule ?? null,
      accepted: migrationRefusal.accepted ?? null,
    },
    changes: changes.map(({ what, before, after }) => ({ what, before, after })),
  }));
