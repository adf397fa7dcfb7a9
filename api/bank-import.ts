// From a bank's XML to lines that can be matched: which message it is, whether it is sound, and what each line says.
import type { ToImport } from '../persistence/bank-message.repository.js';
import { meaningOf, readStatusMessage } from '../bank/payment-status.js';
import { readStatement } from '../bank/statement.js';
import { sha256 } from '../platform/hashing.js';
import { Problem } from './problem.js';

type Kind = ToImport['kind'];
type Content = Pick<ToImport, 'messageId' | 'lines'>;

const unreadable = (fault: string): Problem =>
  new Problem('invalidInput', {
    errors: [
      {
        pointer: '/body',
        code: 'bank_message',
        messages: { ar: `رسالة البنك غير مقروءة: ${fault}`, en: `The bank's message cannot be read: ${fault}` },
      },
    ],
  });

const statusContent = (xml: string): Content => {
  const read = readStatusMessage(xml);
  if (!read.ok) throw unreadable(read.fault);
  const lines = read.value.transactions.map(({ endToEndId, status, reasonCode }) => ({
    ...({ kind: 'status', endToEndId, word: meaningOf(status), code: reasonCode ?? status } as const),
  }));
  return { messageId: read.value.messageId, lines };
};

const statementContent = (xml: string): Content => {
  const read = readStatement(xml);
  if (!read.ok) throw unreadable(read.fault);
  return { messageId: read.value.messageId, lines: read.value.lines.map((line) => ({ kind: 'statement', ...line })) };
};

export const messageToImport = (kind: Kind, xml: string, importedBy: string): ToImport => {
  const content = kind === 'status' ? statusContent(xml) : statementContent(xml);
  return { kind, xml, sha256: sha256(xml), importedBy, at: new Date(), ...content };
};
