import * as v from 'valibot';

/** An answer of the relay's in JSON; undefined where it is none of this form. */
export function readAnswer<Answer>(
  bytes: Uint8Array,
  schema: v.GenericSchema<unknown, Answer>
): Answer | undefined {
  try {
    return v.parse(schema, JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}
