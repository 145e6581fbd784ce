import { sha256 } from '#lib/crypto/encoding.ts';
import { readTabletCode } from '#lib/crypto/tablet-code.ts';
import type { SecretHash } from '#lib/domain/ids.ts';
import type { OfferAnswer, OfferKey } from '#lib/protocol/tablets.ts';
import { isUnparked } from '#lib/store/drafts.ts';
import { mediaToSend } from '#lib/store/media-files.ts';
import { changesWaiting, waitingCount } from '#lib/store/waiting.ts';
import { wipeAll } from '#lib/store/wipe.ts';
import { unsignedWriters } from '#lib/store/writings.ts';
import type { Tab } from '../device/tab.ts';
import { enrolling } from './enrolling.ts';
import { asked, done, failed, type Result } from '../device/result.ts';

/** The secret of a QR code: 32 bytes in base64url. */
const secretForm = /^[A-Za-z0-9_-]{43}$/;

/**
 * TB3: what was scanned or typed, as the relay is asked with it: the whole address of the QR code, its secret alone, or
 * the short code in any spelling; undefined where it is none of them.
 */
export async function readOffer(text: string): Promise<OfferKey | undefined> {
  const typed = text.trim();
  const secret = typed.slice(typed.lastIndexOf('#') + 1);
  if (secretForm.test(secret)) return { secret };
  const code = readTabletCode(typed);
  return code === undefined ? undefined : { codeHash: (await sha256(code)) as SecretHash };
}

/** What lies in this browser before it becomes a classroom tablet (TB11). */
export type Profile =
  | { readonly is: 'fresh' }
  | {
      readonly is: 'used';
      /** Changes that the relay has not accepted, and what was typed and not signed. */
      readonly waiting: number;
      readonly refused: number;
      /** Drafts that are only here; they are lost. */
      readonly drafts: number;
      /** Accounts that can sign in here. */
      readonly people: number;
      /** What waits cannot be sent by this browser as it is (revoked, or unknown to the relay): it stays and goes later. */
      readonly stranded: boolean;
    };

/** The tablet's side of its enrolment: look, send what waits, empty, ask, and wait for a yes. */
export class EnrolTablet {
  readonly #app: Tab;

  constructor(app: Tab) {
    this.#app = app;
  }

  /** TB3: what the offer is for; nothing of it is used up. */
  look(offer: OfferKey): Promise<Result<OfferAnswer>> {
    return asked(async () => done(await this.#app.relay.lookAtOffer(offer)));
  }

  async profile(): Promise<Profile> {
    const { db, device } = this.#app;
    const waiting = (await waitingCount(db)) + (await mediaToSend(db));
    const refused = await db.tray.count();
    const drafts = await db.drafts.filter(isUnparked).count();
    const people = this.#app.known.length;
    const held = (await db.documents.count()) + (await db.updates.count()) + (await db.settled.count());
    const anything = waiting + refused + drafts + people + held > 0;
    return device.is === 'new' && !anything
      ? { is: 'fresh' }
      : { is: 'used', waiting, refused, drafts, people, stranded: this.#stranded };
  }

  /**
   * TB11: ends the session, sends what waits, and empties this browser. Does not go on while the relay has not taken
   * something that this browser can still send, or while something was typed that somebody can still sign here (WR1). What
   * was refused stays, for an adult to look after; who goes on says
   * that they know (`keepTray`).
   */
  async prepare({ keepTray = false }: { readonly keepTray?: boolean } = {}): Promise<Result<void>> {
    const app = this.#app;
    await app.signOut();
    if (!this.#stranded && (await this.#unaccepted()) > 0) {
      await app.contact.sendNow();
      // The relay may have said now that it does not know this browser any more.
      if (!this.#stranded && (await this.#unaccepted()) > 0) return failed('waiting-unsent');
    }
    if (!this.#stranded && (await this.#canSign())) return failed('unsigned-here');
    if (!keepTray && (await app.db.tray.count()) > 0) return failed('tray-not-empty');
    return asked(async () => done(await this.#empty()));
  }

  /** TB3, TB4: asks to be a classroom tablet under this name; the yes comes with a later report. */
  ask(offer: OfferKey, name: string): Promise<Result<void>> {
    const app = this.#app;
    return asked(async () => {
      const report = await enrolling(app, () => app.relay.askToBeTablet(offer, app.deviceRow.id, name));
      await app.contact.apply(report);
      await app.reread();
      return done(undefined);
    });
  }

  /** While it waits for a yes: nobody needs to say it any more. */
  async giveUp(): Promise<void> {
    if (this.#app.tablet?.stage === 'waiting') await this.#empty();
  }

  get #stranded(): boolean {
    return this.#app.device.is === 'revoked' || this.#app.contact.unknown;
  }

  async #empty(): Promise<void> {
    await wipeAll(this.#app.db);
    this.#app.contact.forget();
    await this.#app.reread();
  }

  /** Whether somebody who can sign in here has typed something and not signed it. */
  async #canSign(): Promise<boolean> {
    const writers = await unsignedWriters(this.#app.db);
    return this.#app.known.some(({ account }) => writers.has(account));
  }

  /** Changes and files that the relay has not taken. */
  async #unaccepted(): Promise<number> {
    const { db } = this.#app;
    return (await changesWaiting(db)) + (await mediaToSend(db));
  }
}
