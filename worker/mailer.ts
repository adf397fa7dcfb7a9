// The port to a mail server, and its one adapter: SMTP through nodemailer. Each answer says whether the message is out, is surely
// not out, or may be: only what is surely not out may be sent again.
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';

export type MailMessage = {
  readonly to: string;
  /** The same for every attempt, so that a receiver can tell a second copy from a second message. */
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: string;
};

export type MailOutcome =
  | { readonly outcome: 'sent' }
  /** `final`: the mail server will never take it. */
  | { readonly outcome: 'refused'; readonly code: string; readonly final: boolean }
  | { readonly outcome: 'unknown'; readonly code: string };

export type Mailer = {
  readonly send: (message: MailMessage) => Promise<MailOutcome>;
  readonly close: () => void;
};

export type Sender = { readonly name: string; readonly address: string };

/** Together less than the lease of an attempt (notice-sender.ts). */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };

const build = ({ to, messageId, subject, text, html, language }: MailMessage, from: Sender): Promise<Buffer> =>
  new MailComposer({
    from,
    to,
    subject,
    text,
    html,
    messageId,
    headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
  })
    .compile()
    .build();

const field = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Object.entries(error).find(([key]) => key === name)?.[1] : undefined;

const codeOf = (error: unknown): string => {
  const [response, code] = [field(error, 'responseCode'), field(error, 'code')];
  if (typeof response === 'number') return `smtp-${response}`;
  return typeof code === 'string' ? code : 'unknown-error';
};

/** The server said no (it has not taken the message), or it never came to the point where it could have. */
const outcomeOf = (error: unknown, handedOver: boolean): MailOutcome => {
  const code = codeOf(error);
  const response = field(error, 'responseCode');
  if (typeof response === 'number')
    return { outcome: 'refused', code, final: response >= 500 && field(error, 'code') !== 'EAUTH' };
  return handedOver ? { outcome: 'unknown', code } : { outcome: 'refused', code, final: false };
};

export const createSmtpMailer = (url: string, from: Sender): Mailer => {
  const transport = createTransport({ url, ...patience, disableFileAccess: true, disableUrlAccess: true });
  return {
    send: async (message) => {
      const content = await build(message, from);
      let handedOver = false;
      // Read only once the connection stands: from then on a lost connection leaves open what the server has.
      const raw = new Readable({
        read() {
          handedOver = true;
          this.push(content);
          this.push(null);
        },
      });
      try {
        await transport.sendMail({ envelope: { from: from.address, to: message.to }, raw });
        return { outcome: 'sent' };
      } catch (error) {
        return outcomeOf(error, handedOver);
      }
    },
    close: () => transport.close(),
  };
};
