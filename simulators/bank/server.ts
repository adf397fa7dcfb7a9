// The simulated bank over HTTP: takes payment files, gives messages and statements, and lets a demonstration make it misbehave.
import express from 'express';
import type { Express, RequestHandler } from 'express';
import type { SimulatedBank, Taken } from './bank.js';
import { behaviourSchema } from './behaviour.js';

const fileLimit = '20mb';
const day = /^\d{4}-\d{2}-\d{2}$/;

const statusOf = ({ outcome }: Taken): number => {
  switch (outcome) {
    case 'taken':
      return 201;
    case 'known':
      return 200;
    case 'conflict':
      return 409;
    case 'invalid':
      return 422;
  }
};

const taking =
  (bank: SimulatedBank): RequestHandler =>
  async (req, res) => {
    const taken = await bank.take(typeof req.body === 'string' ? req.body : '');
    // In the journal, but nobody is told: what a bank does whose line breaks at the wrong moment.
    if ('answer' in taken && taken.answer === 'lost') {
      req.socket.resetAndDestroy();
      return;
    }
    const told = 'receivedAt' in taken ? { receivedAt: taken.receivedAt.toISOString() } : { why: taken.why };
    res.status(statusOf(taken)).json({ outcome: taken.outcome, ...told });
  };

const controlling =
  (bank: SimulatedBank): RequestHandler =>
  async (req, res) => {
    const wanted = behaviourSchema.safeParse(req.body);
    if (!wanted.success) res.status(422).json({ why: wanted.error.issues.map(({ message }) => message) });
    else res.json(await bank.behave(wanted.data));
  };

export const bankServer = (bank: SimulatedBank): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.get('/readyz', (_req, res) => res.json({ status: 'ready' }));
  app.post('/control', express.json(), controlling(bank));
  app.get('/payments', (_req, res) => res.json({ payments: bank.payments() }));
  app.use((_req, res, next) => {
    if (bank.isDown()) res.status(503).json({ why: 'the bank is closed' });
    else next();
  });
  app.post('/files', express.text({ type: 'application/xml', limit: fileLimit }), taking(bank));
  app.get('/files/:fileId/messages', (req, res) => res.json({ messages: bank.messages(req.params.fileId) }));
  app.get('/statements/:day', (req, res) => {
    if (!day.test(req.params.day)) res.status(422).json({ why: 'a day is YYYY-MM-DD' });
    else res.type('application/xml').send(bank.statement(req.params.day).xml);
  });
  return app;
};
