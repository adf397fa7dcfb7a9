// Refused attempts go to the audit side at the edge, because a refusal leaves no trace in the workflow. Never the text that was sent.
import type { Actor } from '../domain/actor.js';
import type { RefusalCode } from '../domain/refusal.js';
import { refusalSentences } from '../domain/refusal.js';
import type { AttemptSubject } from '../persistence/refused-attempt.model.js';
import { recordAttempt } from '../persistence/refused-attempt.repository.js';
import type { Logger } from '../platform/logger.js';
import { Problem } from './problem.js';

const isRefusalCode = (code: string): code is RefusalCode => code in refusalSentences;

type Attempt = {
  readonly caller: Actor;
  readonly command: string;
  readonly callId: string;
  readonly subject: AttemptSubject | null;
};

/** Answers of the machinery, not of a rule: nobody was refused anything. */
const notAboutPeople: readonly RefusalCode[] = ['recordingBehind', 'notSignedIn'];

export const noteRefusal = async (error: unknown, attempt: Attempt, log: Logger): Promise<void> => {
  if (!(error instanceof Problem)) return;
  const { trueCode, details } = error;
  if (!isRefusalCode(trueCode) || notAboutPeople.includes(trueCode)) return;
  const subject = attempt.subject ?? { kind: 'person', id: attempt.caller.personId };
  const { rule, accepted } = details;
  try {
    await recordAttempt(subject, {
      at: new Date(),
      actor: attempt.caller,
      command: attempt.command,
      code: trueCode,
      ...(rule === undefined ? {} : { rule }),
      ...(accepted === undefined ? {} : { accepted }),
      httpRequestId: attempt.callId,
    });
  } catch (failure) {
    // The caller still gets the refusal; that it could not be recorded is loud.
    log.error(
      { err: failure, subject, code: trueCode, command: attempt.command },
      'a refused attempt was not recorded',
    );
  }
};
