// Drives the product as its people would: signed-in HTTP calls, each with a key of its own and the version they saw.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createDraft } from '../../persistence/draft.repository.js';
import type { Site } from '../field.js';
import { benchForm } from '../form.js';
import type { Answer } from '../http.js';
import type { Awaited, Step } from '../l16.js';
import { benchPeople, l16Steps, stepNumbered, versionWhen } from '../l16.js';
import type { Driver, Lifecycle } from '../lifecycle.js';
import { callId, organisationId, programmeCode } from '../reference-data.js';

const versioned = z.looseObject({ version: z.int() });
const agreement = z.looseObject({ documentSha256: z.string() });

export const bodyOf = <S extends z.ZodType>(schema: S, answer: Answer, what: string): z.output<S> => {
  const parsed = schema.safeParse(answer.body);
  if (answer.status < 300 && answer.status !== 202 && parsed.success) return parsed.data;
  throw new Error(`${what} was answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 500)}`);
};

/** The form as it was written before the measurement: what is measured begins with handing it in. */
const writeDraft = async (id: string): Promise<void> => {
  const { project, beneficiaries, budget } = benchForm;
  const sections = { project, beneficiaries, budget };
  const by = benchPeople.signatory;
  await createDraft({ _id: id, organisationId, callId, programmeCode, sections, by, at: new Date() });
};

export type ProductOptions = { readonly noWait: boolean };

export type ProductLifecycle = Lifecycle & {
  readonly send: (step: Step, key: string) => Promise<Answer>;
  readonly until: (version: number) => Promise<void>;
};

const lifecycle = ({ http, tokenOf }: Site, id: string, { noWait }: ProductOptions): ProductLifecycle => {
  let seenVersion = 1; // of the draft; from the submission on, of the request
  let documentSha256: string | undefined;
  const read = (path: string): Promise<Answer> =>
    http.call({ method: 'GET', path: `/v1/requests/${id}${path}`, token: tokenOf(benchPeople.signatory) });

  /** Asks until the read model shows this version; the API itself waits a bounded time for each answer. */
  const until = async (wanted: number): Promise<void> => {
    for (let shown = 0; shown < wanted; seenVersion = Math.max(seenVersion, shown))
      shown = bodyOf(versioned, await read(`?minVersion=${wanted}`), 'a request').version;
  };
  const awaitMachine = async (awaited: Awaited): Promise<void> => {
    await until(versionWhen[awaited]);
    if (awaited === 'funds-reserved')
      documentSha256 = bodyOf(agreement, await read('/agreement'), 'the agreement').documentSha256;
  };
  const send = ({ command, actor, path, body }: Step, key: string): Promise<Answer> => {
    const place = command === 'submitRequest' ? `/v1/drafts/${id}${path}` : `/v1/requests/${id}${path}`;
    const signed = command === 'signAgreement' && documentSha256 !== undefined ? { documentSha256 } : {};
    const content = { ...body, ...signed, expectedVersion: seenVersion };
    return http.call({ method: 'POST', path: place, token: tokenOf(actor), body: content, key, noWait });
  };
  return {
    id,
    ready: async (index) => {
      const awaited = l16Steps[index]?.awaits;
      if (awaited !== undefined) await awaitMachine(awaited);
    },
    take: async (index) => {
      const step = stepNumbered(index);
      seenVersion = bodyOf(versioned, await send(step, `${id}-step-${index}`), step.command).version;
    },
    finished: () => until(versionWhen.closed),
    send,
    until,
  };
};

export const prepareProduct = async (site: Site, options: ProductOptions): Promise<ProductLifecycle> => {
  const id = randomUUID().replaceAll('-', '').slice(0, 16);
  await writeDraft(id);
  return lifecycle(site, id, options);
};

export const productDriver = (site: Site, options: ProductOptions = { noWait: true }): Driver => ({
  side: 'product',
  prepare: () => prepareProduct(site, options),
});
