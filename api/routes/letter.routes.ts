// Decision letters of a request: the list, one letter as page, PDF or JSON, and the open address at which anybody can check a code.
import { z } from 'zod';
import { timelineOf } from '../../persistence/audit-entry.reads.js';
import { organisationNames } from '../../persistence/organisation.repository.js';
import { planByHash } from '../../persistence/plan-version.model.js';
import type { RequestRecord } from '../../persistence/request.reads.js';
import { requestById } from '../../persistence/request.reads.js';
import type { SnapshotHeading } from '../../persistence/snapshot.repository.js';
import { snapshotHeading } from '../../persistence/snapshot.repository.js';
import { requestParams } from '../command-endpoint.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { nothing, openEndpoint, signedInEndpoint } from '../endpoint.js';
import type { LetterBasis } from '../letters/letter.js';
import { letterBlocks, requestAfter } from '../letters/letter.js';
import { letterKindOf, letterKinds } from '../letters/letter-kind.js';
import { codeParts, contentHash, isGenuine, letterCode, verifyUrl } from '../letters/letter-proof.js';
import { letterWords } from '../letters/letter-words.js';
import { printedHtml } from '../printed/html.js';
import { printedPdf } from '../printed/pdf.js';
import type { PrintedBlock, PrintedDocument } from '../printed/printed-document.js';
import { printedPolicy } from '../printed/style.js';
import { Problem } from '../problem.js';
import { aboutRequests, privately, readable, requestSubject } from '../request-reading.js';
import { id, instant, sha256 } from '../schemas/text.schema.js';
import type { RequestTimelineRow } from '../views/timeline.view.js';
import { isRequestRow } from '../views/timeline.view.js';

type Language = 'ar' | 'en';
const languages = ['ar', 'en'] as const satisfies readonly Language[];
const titles = z.object({ ar: z.string(), en: z.string() });

const letterRow = z.object({ seq: z.int(), kind: z.enum(letterKinds), title: titles, decidedAt: instant });

/** Far more than a request ever has. */
const mostEntries = 5_000;
const entriesOf = async (requestId: string): Promise<RequestTimelineRow[]> =>
  (await timelineOf({ kind: 'request', id: requestId }, 0, mostEntries)).filter(isRequestRow);

const rowOf = (entry: RequestTimelineRow): z.output<typeof letterRow>[] => {
  const kind = letterKindOf(entry);
  if (kind === null) return [];
  const title = { ar: letterWords.ar.titles[kind], en: letterWords.en.titles[kind] };
  return [{ seq: entry.seq, kind, title, decidedAt: new Date(entry.atMs).toISOString() }];
};

const listing = (): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'listLetters',
      path: '/requests/{requestId}/letters',
      summary: { ar: 'خطابات القرارات', en: 'The letters that tell the decisions on a request' },
      problems: ['notSignedIn', 'notFound'],
      response: z.object({ requestId: id, items: z.array(letterRow) }),
      params: requestParams,
      query: nothing,
      subject: requestSubject,
    },
    async ({ params }, call): Promise<Answer> => {
      const { record } = readable(await requestById(params.requestId), call);
      const items = (await entriesOf(record._id)).flatMap(rowOf);
      return { status: 200, body: { requestId: record._id, items }, headers: privately };
    },
  );

type Letter = PrintedDocument & { readonly proof: NonNullable<PrintedDocument['proof']> };

const addressee = async (record: RequestRecord, language: Language, project: string): Promise<PrintedBlock> => {
  const words = letterWords[language];
  const [organisation] = await organisationNames([record.organisationId]);
  const name = language === 'ar' ? organisation?.nameAr : organisation?.nameEn;
  return {
    kind: 'facts',
    rows: [
      { label: words.to, value: name ?? record.organisationId },
      { label: words.organisation, value: record.organisationId },
      { label: words.project, value: project },
    ],
  };
};

type Basis = LetterBasis & { readonly entry: RequestTimelineRow; readonly heading: SnapshotHeading };

const basisAt = async (record: RequestRecord, seq: number): Promise<Basis> => {
  const entries = (await entriesOf(record._id)).filter((entry) => entry.seq <= seq);
  const entry = entries.at(-1);
  const kind = entry?.seq === seq ? letterKindOf(entry) : null;
  if (entry === undefined || kind === null) throw new Problem('notFound');
  const request = requestAfter(record._id, entries);
  // The submission as it was then: a later one may have another title.
  const found = request.file === null ? null : await snapshotHeading(request.file.snapshot.id);
  const heading = found ?? { reference: record._id, titleAr: '', titleEn: '' };
  return { kind, request, entry, earlier: entries.slice(0, -1), plan: await planByHash(entry.planHash), heading };
};

const letterAt = async (record: RequestRecord, seq: number, language: Language, publicUrl: string): Promise<Letter> => {
  const basis = await basisAt(record, seq);
  const { entry, heading } = basis;
  const content = {
    language,
    title: letterWords[language].titles[basis.kind],
    reference: heading.reference,
    issuedAt: new Date(entry.atMs),
    blocks: letterBlocks(basis, language),
  };
  const project = language === 'ar' ? heading.titleAr : heading.titleEn;
  const code = letterCode(record._id, entry);
  return {
    ...content,
    blocks: [await addressee(record, language, project), ...content.blocks],
    proof: { code, verifyUrl: verifyUrl(publicUrl, code), sha256: contentHash(content) },
  };
};

const letterView = z.object({
  requestId: id,
  seq: z.int(),
  language: z.enum(languages),
  title: z.string(),
  reference: z.string(),
  issuedAt: instant,
  blocks: z.array(z.object({ kind: z.string() }).catchall(z.unknown())),
  proof: z.object({ code: z.string(), verifyUrl: z.string(), sha256 }),
});

const inFormat = async (letter: Letter, format: 'html' | 'pdf', seq: number): Promise<Answer> => {
  if (format === 'html')
    return {
      status: 200,
      headers: { ...privately, 'Content-Security-Policy': printedPolicy },
      printed: { type: 'html', content: printedHtml(letter) },
    };
  const name = `${letter.reference}-${seq}-${letter.language}.pdf`;
  return {
    status: 200,
    headers: { ...privately, 'Content-Disposition': `inline; filename="${name}"` },
    printed: { type: 'pdf', content: await printedPdf(letter) },
  };
};

const one = ({ publicUrl }: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'readLetter',
      path: '/requests/{requestId}/letters/{seq}',
      summary: { ar: 'خطاب قرار، صفحةً أو PDF', en: 'One decision letter, as JSON, page or PDF' },
      problems: ['notSignedIn', 'notFound', 'invalidInput'],
      response: letterView,
      params: requestParams.extend({ seq: z.coerce.number().int().min(1).max(1_000_000) }),
      query: z.strictObject({
        lang: z.enum(languages).exactOptional(),
        format: z.enum(['json', 'html', 'pdf']).default('json'),
      }),
      subject: requestSubject,
    },
    async ({ params, query }, call): Promise<Answer> => {
      const { record } = readable(await requestById(params.requestId), call);
      const letter = await letterAt(record, params.seq, query.lang ?? call.language, publicUrl);
      if (query.format !== 'json') return inFormat(letter, query.format, params.seq);
      const body = { requestId: record._id, seq: params.seq, ...letter, issuedAt: letter.issuedAt.toISOString() };
      return { status: 200, body, headers: privately };
    },
  );

const verification = z.object({
  genuine: z.boolean(),
  kind: z.enum(letterKinds).nullable(),
  title: titles.nullable(),
  decidedAt: instant.nullable(),
  reference: z.string().nullable(),
});
const unknown: z.output<typeof verification> = {
  genuine: false,
  kind: null,
  title: null,
  decidedAt: null,
  reference: null,
};

const verified = async (code: string): Promise<z.output<typeof verification>> => {
  const parts = codeParts(code);
  if (parts === null) return unknown;
  const [found] = await timelineOf({ kind: 'request', id: parts.requestId }, parts.seq - 1, 1);
  if (found === undefined || !isRequestRow(found) || found.seq !== parts.seq || !isGenuine(parts, found.hash))
    return unknown;
  const [letter] = rowOf(found);
  if (letter === undefined) return unknown;
  const record = await requestById(parts.requestId);
  const { kind, title, decidedAt } = letter;
  return { genuine: true, kind, title, decidedAt, reference: record?.reference ?? null };
};

const verifying = (): Endpoint =>
  openEndpoint(
    {
      operationId: 'verifyLetter',
      method: 'get',
      path: '/letters/verify',
      tag: 'requests',
      summary: { ar: 'التحقق من صحة خطاب', en: 'Whether the code on a letter is genuine, and of what' },
      roles: [],
      problems: ['invalidInput'],
      success: 200,
      response: verification,
      params: nothing,
      query: z.strictObject({ code: z.string().min(1).max(120) }),
      body: nothing,
    },
    async ({ query }): Promise<Answer> => ({
      status: 200,
      body: await verified(query.code),
      headers: { 'Cache-Control': 'no-store' },
    }),
  );

export const letterRoutes = (deps: RouteDeps): Endpoint[] => [listing(), one(deps), verifying()];
