// Finds TCP ports to listen on, and says whether one answers.
// @ts-check
import { connect, createServer } from 'node:net';

/**
 * @param {number} preferred 0 or undefined: any free port
 * @returns {Promise<number>} the preferred port when it is free, otherwise one that the system picks
 */
export async function freePort(preferred = 0) {
  return (await listenable(preferred)) ?? /** @type {Promise<number>} */ (listenable(0));
}

/** @param {number} port @returns {Promise<number | undefined>} */
function listenable(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** @param {number} port */
export const isFree = async (port) => (await listenable(port)) !== undefined;

/** @param {string} host @param {number} port @returns {Promise<true>} */
export function answersTcp(host, port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 2000 });
    /** @param {Error} error */
    const fail = (error) => (socket.destroy(), reject(error));
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('timeout', () => fail(new Error(`${host}:${port} does not answer`)));
    socket.once('error', fail);
  });
}
