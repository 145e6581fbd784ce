import * as v from 'valibot';
import { limits } from './limits.ts';

/** A change as it travels and waits. The signature is over the exact UTF-8 bytes of `header`. */
export const signedChangeSchema = v.strictObject({
  /** JSON text. */
  header: v.pipe(v.string(), v.maxLength(limits.header)),
  /** base64url of the payload's bytes; for a command the UTF-8 of its arguments' JSON text. */
  payload: v.pipe(v.string(), v.maxLength(Math.ceil((limits.editPayload * 4) / 3))),
  /** base64url of the 64 bytes of IEEE P1363. */
  signature: v.pipe(v.string(), v.maxLength(100)),
  /** The exact JSON text of the sealed key that a new key brings; bound by its digest, kept out of the log. */
  credential: v.optional(v.pipe(v.string(), v.maxLength(limits.credential)))
});
export type SignedChange = v.InferOutput<typeof signedChangeSchema>;
