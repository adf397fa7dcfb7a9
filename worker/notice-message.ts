// A notice as an e-mail: subject without personal data, one action link, plain text and a simple page with its reading direction.
import type { NoticeLanguage } from '../domain/notice-text.js';
import { noticeText } from '../domain/notice-text.js';
import { requestPage } from '../domain/notice.js';
import type { NoticeDocument } from '../persistence/notice.model.js';
import type { MailMessage } from './mailer.js';

const signed = {
  ar: { name: 'سند، منصة صندوق الدعم', why: 'وصلتكم هذه الرسالة لأن لكم دوراً في هذا الطلب. لا يُرد عليها.' },
  en: {
    name: 'Sanad, the platform of the Support Fund',
    why: 'You receive this because you have a part in this request. Please do not answer it.',
  },
} as const;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A line break in what goes into a header would start another header. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

type Addressed = {
  readonly to: string;
  readonly language: NoticeLanguage;
  /** Where people reach Sanad, without a slash at its end. */
  readonly publicUrl: string;
  /** After the @ of the message's id. */
  readonly domain: string;
};

const pageOf = (language: NoticeLanguage, link: string, text: ReturnType<typeof noticeText>): string => {
  const { name, why } = signed[language];
  return [
    '<!doctype html>',
    `<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`,
    `<head><meta charset="utf-8"><title>${escaped(text.subject)}</title></head>`,
    '<body style="font-family: sans-serif; line-height: 1.6">',
    `<p>${escaped(text.body)}</p>`,
    `<p><a href="${escaped(link)}">${escaped(text.action)}</a></p>`,
    `<p>${escaped(name)}<br>${escaped(why)}</p>`,
    '</body></html>',
  ].join('\n');
};

export const noticeMessage = (
  notice: Pick<NoticeDocument, '_id' | 'kind' | 'requestId' | 'reference' | 'number'>,
  { to, language, publicUrl, domain }: Addressed,
): MailMessage => {
  const { _id, kind, requestId, reference = requestId, number } = notice;
  const text = noticeText(kind, language, { reference, ...(number === undefined ? {} : { number }) });
  const link = `${publicUrl}${requestPage(requestId)}`;
  const { name, why } = signed[language];
  return {
    to,
    messageId: `<${_id}@${domain}>`,
    subject: oneLine(text.subject),
    text: [text.body, '', `${text.action}: ${link}`, '', name, why, ''].join('\n'),
    html: pageOf(language, link, text),
    language,
  };
};
