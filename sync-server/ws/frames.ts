import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { decodeStateVector } from 'yjs';

/** Message types of y-websocket, and below `sync` those of y-protocols/sync. */
const types = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3 } as const;
const syncTypes = { step1: 0, step2: 1, update: 2 } as const;

/** What a follower sent. Everything that would write is `written`: it is counted, and not done (RM3). */
export type FromFollower =
  | { readonly is: 'step1'; readonly stateVector: Uint8Array }
  | { readonly is: 'written' }
  /** What is said of who writes, as an awareness update; whether it is one is not looked at here. */
  | { readonly is: 'presence'; readonly update: Uint8Array }
  | { readonly is: 'asks-presence' }
  | { readonly is: 'ignored' };

/** Reads a frame. Throws where it is none: truncated, with something behind its end, or of an unknown type. */
export function readFrame(bytes: Uint8Array): FromFollower {
  const decoder = decoding.createDecoder(bytes);
  const frame = readMessage(decoder);
  if (decoding.hasContent(decoder)) throw new RangeError('bytes behind the end of the message');
  return frame;
}

function readMessage(decoder: decoding.Decoder): FromFollower {
  switch (decoding.readVarUint(decoder)) {
    case types.sync:
      return readSync(decoder);
    case types.awareness:
      return { is: 'presence', update: decoding.readVarUint8Array(decoder) };
    case types.queryAwareness:
      return { is: 'asks-presence' };
    case types.auth:
      decoding.readTailAsUint8Array(decoder);
      return { is: 'ignored' };
    default:
      throw new RangeError('unknown message type');
  }
}

function readSync(decoder: decoding.Decoder): FromFollower {
  const type = decoding.readVarUint(decoder);
  const content = decoding.readVarUint8Array(decoder);
  switch (type) {
    case syncTypes.step1:
      // Read here only to find out whether it can be.
      decodeStateVector(content);
      return { is: 'step1', stateVector: content };
    case syncTypes.step2:
    case syncTypes.update:
      return { is: 'written' };
    default:
      throw new RangeError('unknown sync message type');
  }
}

/** The answer to a step 1: everything that the follower was missing. */
export function step2Frame(update: Uint8Array): Uint8Array {
  return syncFrame(syncTypes.step2, update);
}

/** An update as it happens. Built once, sent to every follower. */
export function updateFrame(update: Uint8Array): Uint8Array {
  return syncFrame(syncTypes.update, update);
}

/** Who writes in a page, or no longer does: an awareness update. */
export function presenceFrame(update: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, types.awareness);
    encoding.writeVarUint8Array(encoder, update);
  });
}

/** An awareness message about nobody: the stock provider reconnects when it has heard nothing for 30 seconds. */
export const heartbeatFrame: Uint8Array = presenceFrame(Uint8Array.of(0));

function syncFrame(type: number, content: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, types.sync);
    encoding.writeVarUint(encoder, type);
    encoding.writeVarUint8Array(encoder, content);
  });
}
