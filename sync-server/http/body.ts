import type { Context } from 'hono';
import * as v from 'valibot';
import { ApiError } from './api-error.ts';
import { checkWrite } from './origin.ts';

/** HT2: reads a JSON body of this form, of at most so many bytes. Throws an ApiError. */
export async function readBody<Body>(
  context: Context,
  schema: v.GenericSchema<unknown, Body>,
  most: number
): Promise<Body> {
  checkWrite(context);
  const read = v.safeParse(schema, parse(await readBytes(context, most)));
  if (!read.success) throw new ApiError('malformed');
  return read.output;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ApiError('malformed');
  }
}

async function readBytes(context: Context, most: number): Promise<Uint8Array> {
  if (Number(context.req.header('content-length') ?? 0) > most) throw new ApiError('too-large');
  const stream = context.req.raw.body;
  if (!stream) throw new ApiError('malformed');
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    length += part.length;
    if (length > most) throw new ApiError('too-large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
