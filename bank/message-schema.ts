// What the schemas of bank messages share: ids of ISO 20022, elements that may come once or often, and how a fault is told.
import { z } from 'zod';
import { fault, listed } from './xml.js';

/** Max35Text of ISO 20022. */
export const max35 = z.string().min(1).max(35);

/** An element that may be absent, come once, or often. */
export const many = <T extends z.ZodType>(item: T) => z.preprocess(listed, z.array(item)).optional();

export const groupHeader = z.object({ MsgId: max35, CreDtTm: z.string().min(1).max(40) });

/** What is wrong, as a path in the message and a sentence. */
export const schemaFault = (error: z.ZodError): { readonly ok: false; readonly fault: string } => {
  const [issue] = error.issues;
  return fault(issue === undefined ? 'not this message' : `${issue.path.join('/')}: ${issue.message}`);
};
