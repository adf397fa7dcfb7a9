// The e-mails of notices: claiming one before it is sent, and how that ended. Only the one who claimed an attempt says so.
import { randomUUID } from 'node:crypto';
import type { MailState, NoticeDocument } from './notice.model.js';
import { noticeCollection } from './notice.model.js';

export type ClaimedMail = NoticeDocument & { readonly mailClaim: string };

const isClaimed = (notice: NoticeDocument): notice is ClaimedMail => notice.mailClaim !== undefined;

/** The attempt stands in the database, durably, before anybody talks to a mail server. */
export const claimMail = async (now: Date, leaseMs: number): Promise<ClaimedMail | null> => {
  const claimed = await noticeCollection().findOneAndUpdate(
    { mail: 'waiting', mailNextAt: { $lte: now } },
    {
      $set: { mail: 'sending', mailNextAt: new Date(now.getTime() + leaseMs), mailClaim: randomUUID() },
      $inc: { mailAttempts: 1 },
    },
    { sort: { mailNextAt: 1 }, hint: { mail: 1, mailNextAt: 1 }, returnDocument: 'after' },
  );
  return claimed !== null && isClaimed(claimed) ? claimed : null;
};

/** Attempts that nobody finished in their time: the mail may have gone out, so it is not sent again. Answers how many. */
export const giveUpOnLostMails = async (now: Date): Promise<number> => {
  const { modifiedCount } = await noticeCollection().updateMany(
    { mail: 'sending', mailNextAt: { $lte: now } },
    { $set: { mail: 'unknown' }, $unset: { mailNextAt: true } },
    { hint: 'mail' },
  );
  return modifiedCount;
};

type Ended = Exclude<MailState, 'waiting' | 'sending'>;

/** A sender that was given up on and then heard from its mail server knows better than the clock did. */
const ofClaim = ({ _id, mailClaim }: ClaimedMail) => ({ _id, mailClaim });

export const endMail = async (claimed: ClaimedMail, mail: Ended, code?: string): Promise<void> => {
  await noticeCollection().updateOne(ofClaim(claimed), {
    $set: { mail, ...(code === undefined ? {} : { mailCode: code }) },
    $unset: { mailNextAt: true },
  });
};

/** It surely did not go out: it may be tried again. */
export const retryMail = async (claimed: ClaimedMail, nextAt: Date, code: string): Promise<void> => {
  await noticeCollection().updateOne(ofClaim(claimed), {
    $set: { mail: 'waiting', mailNextAt: nextAt, mailCode: code },
  });
};
