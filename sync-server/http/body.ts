import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import * as v from 'valibot';
import type { Holding } from '#relay/held-bytes.ts';
import { ApiError } from './api-error.ts';
import { checkWrite, type WrittenType } from './origin.ts';
import type { ApiContext } from './request.ts';

/** HT12: whoever sent the body has gone, or was too slow: nobody is there to be answered. */
export class BodyCutOff extends Error {
  constructor(cause: unknown) {
    super('a body was cut off', { cause });
    this.name = 'BodyCutOff';
  }
}

/**
 * HT2, NW12: reads a JSON body of this form, of at most so many bytes, packed or not. Throws an ApiError.
 *
 * @param holding of large ones: where their bytes are counted (HT18); whoever hands it in lets it go
 */
export async function readBody<Body>(
  context: ApiContext,
  schema: v.GenericSchema<unknown, Body>,
  most: number,
  holding?: Holding
): Promise<Body> {
  checkWrite(context);
  const read = v.safeParse(schema, parse(await joined(unpackedParts(context, most), holding)));
  if (!read.success) throw new ApiError('malformed');
  return read.output;
}

/** HT2: reads a body of bytes, at most so many. Throws an ApiError. */
export async function readOctets(context: ApiContext, most: number): Promise<Uint8Array> {
  checkWrite(context, 'application/octet-stream');
  return joined(plainParts(context, most));
}

/** HT2: the parts of a body of this type as they come, at most so many bytes together. Throws an ApiError. */
export async function* bodyParts(
  context: ApiContext,
  type: WrittenType,
  most: number
): AsyncGenerator<Uint8Array, void, void> {
  checkWrite(context, type);
  yield* plainParts(context, most);
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ApiError('malformed');
  }
}

async function joined(parts: AsyncIterable<Buffer>, holding?: Holding): Promise<Uint8Array> {
  const all: Buffer[] = [];
  for await (const part of parts) {
    if (holding?.take(part.length) === false) throw new ApiError('too-many', 1);
    all.push(part);
  }
  return Buffer.concat(all);
}

async function* plainParts(context: ApiContext, most: number): AsyncGenerator<Buffer, void, void> {
  if (encodingOf(context) !== 'identity') throw new ApiError('malformed');
  yield* partsOf(context, most);
}

/** NW12: what counts is how much comes out of it, part by part: nobody has the relay unpack more than it takes. */
async function* unpackedParts(context: ApiContext, most: number): AsyncGenerator<Buffer, void, void> {
  const encoding = encodingOf(context);
  if (encoding === 'identity') return yield* partsOf(context, most);
  if (encoding !== 'gzip') throw new ApiError('malformed');
  const unpacking = createGunzip();
  const feeding = pipeline(Readable.from(partsOf(context, most)), unpacking);
  // It is told where the parts are read.
  feeding.catch(() => undefined);
  let length = 0;
  try {
    for await (const part of unpacking as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > most) throw new ApiError('too-large');
      yield part;
    }
  } catch (error) {
    if (error instanceof ApiError || error instanceof BodyCutOff) throw error;
    throw new ApiError('malformed');
  } finally {
    unpacking.destroy();
  }
}

/** RFC 9110, 8.4. */
function encodingOf(context: ApiContext): string {
  return (context.req.header('content-encoding') ?? 'identity').trim().toLowerCase();
}

/**
 * As Node reads them: the streams of the Web cost a third more. Whoever stops reading has the connection still, for the
 * answer.
 */
async function* partsOf(context: ApiContext, most: number): AsyncGenerator<Buffer, void, void> {
  const said = Number(context.req.header('content-length') ?? Infinity);
  const tooLarge = (): ApiError => {
    // What would go on for long is not read to its end: with the answer the connection ends. What would not is read, for
    // proxies take an end before they have sent everything for a relay that is broken.
    if (said > 2 * most) context.header('Connection', 'close');
    return new ApiError('too-large');
  };
  if (said > most && said < Infinity) throw tooLarge();
  const parts = context.env.incoming.iterator({ destroyOnReturn: false });
  let length = 0;
  try {
    for (;;) {
      const part = (await parts.next().catch((cause: unknown) => {
        throw new BodyCutOff(cause);
      })) as IteratorResult<Buffer>;
      if (part.done === true) return;
      length += part.value.length;
      if (length > most) throw tooLarge();
      yield part.value;
    }
  } finally {
    void parts.return?.();
  }
}
