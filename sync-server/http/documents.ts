import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { decodeStateVector } from 'yjs';
import { joinAnswers, joinUpdates, type RoomAnswer } from '#lib/protocol/document-answer.ts';
import { limits } from '#lib/protocol/limits.ts';
import { parseRoom, type Room } from '#lib/protocol/rooms.ts';
import { roomsRequest, type RoomWanted } from '#lib/protocol/rooms-request.ts';
import { caps } from '#relay/caps.ts';
import type { Core } from '#relay/core.ts';
import { readerOf } from '#relay/devices/let-in.ts';
import { payerOf, type Payer } from '#relay/devices/payer.ts';
import { whyNot, whyUnreadable, type Unreadable } from '#relay/devices/reading.ts';
import type { Missing } from '#relay/gate/catch-up.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { PackedUpdates } from './packed-updates.ts';
import { readBody, readOctets } from './body.ts';
import { addressOf, enrolledDevice, type ApiContext } from './request.ts';

const zip = promisify(gzip);

/** Answers smaller than this gain nothing; bytes. */
const worthCompressing = 1024;

const codes = {
  'unknown-room': 'not-found',
  'may-not-read': 'not-permitted',
  'other-generation': 'other-generation'
} as const satisfies Readonly<Record<Unreadable, string>>;

/**
 * POST /api/documents/<room>: what a reader with this state vector is missing, where no socket passes (NW10). The right
 * to read, the budgets and what is told are those of a socket's first answer.
 *
 * POST /api/documents: the same of many rooms at once (PG9).
 */
export function documentRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  const packed = new PackedUpdates();
  return new Hono<{ Bindings: HttpBindings }>()
    .post('/', async (context) => {
      const device = await enrolledDevice(core, context);
      const { wanted } = await readBody(context, roomsRequest, limits.roomsBody);
      return send(context, joinAnswers(await answersTo(core, context, device, wanted)));
    })
    .post('/:room', async (context) => {
      const device = await enrolledDevice(core, context);
      const stateVector = await readOctets(context, caps.memory.message);
      checkVector(stateVector);
      const room = parseRoom(context.req.param('room'));
      if (!room) throw new ApiError('not-found');
      const why = await whyUnreadable(core.truth, device, room);
      if (why) throw new ApiError(codes[why]);
      const missing = await missingOf(core, payerOf(device, addressOf(core, context)), room, stateVector);
      if (missing.is === 'other-generation') throw new ApiError('other-generation');
      if (missing.is === 'too-many') throw new ApiError('too-many', missing.seconds);
      const { updates } = missing;
      return isWorthPacking(context, bytesOf(updates))
        ? sendPacked(context, await packed.gzip(updates))
        : sendPlain(context, joinUpdates(updates));
    });
}

/** PG9: one answer for each room; once they are full, or the budget is used up, the others are to be asked for again. */
async function answersTo(
  core: Core,
  context: ApiContext,
  device: StoredDevice,
  wanted: readonly RoomWanted[]
): Promise<readonly RoomAnswer[]> {
  for (const { has } of wanted) checkVector(has);
  const payer = payerOf(device, addressOf(core, context));
  const reader = await readerOf(core.truth, device);
  const answers: RoomAnswer[] = [];
  let bytes = 0;
  for (const { room: name, has } of wanted) {
    if (bytes >= limits.roomsAnswer) {
      answers.push({ is: 'later' });
      continue;
    }
    const room = parseRoom(name);
    const why = room ? await whyNot(core.truth, reader, room) : 'unknown-room';
    if (!room || why) {
      answers.push({ is: codes[why ?? 'unknown-room'] });
      continue;
    }
    const missing = await missingOf(core, payer, room, has);
    if (missing.is === 'too-many' && bytes === 0) throw new ApiError('too-many', missing.seconds);
    answers.push(missing.is === 'too-many' ? { is: 'later' } : missing);
    if (missing.is === 'updates') bytes += bytesOf(missing.updates);
    // Of pages that have to be loaded each takes some tenth of a millisecond: others come in between.
    await setImmediate();
  }
  return answers;
}

async function missingOf(core: Core, payer: Payer, room: Room, stateVector: Uint8Array): Promise<Missing> {
  let found: Missing | undefined;
  await core.catchUp.of(room, stateVector, payer, (missing) => (found = missing));
  if (!found) throw new Error('nothing was said of what is missing');
  return found;
}

function bytesOf(updates: readonly Uint8Array[]): number {
  return updates.reduce((sum, { length }) => sum + length, 0);
}

function checkVector(bytes: Uint8Array): void {
  try {
    decodeStateVector(bytes);
  } catch {
    throw new ApiError('malformed');
  }
}

async function send(context: ApiContext, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
  return isWorthPacking(context, bytes.length)
    ? sendPacked(context, new Uint8Array(await zip(bytes)))
    : sendPlain(context, bytes);
}

function sendPlain(context: ApiContext, bytes: Uint8Array<ArrayBuffer>): Response {
  context.header('Content-Type', 'application/octet-stream');
  return context.body(bytes);
}

function sendPacked(context: ApiContext, bytes: Uint8Array<ArrayBuffer>): Response {
  context.header('Content-Type', 'application/octet-stream');
  context.header('Content-Encoding', 'gzip');
  return context.body(bytes);
}

function isWorthPacking(context: ApiContext, bytes: number): boolean {
  return bytes >= worthCompressing && /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
}
