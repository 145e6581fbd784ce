import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';

/** What the thread that floods is told. */
export interface Orders {
  readonly flood: FloodName;
  readonly address: string;
  /** Of devices of one account. */
  readonly cookies: readonly string[];
  readonly room: string;
  readonly username: string;
  /** The flood ends by itself. */
  readonly seconds: number;
}

/** Every flood, and none, in the order in which they are measured. */
export const floodNames = [
  'nothing',
  'idle',
  'step 1',
  'upgrades',
  'pings',
  'reports',
  'sign-ins',
  'big bodies'
] as const;
export type FloodName = (typeof floodNames)[number];

/** So many at once do the same, over and over; the most that one device may. */
const speakers = 64;

/** A state vector of nothing, asked with as y-websocket asks. */
const step1 = Uint8Array.of(0, 0, 1, 0);

const floods: Readonly<
  Record<FloodName, (orders: Orders, at: number, goesOn: () => boolean) => Promise<void>>
> = {
  // What this machine needs for a change now, whoever else uses it.
  nothing: () => pause(100),
  // A message that never ends, on an open socket.
  idle: async (orders, at, goesOn) => {
    const socket = await opened(orders, at);
    if (!socket) return pause(100);
    socket.send(new Uint8Array(60 * 1024), { fin: false });
    while (goesOn() && socket.readyState === WebSocket.OPEN) await pause(50);
    socket.terminate();
  },
  'step 1': async (orders, at, goesOn) => {
    const socket = await opened(orders, at);
    if (!socket) return pause(100);
    while (goesOn() && socket.readyState === WebSocket.OPEN) {
      for (let count = 0; count < 10; count++) socket.send(step1);
      await pause(10);
    }
    socket.terminate();
  },
  upgrades: async (orders, at) => (await opened(orders, at))?.terminate(),
  pings: async (orders, at, goesOn) => {
    const socket = await opened(orders, at);
    if (!socket) return pause(100);
    while (goesOn() && socket.readyState === WebSocket.OPEN) {
      for (let count = 0; count < 50; count++) socket.ping(new Uint8Array(100));
      await pause(5);
    }
    socket.terminate();
  },
  reports: async ({ address, cookies }) => {
    const answer = await fetch(`${address}/api/device`, { headers: { Cookie: cookies[0] ?? '' } });
    await answer.arrayBuffer();
  },
  'sign-ins': async ({ address, username, cookies }, at) => {
    const body = { username, for: 'password', prove: 'A'.repeat(43), device: crypto.randomUUID() };
    const answer = await fetch(`${address}/api/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: at % 2 === 0 ? '' : (cookies[0] ?? '') },
      body: JSON.stringify(body)
    });
    await answer.arrayBuffer();
  },
  // Two megabytes that are no changes, the last byte never.
  'big bodies': async ({ address, cookies }, _at, goesOn) => {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => socket.destroy());
    const length = 2 * 1024 * 1024;
    socket.write(
      `POST /api/changes HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${cookies[0]}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`
    );
    socket.write(Buffer.alloc(length - 1, '['));
    socket.resume();
    for (let wait = 0; wait < 20 && goesOn() && !socket.destroyed; wait++) await pause(50);
    socket.destroy();
  }
};

/** A socket as a member's tablet opens it; undefined where the relay does not let it in. */
async function opened({ address, cookies, room }: Orders, at: number): Promise<WebSocket | undefined> {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/sync/${room}`, {
    headers: { Cookie: cookies[at % cookies.length] ?? '' }
  });
  socket.on('error', () => socket.terminate());
  return once(socket, 'open').then(
    () => socket,
    () => undefined
  );
}

async function flood(orders: Orders): Promise<void> {
  const end = performance.now() + orders.seconds * 1_000;
  const goesOn = (): boolean => performance.now() < end;
  const speak = async (_: unknown, at: number): Promise<void> => {
    while (goesOn()) await floods[orders.flood](orders, at, goesOn).catch(() => pause(20));
  };
  await Promise.all(Array.from({ length: speakers }, speak));
}

if (parentPort) {
  await flood(workerData as Orders);
  parentPort.postMessage('done');
}
