// Gives notices to people and sends their e-mails (ADR 0012). Several workers may do this at once: whoever claims an e-mail sends
// it, and none is sent a second time unless the mail server surely did not take it.
import type { NoticeLanguage } from '../domain/notice-text.js';
import { whenToTell } from '../domain/notice.js';
import type { OutboxDocument } from '../persistence/notice.model.js';
import type { ClaimedMail } from '../persistence/notice-mail.repository.js';
import { claimMail, endMail, giveUpOnLostMails, retryMail } from '../persistence/notice-mail.repository.js';
import {
  dueOutbox,
  giveNotice,
  postponeOutbox,
  receiversOf,
  settleOutbox,
} from '../persistence/notice-outbox.repository.js';
import { personById } from '../persistence/person.repository.js';
import { requestById } from '../persistence/request.reads.js';
import type { Logger } from '../platform/logger.js';
import type { Mailer } from './mailer.js';
import { noticeMessage } from './notice-message.js';

export type MailEnd = 'sent' | 'retried' | 'failed' | 'unknown';
export type NoticeSending = {
  /** Null: no mail server is configured; notices are shown in the application alone. */
  readonly mailer: Mailer | null;
  readonly publicUrl: string;
  readonly mailDomain: string;
  readonly log: Logger;
  readonly observe: (end: MailEnd, count: number) => void;
  readonly now?: () => Date;
};

/** Longer than a mail server may take with one message (mailer.ts). */
export const leaseMs = 120_000;
const outboxBatch = 100;
/** The last attempt is made about nine hours after the first. */
export const mostAttempts = 12;
const pauseMs = (attempt: number): number => Math.min(60_000 * 2 ** (attempt - 1), 3_600_000);

const tellAt = async (notice: OutboxDocument, now: Date): Promise<number | null> => {
  if (notice.kind !== 'report-due-soon') return now.getTime();
  const record = await requestById(notice.requestId);
  return record === null ? null : whenToTell(notice, record.state, now.getTime());
};

const distribute = async (notice: OutboxDocument, now: Date, mails: boolean): Promise<void> => {
  const atMs = await tellAt(notice, now);
  if (atMs === null) return settleOutbox(notice._id, 'dropped');
  if (atMs > now.getTime()) return postponeOutbox(notice._id, new Date(atMs));
  const people = await receiversOf(notice.audience, now);
  await giveNotice(notice, people, { at: now, mails });
  // A crash before this line gives the same notices to the same people again, which changes nothing.
  return settleOutbox(notice._id, 'distributed');
};

const distributeDue = async (now: Date, mails: boolean): Promise<void> => {
  for (;;) {
    const due = await dueOutbox(now, outboxBatch);
    for (const notice of due) await distribute(notice, now, mails);
    if (due.length < outboxBatch) return;
  }
};

type Sending = NoticeSending & { readonly mailer: Mailer; readonly now: () => Date };

const languageOf = (language: NoticeLanguage | undefined): NoticeLanguage => language ?? 'ar';

const send = async (claimed: ClaimedMail, sending: Sending): Promise<void> => {
  const { mailer, publicUrl, mailDomain: domain, now, log, observe } = sending;
  const person = await personById(claimed.personId);
  if (person === null || person.suspended) return endMail(claimed, 'off');
  const language = languageOf(person.language);
  const sent = await mailer.send(noticeMessage(claimed, { to: person.email, language, publicUrl, domain }));
  const about = { noticeId: claimed._id, kind: claimed.kind, attempt: claimed.mailAttempts };
  if (sent.outcome === 'sent') {
    observe('sent', 1);
    return endMail(claimed, 'sent');
  }
  const { code } = sent;
  if (sent.outcome === 'unknown') {
    observe('unknown', 1);
    log.warn({ ...about, code }, 'a mail server may have taken this e-mail; it is not sent again by itself');
    return endMail(claimed, 'unknown', code);
  }
  if (sent.final || claimed.mailAttempts >= mostAttempts) {
    observe('failed', 1);
    log.warn({ ...about, code }, 'this e-mail is not sent; its notice is in the application');
    return endMail(claimed, 'failed', code);
  }
  observe('retried', 1);
  return retryMail(claimed, new Date(now().getTime() + pauseMs(claimed.mailAttempts)), code);
};

const sendDue = async (sending: Sending, stopped: () => boolean): Promise<void> => {
  while (!stopped()) {
    const claimed = await claimMail(sending.now(), leaseMs);
    if (claimed === null) return;
    await send(claimed, sending);
  }
};

/** Everything that is due now: notices to people, then their e-mails. */
export const deliverDue = async (sending: NoticeSending, stopped: () => boolean = () => false): Promise<void> => {
  const { mailer, log, observe, now = () => new Date() } = sending;
  const lost = await giveUpOnLostMails(now());
  if (lost > 0) {
    observe('unknown', lost);
    log.warn({ count: lost }, 'e-mails whose sender was lost; they are not sent again by themselves');
  }
  await distributeDue(now(), mailer !== null);
  if (mailer !== null) await sendDue({ ...sending, mailer, now }, stopped);
};

export type NoticeSender = { readonly stop: () => Promise<void> };

/** Looks again and again until it is stopped; what is being sent then is finished first. */
export const startNoticeSender = (sending: NoticeSending, everyMs: number): NoticeSender => {
  let stopped = false;
  let wake: () => void = () => undefined;
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!stopped) {
      try {
        await deliverDue(sending, () => stopped);
      } catch (error) {
        // Nothing is lost: what was not written down is looked at again, and a claimed e-mail has its lease.
        sending.log.error({ err: error }, 'notices could not be delivered; trying again');
      }
      if (!stopped) await pause();
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await running;
      sending.mailer?.close();
    },
  };
};
