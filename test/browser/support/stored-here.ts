import { fromBase64Url } from '#lib/crypto/encoding.ts';
import type { Database } from '#lib/store/database.ts';

/** All that the browser keeps of a seat, as text. */
export async function storedHere(db: Database): Promise<string> {
  const kept = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
  for (const table of db.tables) kept.push(JSON.stringify(await table.toArray(), asText));
  return kept.join('\n');
}

/** Bytes as Latin-1; payloads, which are base64url of JSON, as what they say. */
function asText(key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return new TextDecoder('latin1').decode(value);
  if (key !== 'payload' || typeof value !== 'string') return value;
  return new TextDecoder().decode(fromBase64Url(value));
}
