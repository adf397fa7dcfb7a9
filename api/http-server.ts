// The HTTP server around the application.
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { Express } from 'express';

/**
 * How long a connection stays open between two calls. Longer than proxies keep theirs (a minute is usual): the side that closes first
 * must not be ours, or a call that is just being sent on the connection is lost with it. Node's own five seconds are for browsers.
 */
const idleMs = 65_000;

export const createHttpServer = (app: Express): Server => createServer({ keepAliveTimeout: idleMs }, app);
