import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fail } from '@archon-dse/core';

/** The port of a dashboard unless another is asked for, so that its address stays from run to run. */
export const USUAL_PORT = 4180;
const HOST = '127.0.0.1';

/**
 * Listens on this machine only.
 *
 * @param port - the one that was asked for; without one the usual, or any that is free
 * @returns the port it listens on
 * @throws ArchonError ARCHON_PORT_TAKEN
 */
export async function listen(server: Server, port: number | undefined): Promise<number> {
  try {
    return await bind(server, port ?? USUAL_PORT);
  } catch (error) {
    if (port === undefined) return bind(server, 0);
    return refuse(port, error as NodeJS.ErrnoException);
  }
}

async function bind(server: Server, port: number): Promise<number> {
  server.listen(port, HOST);
  await once(server, 'listening'); // rejects on an error
  return (server.address() as AddressInfo).port;
}

function refuse(port: number, { code, message }: NodeJS.ErrnoException): never {
  const why =
    code === 'EADDRINUSE'
      ? 'another program listens on it'
      : code === 'EACCES'
        ? 'this user may not listen on it'
        : message;
  return fail({
    code: 'ARCHON_PORT_TAKEN',
    message: `port ${String(port)} of ${HOST} cannot be had: ${why}`,
    expected: 'a port that is free',
    hint: 'Choose another one with --port, or leave it out to get one that is free.',
  });
}
