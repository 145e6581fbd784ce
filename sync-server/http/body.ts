import type { Context } from 'hono';
import * as v from 'valibot';
import type { Holding } from '#relay/held-bytes.ts';
import { ApiError } from './api-error.ts';
import { checkWrite, type WrittenType } from './origin.ts';

/** HT12: whoever sent the body has gone, or was too slow: nobody is there to be answered. */
export class BodyCutOff extends Error {
  constructor(cause: unknown) {
    super('a body was cut off', { cause });
    this.name = 'BodyCutOff';
  }
}

/**
 * HT2: reads a JSON body of this form, of at most so many bytes. Throws an ApiError.
 *
 * @param holding of large ones: where their bytes are counted (HT18); whoever hands it in lets it go
 */
export async function readBody<Body>(
  context: Context,
  schema: v.GenericSchema<unknown, Body>,
  most: number,
  holding?: Holding
): Promise<Body> {
  checkWrite(context);
  const read = v.safeParse(schema, parse(await readBytes(context, most, holding)));
  if (!read.success) throw new ApiError('malformed');
  return read.output;
}

/** HT2: reads a body of bytes, at most so many. Throws an ApiError. */
export async function readOctets(context: Context, most: number): Promise<Uint8Array> {
  checkWrite(context, 'application/octet-stream');
  return readBytes(context, most);
}

/** HT2: the parts of a body of this type as they come, at most so many bytes together. Throws an ApiError. */
export async function* bodyParts(
  context: Context,
  type: WrittenType,
  most: number
): AsyncGenerator<Uint8Array, void, void> {
  checkWrite(context, type);
  if (Number(context.req.header('content-length') ?? 0) > most) throw new ApiError('too-large');
  const reader = context.req.raw.body?.getReader();
  let length = 0;
  while (reader) {
    const part = await reader.read().catch((cause: unknown) => {
      throw new BodyCutOff(cause);
    });
    if (part.done) return;
    length += part.value.length;
    if (length > most) {
      void reader.cancel().catch(() => undefined);
      throw new ApiError('too-large');
    }
    yield part.value;
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ApiError('malformed');
  }
}

async function readBytes(context: Context, most: number, holding?: Holding): Promise<Uint8Array> {
  if (Number(context.req.header('content-length') ?? 0) > most) throw new ApiError('too-large');
  const stream = context.req.raw.body;
  if (!stream) throw new ApiError('malformed');
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const part = await reader.read().catch((cause: unknown) => {
      throw new BodyCutOff(cause);
    });
    if (part.done) return Buffer.concat(parts);
    length += part.value.length;
    const refused = length > most ? 'too-large' : holding?.take(part.value.length) === false && 'too-many';
    if (refused) {
      void reader.cancel().catch(() => undefined);
      throw new ApiError(refused, refused === 'too-many' ? 1 : undefined);
    }
    parts.push(part.value);
  }
}
