// Bundle entry: workflow functions and nothing else, because every exported function can be started.
export { calendarChange } from './calendar-change.workflow.js';
export { grantLifecycle } from './grant-lifecycle.workflow.js';
export { paymentBatch } from './payment-batch.workflow.js';
