// What can go wrong, and where: parts, hops between them, the steps between an effect and its acknowledgement, kinds of faults.

export const parts = ['api', 'worker', 'mongod', 'temporal', 'bank'] as const;
export type Part = (typeof parts)[number];

export const hops = ['api-temporal', 'worker-temporal', 'api-mongo', 'worker-mongo', 'worker-bank'] as const;
export type Hop = (typeof hops)[number];

export const faultKinds = ['kill', 'pause', 'lost-reply', 'latency', 'bank'] as const;
export type FaultKind = (typeof faultKinds)[number];

export const steps = [
  'decide',
  'accept',
  'record',
  'answer',
  'register',
  'claim',
  'mark-sending',
  'submit',
  'mark-sent',
  'tell',
] as const;
export type Step = (typeof steps)[number];

type Recognised = {
  readonly hop: Hop;
  /** Who asks: the one to kill between effect and acknowledgement. */
  readonly caller: 'api' | 'worker';
  readonly request: readonly string[];
  readonly isAnswer: (chunk: Buffer) => boolean;
  /** What has happened by then, for the report. */
  readonly meaning: string;
};

/** MongoDB and HTTP/1 answer in turn on a connection: whatever comes next is the answer. */
const anything = (): boolean => true;

/** HTTP/2 also carries settings, pings and window sizes; an answer has headers (1) or data (0). Frames begin where writes do. */
const hasAnswerFrame = (chunk: Buffer): boolean => {
  for (let at = 0; at + 9 <= chunk.length; at += 9 + chunk.readUIntBE(at, 3)) {
    const type = chunk[at + 3];
    if (type === 0 || type === 1) return true;
  }
  return false;
};

/** A BSON string field with exactly this value. */
const bsonText = (name: string, value: string): string => {
  const length = Buffer.alloc(4);
  length.writeInt32LE(value.length + 1);
  return `${name}\0${length.toString('latin1')}${value}\0`;
};

const commit = 'commitTransaction';

export const recognised: Readonly<Record<Step, Recognised>> = {
  decide: {
    hop: 'api-temporal',
    caller: 'api',
    request: ['"expectedVersion"'],
    isAnswer: (chunk) => chunk.includes('"fingerprint"'),
    meaning: 'the workflow accepted, the API was not told',
  },
  accept: {
    hop: 'worker-temporal',
    caller: 'worker',
    request: ['temporal.api.update.v1.Acceptance'],
    isAnswer: hasAnswerFrame,
    meaning: 'the server stored the decision, the worker was not told',
  },
  record: {
    hop: 'worker-mongo',
    caller: 'worker',
    request: ['audit_entries', commit],
    isAnswer: anything,
    meaning: 'entries were committed, the worker was not told',
  },
  answer: {
    hop: 'api-mongo',
    caller: 'api',
    request: [bsonText('state', 'succeeded')],
    isAnswer: anything,
    meaning: 'the answer was kept, the API was not told and told nobody',
  },
  register: {
    hop: 'api-mongo',
    caller: 'api',
    request: ['audit_entries', commit],
    isAnswer: anything,
    meaning: 'the register changed, the API was not told',
  },
  claim: {
    hop: 'worker-mongo',
    caller: 'worker',
    request: ['batch_claims', commit],
    isAnswer: anything,
    meaning: 'instructions were claimed, the worker was not told',
  },
  'mark-sending': {
    hop: 'worker-mongo',
    caller: 'worker',
    request: [bsonText('state', 'sending'), commit],
    isAnswer: anything,
    meaning: 'instructions were marked as leaving, the worker was not told',
  },
  submit: {
    hop: 'worker-bank',
    caller: 'worker',
    request: ['POST /files'],
    isAnswer: anything,
    meaning: 'the bank took the file, the worker was not told',
  },
  'mark-sent': {
    hop: 'worker-mongo',
    caller: 'worker',
    request: [bsonText('state', 'sent')],
    isAnswer: anything,
    meaning: 'instructions were marked as sent, the worker was not told',
  },
  tell: {
    hop: 'worker-temporal',
    caller: 'worker',
    request: ['paymentStatusReported'],
    isAnswer: hasAnswerFrame,
    meaning: 'the request heard of its payment, the batch was not told',
  },
};

/** Without a bank of its own the worker keeps the bank's book in MongoDB, and the file arrives there. */
export const submitWithoutBank: Recognised = { ...recognised.submit, hop: 'worker-mongo', request: ['receivedAt'] };

/** One misbehaviour of the bank simulator, as its `/control` takes it. */
export type Misbehaviour = Readonly<Record<string, number | boolean>>;
