// A toy API or worker: ready at /readyz, dies at /die, and writes down when it was started and drained.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [, , name, port] = process.argv;
const note = (what) => appendFileSync(process.env.TOY_DIARY, `${name} ${what}\n`);
const server = createServer((request, response) => {
  response.end('ok');
  if (request.url === '/die') process.exit(7);
});
server.listen(Number(port ?? process.env[`SANAD_${name.toUpperCase()}_PORT`]), '127.0.0.1', () => note('started'));
process.on('SIGTERM', () => {
  if (process.env.TOY_STUBBORN) return;
  note('drained');
  process.exit(0);
});
