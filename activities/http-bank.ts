// A bank behind HTTP: hands it the sealed file once, and reads its status messages. Everything it answers is foreign text.
import { z } from 'zod';
import type { StatusMessage } from '../bank/payment-status.js';
import { readStatusMessage } from '../bank/payment-status.js';
import { wordsOn } from '../bank/payment-words.js';
import type { Bank } from './bank.js';

const answerWithinMs = 15_000;

const receipt = z.object({ receivedAt: z.iso.datetime().transform((text) => new Date(text)) });
const messageList = z.object({ messages: z.array(z.object({ kind: z.literal('pain.002'), xml: z.string() })) });

export type HttpBankOptions = {
  readonly url: string;
  /** Hears of every message before it is acted on. */
  readonly keepMessage?: (xml: string) => Promise<void>;
};

const readMessage = (xml: string): StatusMessage => {
  const read = readStatusMessage(xml);
  if (!read.ok) throw new Error(`the bank sent a status message that cannot be read: ${read.fault}`);
  return read.value;
};

export const createHttpBank = ({ url, keepMessage }: HttpBankOptions): Bank => {
  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(answerWithinMs) });

  return {
    submit: async ({ batchId, text }) => {
      const response = await call('/files', {
        method: 'POST',
        headers: { 'content-type': 'application/xml' },
        body: text,
      });
      if (response.status === 409) throw new Error(`the bank has another file under ${batchId}`);
      if (!response.ok) throw new Error(`the bank answers ${response.status} to file ${batchId}`);
      return { receivedAt: receipt.parse(await response.json()).receivedAt };
    },
    statuses: async (batchId, instructionIds) => {
      const response = await call(`/files/${encodeURIComponent(batchId)}/messages`);
      if (!response.ok) throw new Error(`the bank answers ${response.status} when asked about ${batchId}`);
      const { messages } = messageList.parse(await response.json());
      for (const { xml } of messages) await keepMessage?.(xml);
      const words = wordsOn(
        batchId,
        messages.map(({ xml }) => readMessage(xml)),
      );
      return words.filter(({ instructionId }) => instructionIds.includes(instructionId));
    },
  };
};
