import type { DeviceStatus } from '#lib/protocol/tablets.ts';
import type { Database } from '#lib/store/database.ts';
import { isUnparked } from '#lib/store/drafts.ts';
import { mediaWaiting } from '#lib/store/media-files.ts';
import { waitingCount } from '#lib/store/waiting.ts';

/**
 * SP6: what lies on this device and what it says of itself: counts, no names.
 *
 * @param free bytes, as far as they are known
 */
export async function deviceStatus(db: Database, app: string, free?: number): Promise<DeviceStatus> {
  return db.transaction('r', [db.outbox, db.tray, db.drafts, db.writings, db.mediaFiles], async () => ({
    waiting: await waitingCount(db),
    files: await mediaWaiting(db),
    drafts: await db.drafts.filter(isUnparked).count(),
    refused: await db.tray.count(),
    ...(free === undefined ? {} : { free: roughly(free) }),
    app: app.slice(0, 40)
  }));
}

/** Megabytes (10⁶ bytes) that are free, roughly: what is told changes only when it matters. */
function roughly(bytes: number): number {
  const megabytes = Math.max(0, bytes) / 1_000_000;
  const step = megabytes < 100 ? 1 : megabytes < 1_000 ? 50 : 500;
  return Math.min(Math.floor(megabytes / step) * step, 1_000_000);
}
