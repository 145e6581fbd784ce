import { sha256 } from '#lib/crypto/encoding.ts';
import { broughtKey } from '#lib/domain/brought.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { decide } from '#lib/domain/decide.ts';
import type { Device } from '#lib/domain/device.ts';
import type { ChangeId, DeviceId } from '#lib/domain/ids.ts';
import { isServed } from '#lib/domain/may-read.ts';
import { devicesNamed } from '#lib/domain/named.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusals.ts';
import { emptySpace } from '#lib/domain/state.ts';
import { readHeader, readPayload, toDomain, type Header } from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { RetryCode, Verdict } from '#lib/protocol/verdict.ts';
import type { Clock } from '#relay/clock.ts';
import { forLog } from '#relay/log.ts';
import type { Storage } from '#relay/storage/storage.ts';
import { activityOf } from './activity.ts';
import { isGuestCommand } from './guest.ts';
import { idIn } from './id-in.ts';
import type { Lock } from '../truth/lock.ts';
import { credentialProblem, keyProblem } from './new-key.ts';
import { offerIn, offerProblem } from './offers.ts';
import { Quotas } from './quotas.ts';
import { mayCarryFor } from './may-carry-for.ts';
import { statesElsewhere } from './states-elsewhere.ts';
import { signatureProblem } from './signature.ts';
import { takenOver } from './taken-over.ts';
import { carrierOf, type Arrival } from './arrival.ts';
import { writeAccepted, type Accepted, type Writer } from './write-accepted.ts';

/** An answer on the way to a verdict: no, or not yet. */
type No = Refusal | { readonly retry: RetryCode };

/**
 * The gate: what a change passes on its way into the relay, in the one order of the architecture (GA1). A refusal after
 * the signature has held is kept and repeated; one before it is not, else anybody could spoil a stranger's id (GA3).
 */
export class Gate {
  readonly #writer: Writer;
  readonly #lock: Lock;
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #quotas: Quotas;

  constructor(writer: Writer, lock: Lock, clock: Clock) {
    this.#writer = writer;
    this.#lock = lock;
    this.#storage = writer.storage;
    this.#clock = clock;
    this.#quotas = new Quotas(writer.storage.changes, () => writer.truth.directory());
  }

  /** Judges one change for good, or says that it should come again. Never throws. */
  async judge(signed: SignedChange, way: Arrival): Promise<Verdict> {
    const header = readHeader(signed.header);
    if ('newer' in header) return { id: idIn(signed.header), is: 'retry', code: 'relay-behind' };
    if (isRefusal(header)) return verdictOf(idIn(signed.header), header);
    try {
      return await this.#judge(signed, header, way);
    } catch (error) {
      this.#writer.log.error({ event: 'change-failed', command: header.name, ...forLog(error) });
      return { id: header.id, is: 'retry', code: 'busy' };
    }
  }

  async #judge(signed: SignedChange, header: Header, way: Arrival): Promise<Verdict> {
    const fingerprint = await sha256(signed.header);
    const known = await this.#known(header, fingerprint, way);
    if (known) return known;
    // ER6: late work of somebody who was erased; its key is known to nobody any more.
    if ((await this.#writer.truth.directory()).erased(header.actor))
      return verdictOf(header.id, refuse('erased'));
    if (isGuestCommand(header.name) !== (way.is === 'link'))
      return verdictOf(header.id, refuse('secret-wrong'));
    const full = way.is === 'device' && (await this.#quotas.isFull(header.actor, this.#clock.today()));
    if (full) return verdictOf(header.id, { retry: 'too-much-today' });
    const waits = await this.#carrierProblem(header, way);
    if (waits) return verdictOf(header.id, waits);
    const proof = await this.#proof(signed, header);
    if ('no' in proof) return verdictOf(header.id, proof.no);
    return this.#lock.run(async () => {
      // The same change may have come twice at once.
      const settled = await this.#known(header, fingerprint, way);
      if (settled) return settled;
      const accepted = { signed, fingerprint, way };
      const answer = isRefusal(proof.args) ? proof.args : await this.#decide(header, proof.args, accepted);
      if ('is' in answer) return answer;
      const verdict = verdictOf(header.id, answer);
      // A guest's refusal is not kept: whoever has no account here shall not fill the log.
      if (verdict.is === 'refused' && way.is === 'device') {
        const args = isRefusal(proof.args) ? undefined : proof.args;
        const today = this.#clock.today();
        const activity = activityOf(header, args, today, verdict.code);
        // GA18: what is one too many is answered, and not kept.
        if (await this.#quotas.takeRefusal(header.actor, today))
          await this.#storage.changes.refuse(header, { fingerprint, verdict }, today, activity);
      }
      return verdict;
    });
  }

  /** GA2, GA17: the verdict that this very change has already. */
  async #known(header: Header, fingerprint: string, way: Arrival): Promise<Verdict | undefined> {
    const settled = await this.#storage.changes.settled(header, fingerprint);
    if (!settled) return undefined;
    // Through a link only what came with that very link is known: with it a lost cookie is given again (LI5).
    const came = way.is === 'device' || settled.secretHash === way.secretHash;
    const same = came && settled.fingerprint === fingerprint;
    return same ? settled.verdict : verdictOf(header.id, refuse('id-reused'));
  }

  /**
   * Device, signature, payload, new key and its credential, in this order (GA5–GA8). What is found wrong once the
   * signature has held comes back as `args`, to be kept.
   */
  async #proof(
    signed: SignedChange,
    header: Header
  ): Promise<{ readonly no: No } | { readonly args: CommandArgs[CommandName] | Refusal }> {
    const guest = isGuestCommand(header.name);
    if (!guest) {
      const problem = await this.#deviceProblem(header);
      if (problem) return { no: problem };
    }
    const directory = await this.#writer.truth.directory();
    // A guest brings the key that signs, so there the payload is read first; nothing of it is believed before.
    const early = guest ? await readPayload(header, signed.payload) : undefined;
    if (early && isRefusal(early)) return { no: early };
    const problem = await signatureProblem(
      signed,
      header,
      directory,
      early && broughtKey({ name: header.name, args: early })
    );
    if (problem) {
      // The key may come with what must come first (a pupil's first change after the pupil).
      const waiting = problem.refused === 'key-unknown' ? await this.#prerequisiteProblem(header) : undefined;
      return { no: waiting ?? problem };
    }
    const args = early ?? (await readPayload(header, signed.payload));
    if (isRefusal(args)) return { args };
    const brought = broughtKey({ name: header.name, args });
    if (!brought) return { args };
    const wrong = (await keyProblem(brought)) ?? (await credentialProblem(brought, signed.credential));
    return { args: wrong ?? args };
  }

  /**
   * TB4, TB5: a tablet that waits for its yes carries nothing, and one that was let in nothing of another TwinSpace. Not
   * kept: another device may carry it.
   */
  async #carrierProblem({ space }: Header, way: Arrival): Promise<Refusal | undefined> {
    const carrier = carrierOf(way);
    if (carrier?.space === undefined) return undefined;
    const state = (await this.#writer.truth.space(carrier.space))?.state;
    const carries = carrier.space === space && state !== undefined && isServed(state, carrier);
    return carries ? undefined : refuse('device-not-enrolled');
  }

  async #deviceProblem(header: Header): Promise<Refusal | undefined> {
    const [device] = await this.#storage.devices.some([header.device]);
    if (!device) return refuse('device-not-enrolled');
    if (device.revoked) return refuse('device-revoked');
    const space = await this.#writer.truth.space(header.space);
    if (!space) return refuse('space-unknown');
    return mayCarryFor(device, space.state, this.#clock.today()) ? undefined : refuse('device-not-enrolled');
  }

  /** GA9, GA17: what must come first has been accepted; whose it is, a newer tablet says. */
  async #prerequisiteProblem({ space, after, afterBy }: Header): Promise<No | undefined> {
    for (const [index, id] of after.entries()) {
      const actor = afterBy?.[index];
      const own = actor && (await this.#storage.changes.settled({ id, space, actor }));
      const verdicts = actor ? (own ? [own.verdict] : []) : await this.#storage.changes.verdicts(space, id);
      if (verdicts.some(({ is }) => is === 'accepted')) continue;
      return verdicts.length === 0 ? { retry: 'prerequisite-unknown' } : refuse('depends-on-refused');
    }
    return undefined;
  }

  async #decide(
    header: Header,
    args: CommandArgs[CommandName],
    { signed, fingerprint, way }: Pick<Accepted, 'signed' | 'fingerprint' | 'way'>
  ): Promise<No | Verdict> {
    const waiting = await this.#prerequisiteProblem(header);
    if (waiting) return waiting;
    const truth = this.#writer.truth;
    const received = this.#clock.today();
    const read = { header, args };
    const space = await truth.space(header.space);
    const state = space?.state ?? emptySpace(header.space);
    const change = toDomain(read, way.is === 'link' ? way.secretHash : undefined);
    const directory = await truth.directory();
    const others = await statesElsewhere(truth, directory, change);
    const { devices, device } = await this.#devicesFor(header, args, way);
    const decision = decide(state, change, {
      devices,
      now: received,
      directory,
      device,
      elsewhere: (id) => others.get(id)
    });
    if (isRefusal(decision)) return decision;
    // Asked last: what is taken is told to nobody who may not.
    const instant = this.#clock.instant();
    const offer = offerIn(change, instant);
    const { tablets, changes } = this.#storage;
    const taken =
      (offer && (await offerProblem(tablets, offer, instant))) ?? (await takenOver(changes, header));
    if (taken) return taken;
    const accepted = { signed, read, fingerprint, way, received, devices, ...(offer ? { offer } : {}) };
    const verdict = await writeAccepted(this.#writer, accepted, decision);
    this.#quotas.kept(header.actor, received, signed);
    return verdict;
  }

  /** The device that signed, then the one that carries, and that which the change is about, as they stand under the lock. */
  async #devicesFor(
    header: Header,
    args: CommandArgs[CommandName],
    way: Arrival
  ): Promise<{ readonly devices: readonly Device[]; readonly device: (id: DeviceId) => Device | undefined }> {
    const carrier = carrierOf(way);
    const ids = [header.device, ...(carrier ? [carrier.id] : [])];
    const about = devicesNamed({ name: header.name, args });
    const found = await this.#storage.devices.some([...new Set([...ids, ...about])]);
    const device = (id: DeviceId): Device | undefined => found.find((one) => one.id === id);
    return { devices: ids.flatMap((id) => device(id) ?? []), device };
  }
}

function verdictOf(id: ChangeId, no: No): Verdict {
  if ('retry' in no) return { id, is: 'retry', code: no.retry };
  return { id, is: 'refused', code: no.refused, ...(no.detail ? { detail: no.detail } : {}) };
}
