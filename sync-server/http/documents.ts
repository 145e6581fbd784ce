import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { decodeStateVector } from 'yjs';
import { joinUpdates } from '#lib/protocol/document-answer.ts';
import type { ErrorCode } from '#lib/protocol/messages.ts';
import { parseRoom, type Room } from '#lib/protocol/rooms.ts';
import { caps } from '#relay/caps.ts';
import type { Core } from '#relay/core.ts';
import { payerOf } from '#relay/devices/payer.ts';
import { whyUnreadable, type Unreadable } from '#relay/devices/reading.ts';
import type { Missing } from '#relay/gate/catch-up.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { readOctets } from './body.ts';
import { addressOf, enrolledDevice, type ApiContext } from './request.ts';

const zip = promisify(gzip);

/** Answers smaller than this gain nothing; bytes. */
const worthCompressing = 1024;

const codes: Readonly<Record<Unreadable, ErrorCode>> = {
  'unknown-room': 'not-found',
  'may-not-read': 'not-permitted',
  'other-generation': 'other-generation'
};

/**
 * POST /api/documents/<room>: what a reader with this state vector is missing, where no socket passes (NW10). The right
 * to read, the budgets and what is told are those of a socket's first answer.
 */
export function documentRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().post('/:room', async (context) => {
    const device = await enrolledDevice(core, context);
    const stateVector = await readOctets(context, caps.memory.message);
    checkVector(stateVector);
    const room = parseRoom(context.req.param('room'));
    if (!room) throw new ApiError('not-found');
    const why = await whyUnreadable(core.truth, device, room);
    if (why) throw new ApiError(codes[why]);
    const missing = await missingOf(core, context, device, room, stateVector);
    if (missing.is === 'other-generation') throw new ApiError('other-generation');
    if (missing.is === 'too-many') throw new ApiError('too-many', missing.seconds);
    return send(context, joinUpdates(missing.updates));
  });
}

async function missingOf(
  core: Core,
  context: ApiContext,
  device: StoredDevice,
  room: Room,
  stateVector: Uint8Array
): Promise<Missing> {
  let found: Missing | undefined;
  const payer = payerOf(device, addressOf(core, context));
  await core.catchUp.of(room, stateVector, payer, (missing) => (found = missing));
  if (!found) throw new Error('nothing was said of what is missing');
  return found;
}

function checkVector(bytes: Uint8Array): void {
  try {
    decodeStateVector(bytes);
  } catch {
    throw new ApiError('malformed');
  }
}

async function send(context: ApiContext, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
  const zipped =
    bytes.length >= worthCompressing && /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
  context.header('Content-Type', 'application/octet-stream');
  if (zipped) context.header('Content-Encoding', 'gzip');
  return context.body(zipped ? new Uint8Array(await zip(bytes)) : bytes);
}
