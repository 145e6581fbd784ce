import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isCalendarDate, type CalendarDate } from '#lib/domain/dates.ts';
import { isUuid, type AccountId } from '#lib/domain/ids.ts';

/** An account that was erased, and when. */
export interface Tombstone {
  readonly account: AccountId;
  readonly on: CalendarDate;
}

/**
 * ER8: the erased accounts in a file of their own beside the database, one `YYYY-MM-DD <account>` a line, only ever
 * added to. Whoever puts an older copy of the database back leaves this file as it is; what it names is erased again.
 */
export class Tombstones {
  readonly #path: string;

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'erased.txt');
  }

  /** All of them; lines of another form are passed over. */
  async all(): Promise<readonly Tombstone[]> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return text.split('\n').flatMap((line): Tombstone[] => {
      const [on = '', account = ''] = line.trim().split(' ');
      return isCalendarDate(on) && isUuid(account) ? [{ on, account: account as AccountId }] : [];
    });
  }

  /** Adds one, if it is not there. It begins a line of its own: the one before may have been cut off in the middle. */
  async add({ on, account }: Tombstone): Promise<void> {
    if ((await this.all()).some((known) => known.account === account)) return;
    await appendFile(this.#path, `\n${on} ${account}\n`, { mode: 0o600, flush: true });
  }
}
