import * as v from 'valibot';
import { calendarDate } from '#lib/protocol/schemas.ts';
import { machineClock } from '#relay/clock.ts';
import { addressText, readConfig } from '#relay/config.ts';
import { Lock } from '#relay/truth/lock.ts';
import { Truth } from '#relay/truth/truth.ts';
import type { AdminRequest } from '#relay/http/admin.ts';
import { makeFoundingLink, makeRecoveryLink } from '#relay/links.ts';
import { PublicAddress } from '#relay/public-address.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import { findDoor, type Door } from './admin-door.ts';
import { postHere } from './post-here.ts';

const madeLink = v.object({
  path: v.string(),
  expires: calendarDate,
  /** OP12: with what the link begins; absent: with the relay's own address. */
  address: v.exactOptional(v.string())
});

type AnsweredLink = v.InferOutput<typeof madeLink>;

/** A link as it is printed. */
export interface PrintedLink {
  readonly link: string;
  /** The last day on which it works. */
  readonly expires: string;
}

/**
 * OP7: makes a link for the technician: through the relay that runs on the data folder, which has its database for
 * itself, or on the database where none runs.
 *
 * @returns undefined where there is nobody to make it for
 * @throws StartRefusal where neither can be reached
 */
export async function askRelay(request: AdminRequest): Promise<PrintedLink | undefined> {
  const { host, port, dataDir, publicUrl, tls } = readConfig();
  const door = findDoor(dataDir);
  const answer = door && (await askRunning(door, request));
  if (door && answer !== 'nobody-there') return answer && printed(door.address, answer);
  const made = await askDatabase(dataDir, publicUrl, request);
  return made && printed(addressText(host, port, tls !== undefined), made);
}

async function askRunning(
  door: Door,
  request: AdminRequest
): Promise<AnsweredLink | undefined | 'nobody-there'> {
  let answer: Awaited<ReturnType<typeof postHere>>;
  try {
    answer = await postHere(`${door.address}/api/admin/links`, door.token, request);
  } catch {
    // Left behind by a relay that was killed.
    return 'nobody-there';
  }
  // Another relay has its port now.
  if (answer.status === 404) return 'nobody-there';
  return answer.status === 200 ? v.parse(madeLink, JSON.parse(answer.text)) : undefined;
}

async function askDatabase(
  dataDir: string,
  publicUrl: URL | undefined,
  request: AdminRequest
): Promise<AnsweredLink | undefined> {
  const storage = sqliteStorage(openDatabase(dataDir));
  try {
    const around = { storage, truth: new Truth(storage), lock: new Lock(), clock: machineClock };
    const made =
      request.make === 'founding'
        ? await makeFoundingLink(around)
        : await makeRecoveryLink(around, request.username);
    const { address } = await PublicAddress.read(storage.meta, publicUrl);
    return made && { ...made, ...(address === undefined ? {} : { address }) };
  } finally {
    await storage.close();
  }
}

function printed(own: string, { path, expires, address = own }: AnsweredLink): PrintedLink {
  return { link: `${address}${path}`, expires };
}
