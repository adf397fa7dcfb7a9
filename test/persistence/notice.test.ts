// Notices from the entry that says them to the e-mail: once for one event, to whoever holds the role, whatever fails in between.
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { noticeCollection, outboxCollection } from '../../persistence/notice.model.js';
import { claimMail } from '../../persistence/notice-mail.repository.js';
import {
  explainNotices,
  noticePosition,
  noticesOfPerson,
  readNotice,
  unreadNotices,
} from '../../persistence/notice.reads.js';
import type { PersonDocument } from '../../persistence/person.model.js';
import { upsertPeople, upsertPerson } from '../../persistence/person.repository.js';
import { freezeSnapshot } from '../../persistence/snapshot.repository.js';
import { createLogger } from '../../platform/logger.js';
import type { Mailer } from '../../worker/mailer.js';
import { createSmtpMailer } from '../../worker/mailer.js';
import type { MailEnd } from '../../worker/notice-sender.js';
import { deliverDue, leaseMs, mostAttempts, startNoticeSender } from '../../worker/notice-sender.js';
import { eventually } from '../support/eventually.js';
import { dayMs, fileOf, journey, journeyTo, startMs } from '../support/journey.js';
import { openBadMailServer, openMailSink } from '../support/mail.js';
import { organisationId, people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { fillEnvelope, newRequestId, record, useDatabase } from './support.js';

useDatabase();

const log = createLogger('test', { logLevel: 'silent' });
const longAgo = new Date(startMs - 400 * dayMs);
const personOf = (id: string, change: Partial<PersonDocument> = {}): PersonDocument => ({
  _id: id,
  nameAr: `الاسم ${id}`,
  nameEn: `Name ${id}`,
  email: `${id}@test.example`,
  suspended: false,
  grants: [{ role: 'signatory', organisationId, from: longAgo, until: null }],
  ...change,
});

beforeAll(async () => {
  await fillEnvelope(10_000_000_000n);
  await upsertPeople([
    personOf('samira'),
    personOf('adel', {
      language: 'en',
      grants: [{ role: 'applicant', organisationId, from: longAgo, until: null }],
    }),
    personOf('gone', {
      grants: [{ role: 'applicant', organisationId, from: longAgo, until: new Date(startMs - dayMs) }],
    }),
    personOf('stranger', { grants: [{ role: 'signatory', organisationId: 'other', from: longAgo, until: null }] }),
    personOf('cairo', {
      grants: [{ role: 'directorateOfficer', governorate: 'EG-C', from: longAgo, until: null }],
    }),
    personOf('giza', {
      grants: [{ role: 'directorateOfficer', governorate: 'EG-GZ', from: longAgo, until: null }],
    }),
  ]);
});
afterEach(async () => {
  await noticeCollection().deleteMany({});
  await outboxCollection().deleteMany({});
});

const submitted = (requestId: string, change: Parameters<typeof fileOf>[0] = {}) =>
  journey(calmPlan, requestId)
    .act(people.samira, 'submitRequest', { file: fileOf(change) })
    .entries();

const ends: string[] = [];
const sending = (mailer: Mailer | null, now: () => Date = () => new Date()) => ({
  ...{ mailer, now, log, publicUrl: 'https://sanad.example', mailDomain: 'sanad.example' },
  observe: (end: MailEnd) => void ends.push(end),
});
const mailerAt = (url: string): Mailer => createSmtpMailer(url, { name: 'سند', address: 'no-reply@sanad.example' });
const noMailServer = 'smtp://127.0.0.1:1';
const mailOf = async (personId: string) => noticeCollection().findOne({ personId });

describe('an entry that says something', () => {
  it('leaves one notice for each audience, also when it is recorded twice', async () => {
    const requestId = newRequestId();
    const entries = journeyTo('technical-review', calmPlan, requestId).entries();

    await record(requestId, entries);
    const written = await outboxCollection().find({ requestId }).sort({ _id: 1 }).toArray();
    await record(requestId, entries, 'run-2');
    await record(requestId, entries.slice(1));

    expect(written.map(({ kind, seq }) => [kind, seq]).sort()).toEqual([
      ['opinion-asked', 2],
      ['submission-received', 1],
    ]);
    expect(await outboxCollection().find({ requestId }).sort({ _id: 1 }).toArray()).toEqual(written);
  });

  it('leaves none when it is not recorded', async () => {
    const requestId = newRequestId();
    const entries = journeyTo(undefined, calmPlan, requestId).entries();
    // Money that was never there fails the whole transaction: the envelope of this year was not opened.
    const lost = entries.map((entry) => ({
      ...entry,
      events: entry.events.map((event) =>
        event.kind === 'requestSubmitted' ? { ...event, file: { ...event.file, fiscalYear: '1999/2000' } } : event,
      ),
    }));

    await expect(record(requestId, lost)).rejects.toThrow();

    expect(await outboxCollection().countDocuments({ requestId })).toBe(0);
  });
});

describe('a notice that is due', () => {
  it('reaches whoever belongs to its audience now, once, in their language, and nobody else', async () => {
    const sink = await openMailSink();
    const requestId = newRequestId();
    const titleAr = 'مشروع الأستاذة نادية';
    const snapshot = { requestId, reference: 'SND-2026-000123', titleAr, titleEn: 'Nadia project', sections: {} };
    const frozen = await freezeSnapshot(snapshot, new Date(startMs));
    await record(requestId, submitted(requestId, { snapshot: { id: frozen._id, sha256: frozen.sha256 } }));
    const mailer = mailerAt(sink.url);

    await deliverDue(sending(mailer));
    await deliverDue(sending(mailer));

    const mails = await sink.mails();
    const arabic = mails.find((mail) => mail.header('to') === 'samira@test.example');
    const english = mails.find((mail) => mail.header('to') === 'adel@test.example');
    expect(mails).toHaveLength(2);
    expect(arabic?.header('subject')).toBe('تسلّمنا الطلب SND-2026-000123');
    expect(english?.header('subject')).toBe('Request SND-2026-000123 was received');
    expect(arabic?.html).toContain('dir="rtl"');
    expect(english?.html).toContain('dir="ltr"');
    const link = `https://sanad.example/requests/${requestId}`;
    for (const mail of mails) {
      expect(mail.text.match(/https?:\/\/\S+/g)).toEqual([link]);
      expect(mail.html.match(/href="[^"]*"/g)).toEqual([`href="${link}"`]);
      expect(JSON.stringify([mail.text, mail.html, mail.header('subject')])).not.toMatch(/نادية|Nadia|الاسم|Name /);
    }
    expect(new Set(mails.map((mail) => mail.header('message-id'))).size).toBe(2);
    expect(await mailOf('samira')).toMatchObject({ mail: 'sent', mailAttempts: 1 });
    await sink.close();
  });

  it('is shown in the application alone when there is no mail server', async () => {
    const requestId = newRequestId();
    await record(requestId, submitted(requestId));

    await deliverDue(sending(null));

    expect(await mailOf('samira')).toMatchObject({ requestId, read: false, mail: 'off' });
    expect(await noticeCollection().countDocuments({})).toBe(2);
  });

  it('goes to the directorate of its governorate, not to another', async () => {
    const requestId = newRequestId();
    await record(requestId, journeyTo('regional-opinion', calmPlan, requestId).entries());

    await deliverDue(sending(null));

    expect(await mailOf('cairo')).toMatchObject({ kind: 'opinion-asked', requestId });
    expect(await mailOf('giza')).toBeNull();
  });

  it('of a report waits for its day, and is dropped when the report came before', async () => {
    const requestId = newRequestId();
    const told = journeyTo('implementation', calmPlan, requestId);
    await record(requestId, told.entries());
    await deliverDue(sending(null, () => new Date(told.nowMs())));
    const waiting = await outboxCollection().find({ requestId, state: 'waiting' }).toArray();
    expect(waiting.map(({ kind, number }) => [kind, number]).sort()).toEqual(
      [1, 2, 3].map((n) => ['report-due-soon', n]),
    );

    const ended = journeyTo(undefined, calmPlan, requestId).entries().slice(told.entries().length);
    const firstDue = told.request().reports[0]?.dueAtMs ?? 0;
    await deliverDue(sending(null, () => new Date(firstDue - dayMs)));
    expect(await noticeCollection().countDocuments({ kind: 'report-due-soon', number: 1, personId: 'samira' })).toBe(1);
    await record(requestId, ended);
    await deliverDue(sending(null, () => new Date(firstDue + 900 * dayMs)));

    expect(await outboxCollection().countDocuments({ requestId, state: 'dropped' })).toBe(2);
    expect(await noticeCollection().countDocuments({ kind: 'report-due-soon' })).toBe(2);
  });
});

describe('two senders at once', () => {
  it('send every e-mail once', async () => {
    const sink = await openMailSink();
    const requestIds = Array.from({ length: 10 }, newRequestId);
    for (const requestId of requestIds) await record(requestId, submitted(requestId));

    const senders = [1, 2].map(() => startNoticeSender(sending(mailerAt(sink.url)), 20));
    await eventually('all are sent', async () => (await noticeCollection().countDocuments({ mail: 'sent' })) === 20);
    await Promise.all(senders.map((sender) => sender.stop()));

    const ids = (await sink.mails()).map((mail) => mail.header('message-id'));
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
    await sink.close();
  });
});

describe('a mail server', () => {
  const oneMail = async (): Promise<string> => {
    const requestId = newRequestId();
    await record(requestId, submitted(requestId));
    await outboxCollection().updateMany({}, { $set: { audience: { kind: 'person', personId: 'samira' } } });
    return requestId;
  };

  it('that is down is tried again later, and then the e-mail goes out once', async () => {
    await oneMail();
    await deliverDue(sending(mailerAt(noMailServer)));
    expect(await mailOf('samira')).toMatchObject({ mail: 'waiting', mailAttempts: 1, mailCode: 'ESOCKET' });
    await deliverDue(sending(mailerAt(noMailServer)));
    expect(await mailOf('samira')).toMatchObject({ mail: 'waiting', mailAttempts: 1 });

    const sink = await openMailSink();
    await deliverDue(sending(mailerAt(sink.url), () => new Date(Date.now() + 61_000)));

    expect(await mailOf('samira')).toMatchObject({ mail: 'sent', mailAttempts: 2 });
    expect(await sink.mails()).toHaveLength(1);
    await sink.close();
  });

  it('that stays down is given up on after the last attempt, and the notice stays in the application', async () => {
    await oneMail();
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      await deliverDue(sending(mailerAt(noMailServer), () => new Date(Date.now() + attempt * 2 * 3_600_000)));
      expect(await mailOf('samira')).toMatchObject({ mailAttempts: attempt });
    }

    expect(await mailOf('samira')).toMatchObject({ mail: 'failed', mailCode: 'ESOCKET', read: false });
    expect(ends.at(-1)).toBe('failed');
  });

  it('that refuses for the moment is tried again; one that refuses for good is not', async () => {
    const refusing = async (responseCode: number) => {
      const server = await openBadMailServer({
        onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode })),
      });
      await deliverDue(sending(mailerAt(server.url), () => new Date(Date.now() + 600_000)));
      await server.close();
    };
    await oneMail();

    await refusing(451);
    expect(await mailOf('samira')).toMatchObject({ mail: 'waiting', mailCode: 'smtp-451' });
    await noticeCollection().updateMany({}, { $set: { mailNextAt: new Date() } });
    await refusing(550);
    expect(await mailOf('samira')).toMatchObject({ mail: 'failed', mailCode: 'smtp-550', mailAttempts: 2 });
  });

  it('that breaks off after it has the message leaves it open, and it is not sent again', async () => {
    let taken = 0;
    let breakOff: () => void = () => undefined;
    const server = await openBadMailServer({
      onData: (stream) => {
        stream.resume();
        stream.on('end', () => {
          taken += 1;
          breakOff();
        });
      },
    });
    ({ breakOff } = server);
    await oneMail();

    for (const laterMs of [0, leaseMs + 1, dayMs])
      await deliverDue(sending(mailerAt(server.url), () => new Date(Date.now() + laterMs)));

    expect(taken).toBe(1);
    expect(await mailOf('samira')).toMatchObject({ mail: 'unknown', mailAttempts: 1 });
    await server.close();
  });

  it('whose answer was lost with the sender leaves it open, and it is not sent again', async () => {
    const sink = await openMailSink();
    await oneMail();
    await deliverDue(sending(null));
    await noticeCollection().updateMany({}, { $set: { mail: 'waiting', mailNextAt: new Date() } });
    await claimMail(new Date(), leaseMs); // and the process is killed here

    await deliverDue(sending(mailerAt(sink.url)));
    expect(await mailOf('samira')).toMatchObject({ mail: 'sending' });
    await deliverDue(sending(mailerAt(sink.url), () => new Date(Date.now() + leaseMs + 1)));
    await deliverDue(sending(mailerAt(sink.url), () => new Date(Date.now() + dayMs)));

    expect(await mailOf('samira')).toMatchObject({ mail: 'unknown', mailAttempts: 1 });
    expect(await sink.mails()).toEqual([]);
    await sink.close();
  });

  it('hears nothing of a person whose account was closed in between', async () => {
    const sink = await openMailSink();
    await oneMail();
    await deliverDue(sending(mailerAt(noMailServer)));
    await upsertPerson(personOf('samira', { suspended: true }));

    await deliverDue(sending(mailerAt(sink.url), () => new Date(Date.now() + 61_000)));

    expect(await mailOf('samira')).toMatchObject({ mail: 'off' });
    expect(await sink.mails()).toEqual([]);
    await upsertPerson(personOf('samira'));
    await sink.close();
  });
});

describe('the notices of a person', () => {
  it('are paged along one index, unread ones first, and counted until they are read', async () => {
    for (let index = 0; index < 7; index += 1) {
      const requestId = newRequestId();
      await record(requestId, submitted(requestId));
    }
    await deliverDue(sending(null));
    const first = (await noticesOfPerson({ personId: 'adel', limit: 7 }))[0];
    if (first === undefined) throw new Error('no notice');

    expect(await readNotice(first._id, 'samira', new Date())).toBeNull();
    expect(await readNotice(first._id, 'adel', new Date())).toMatchObject({ read: true });
    expect(await unreadNotices('adel', 100)).toBe(6);

    const pages = [await noticesOfPerson({ personId: 'adel', limit: 3 })];
    for (let last = pages[0]?.at(-1); last !== undefined; last = pages.at(-1)?.at(-1)) {
      pages.push(await noticesOfPerson({ personId: 'adel', after: noticePosition(last), limit: 3 }));
    }
    const rows = pages.flat();
    expect(rows).toHaveLength(7);
    expect(new Set(rows.map(({ _id }) => _id)).size).toBe(7);
    expect(rows.at(-1)?._id).toBe(first._id);
    const plans = inspect(await explainNotices({ personId: 'adel', limit: 3, after: noticePosition(first) }), {
      depth: null,
    });
    expect(plans).toContain('IXSCAN');
    expect(plans).not.toMatch(/COLLSCAN|'SORT'/);
  });
});
