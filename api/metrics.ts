// What operators measure: one registry per application. Labels name routes and outcomes, never people, requests or ids.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const quick = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Metrics = {
  readonly registry: Registry;
  readonly http: (operation: string, status: number, seconds: number) => void;
  readonly temporal: (call: string, outcome: string, seconds: number) => void;
  readonly refusal: (operation: string, code: string) => void;
  readonly readModel: (answer: 'current' | 'behind', seconds: number) => void;
  readonly commandsInFlight: (count: number) => void;
};

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const http = new Histogram({
    name: 'sanad_http_seconds',
    help: 'HTTP calls by operation and status',
    labelNames: ['operation', 'status'],
    buckets: quick,
    registers,
  });
  const temporal = new Histogram({
    name: 'sanad_temporal_call_seconds',
    help: 'Calls to Temporal by command and outcome',
    labelNames: ['call', 'outcome'],
    buckets: quick,
    registers,
  });
  const refusals = new Counter({
    name: 'sanad_refusals_total',
    help: 'Problems answered, by operation and code',
    labelNames: ['operation', 'code'],
    registers,
  });
  const readModel = new Histogram({
    name: 'sanad_read_model_wait_seconds',
    help: 'How long answers waited for the read model, and whether it came',
    labelNames: ['answer'],
    buckets: quick,
    registers,
  });
  const inFlight = new Gauge({ name: 'sanad_commands_in_flight', help: 'Commands being worked on', registers });
  return {
    registry,
    http: (operation, status, seconds) => http.observe({ operation, status }, seconds),
    temporal: (call, outcome, seconds) => temporal.observe({ call, outcome }, seconds),
    refusal: (operation, code) => refusals.inc({ operation, code }),
    readModel: (answer, seconds) => readModel.observe({ answer }, seconds),
    commandsInFlight: (count) => inFlight.set(count),
  };
};
