import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import { makeTabletCode, readTabletCode } from '#lib/crypto/tablet-code.ts';
import type { Change } from '#lib/domain/change.ts';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { AccountId, ChangeId, DeviceId, OfferId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import type { TabletGroups } from '#lib/domain/records.ts';
import { signCommand } from '#lib/protocol/change.ts';
import type { TabletInfo } from '#lib/protocol/tablets.ts';
import { judge } from '../work/may.ts';
import { asked, done, failed, problemOf, refused, type Problem, type Result } from '../device/result.ts';
import { tabletRows, type TabletRow } from './tablet-rows.ts';
import type { Bench } from '../work/bench.ts';

/** Milliseconds for which an offer lives (TB3), and between two looks at who has asked. */
const offerLife = 600_000;
const pause = 2_000;

/** For which tablets, and whom they let in. */
export interface TabletScope {
  readonly groups: TabletGroups;
  readonly teachers: readonly AccountId[];
}

/** An offer to enrol tablets, to be shown for ten minutes; kept nowhere. */
export interface Offered extends TabletScope {
  readonly offer: OfferId;
  /** Behind the `#` of `/tablet`, in the QR code. */
  readonly secret: string;
  /** To be typed: `XXXX-XXXX`. */
  readonly code: string;
  /** Milliseconds since 1970, by this device's clock. */
  readonly expires: number;
  readonly count: number;
}

/** TB1–TB7, TB10: the classroom tablets of a TwinSpace, as those see them who may revoke them. */
export class Tablets {
  readonly #work: Bench;
  readonly #space: SpaceId;
  #told: readonly TabletInfo[] = $state.raw([]);
  state:
    | { readonly is: 'loading' }
    | { readonly is: 'failed'; readonly problem: Problem }
    | { readonly is: 'there' } = $state.raw({ is: 'loading' });

  constructor(work: Bench, space: SpaceId) {
    this.#work = work;
    this.#space = space;
  }

  /** What the relay last told, with what was decided here since. */
  readonly rows: readonly TabletRow[] = $derived.by(() =>
    tabletRows(this.#told, this.#work.stateOf(this.#space), this.#work.view.waiting)
  );

  /** TB1: signed and sent at once: whoever offers stands beside the tablets, with a network. */
  async offer({ count, groups, teachers }: TabletScope & { count: number }): Promise<Result<Offered>> {
    const secret = randomText(32);
    const code = makeTabletCode();
    const offer = crypto.randomUUID() as OfferId;
    const secretHash = (await sha256(secret)) as SecretHash;
    const codeHash = (await sha256(readTabletCode(code) ?? code)) as SecretHash;
    const args = { offer, secretHash, codeHash, count, groups, teachers };
    const allowed = judge(this.#work, this.#space, 'tablet.offer', args);
    if (allowed !== true) return refused(allowed);
    return asked(async () => {
      const { verdicts } = await this.#work.app.relay.changes([await this.#signed(args)]);
      const [verdict] = verdicts;
      if (verdict?.is === 'refused')
        return refused({ refused: verdict.code, ...(verdict.detail ? { detail: verdict.detail } : {}) });
      if (verdict?.is !== 'accepted') return failed('relay-failed');
      return done({ offer, secret, code, expires: Date.now() + offerLife, count, groups, teachers });
    });
  }

  /** Asks the relay anew. What was read before stays in view until the answer is there. */
  async read(): Promise<void> {
    try {
      this.#told = await this.#work.app.relay.tablets(this.#space);
      this.state = { is: 'there' };
    } catch (error) {
      const answer = problemOf(error);
      if (!answer.ok) this.state = { is: 'failed', problem: answer.problem };
    }
  }

  /** Reads again and again, until the answer is called. */
  watch(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const look = async (): Promise<void> => {
      await this.read();
      if (!over) timer = setTimeout(() => void look(), pause);
    };
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }

  /** TB4: yes to one tablet that has asked, or to all of them. */
  admit(
    tablets: readonly { readonly id: DeviceId; readonly name: string }[],
    { groups, teachers }: TabletScope
  ): Promise<readonly Result<ChangeId>[]> {
    return this.#work.submitMany(
      this.#space,
      tablets.map(({ id: tablet, name }) => ({
        name: 'tablet.admit' as const,
        args: { tablet, name, groups, teachers }
      }))
    );
  }

  /** TB6. */
  rename(tablet: DeviceId, name: string): Promise<Result<void>> {
    return this.#set({ tablet, name });
  }

  /** TB6: what is left out stays as it is. */
  setScope(tablet: DeviceId, scope: Partial<TabletScope>): Promise<Result<void>> {
    return this.#set({ tablet, ...scope });
  }

  /** TB7. */
  async revoke(device: DeviceId): Promise<Result<void>> {
    const submitted = await this.#work.submit(this.#space, 'device.revoke', { device });
    return submitted.ok ? done(undefined) : submitted;
  }

  /** TB10: whose sealed keys were ever on it; asked of the relay. */
  accountsOn(tablet: DeviceId): Promise<Result<readonly AccountId[]>> {
    return asked(async () => done(await this.#work.app.relay.tabletAccounts(this.#space, tablet)));
  }

  async #set(args: CommandArgs['tablet.set']): Promise<Result<void>> {
    const submitted = await this.#work.submit(this.#space, 'tablet.set', args);
    return submitted.ok ? done(undefined) : submitted;
  }

  #signed(args: CommandArgs['tablet.offer']) {
    const { session, device, today } = this.#work;
    const change: Change<'tablet.offer'> = {
      id: crypto.randomUUID() as ChangeId,
      space: this.#space,
      device: device.id,
      session: session.id,
      actor: session.account,
      key: session.key,
      name: 'tablet.offer',
      args,
      after: [],
      at: today
    };
    return signCommand<'tablet.offer'>(change, session.signing);
  }
}
