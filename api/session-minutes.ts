// Where the minutes come from: the session, the audit entries of its requests and people's names; once published, from their own copy.
import type { CommitteeSession } from '../domain/approval/session.js';
import { sittingsOf } from '../domain/approval/sitting.js';
import { timelineOf } from '../persistence/audit-entry.reads.js';
import { peopleByIds } from '../persistence/person.repository.js';
import { planByHash } from '../persistence/plan-version.model.js';
import { requestById } from '../persistence/request.reads.js';
import { minutesById } from '../persistence/session.repository.js';
import { canonical, sha256 } from '../platform/hashing.js';
import type { MinutesFacts, MinutesItem } from './minutes.js';
import { minutesOf } from './minutes.js';
import type { PrintedDocument } from './printed/printed-document.js';
import { printedFrom, wireOf } from './schemas/printed.schema.js';
import { isRequestRow } from './views/timeline.view.js';

/** More than any request has; the trail of one is read whole. */
const mostEntries = 10_000;

const itemOf = async (session: CommitteeSession, requestId: string): Promise<MinutesItem> => {
  const record = await requestById(requestId);
  if (record === null) throw new Error(`request ${requestId} is on an agenda and not recorded`);
  const rows = await timelineOf({ kind: 'request', id: requestId }, 0, mostEntries);
  return {
    requestId,
    reference: record.reference ?? requestId,
    title: { ar: record.titleAr ?? '', en: record.titleEn ?? record.titleAr ?? '' },
    plan: await planByHash(record.planHash),
    sittings: sittingsOf(rows.filter(isRequestRow), session.id),
  };
};

const peopleIn = ({ chair, secretary, attendance }: CommitteeSession, items: readonly MinutesItem[]): string[] => {
  const sat = items.flatMap(({ sittings }) =>
    sittings.flatMap(({ present, recused, recusedDuring }) => [
      ...present.map(({ personId }) => personId),
      ...recused,
      ...recusedDuring,
    ]),
  );
  return [...new Set([chair, secretary, ...attendance.map(({ personId }) => personId), ...sat])];
};

const factsOf = async (session: CommitteeSession): Promise<MinutesFacts> => {
  const items = await Promise.all(session.agenda.map((requestId) => itemOf(session, requestId)));
  const found = await peopleByIds(peopleIn(session, items));
  const names = new Map(found.map(({ _id, nameAr, nameEn }) => [_id, { ar: nameAr, en: nameEn }]));
  return { session, items, names };
};

const textOf = (document: PrintedDocument): string => canonical(wireOf(document));

export type ReadMinutes = { readonly document: PrintedDocument; readonly sha256: string; readonly published: boolean };

/** As published, word for word; before that, as the trail has it now. */
export const readMinutes = async (session: CommitteeSession, language: 'ar' | 'en'): Promise<ReadMinutes> => {
  const kept = session.minutes === null ? null : await minutesById(session.id);
  const document =
    kept === null ? minutesOf(await factsOf(session), language) : printedFrom(JSON.parse(kept[language]));
  return { document, sha256: sha256(textOf(document)), published: kept !== null };
};

export const minutesToPublish = async (session: CommitteeSession) => {
  const facts = await factsOf(session);
  const texts = { ar: textOf(minutesOf(facts, 'ar')), en: textOf(minutesOf(facts, 'en')) };
  return { texts, hashes: { ar: sha256(texts.ar), en: sha256(texts.en) } };
};
