import { decide, decideEdit, type Decision } from '#lib/domain/decide.ts';
import type { Device } from '#lib/domain/device.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import { isServed } from '#lib/domain/may-read.ts';
import { devicesNamed } from '#lib/domain/named.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusals.ts';
import type { MediaCeilings } from '#lib/domain/settings.ts';
import { emptySpace, type SpaceState } from '#lib/domain/state.ts';
import { toDomain, toEdit, type Header, type ReadChange } from '#lib/protocol/change.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import type { Clock } from '#relay/clock.ts';
import type { Within } from '#relay/storage/storage.ts';
import type { Ahead } from '../truth/ahead.ts';
import { acceptedEdit, acceptedRows, type Accepted } from './accepted-rows.ts';
import { activityOf } from './activity.ts';
import { carrierOf, type Arrival } from './arrival.ts';
import type { Candidate, CommandCandidate, EditCandidate } from './candidate.ts';
import { consequencesOf } from './consequences.ts';
import { keepForVisitors, seenByVisitors, type ForVisitors } from './for-visitors.ts';
import { isGuestCommand } from './guest.ts';
import { letInEnds } from './let-in-ends.ts';
import { mayCarryFor } from './may-carry-for.ts';
import { offerIn, offerProblem } from './offers.ts';
import { forgetHistories, keepVersion } from './page-versions.ts';
import { Quotas, type Days } from './quotas.ts';
import { signatureProblem } from './signature.ts';
import { statesElsewhere } from './states-elsewhere.ts';
import { takenOver } from './taken-over.ts';
import type { Tell } from './tell.ts';
import { verdictOf, type No } from './verdict-of.ts';

/** A command that nothing but the rules can say no to any more. */
interface Proven extends ReadChange {
  readonly candidate: CommandCandidate;
  /** The device that signed, the one that carries and those that it is about, as far as they exist. */
  readonly found: readonly Device[];
}

/** The same of what somebody wrote in a page. */
interface ProvenEdit {
  readonly candidate: EditCandidate;
  readonly update: Uint8Array;
  readonly found: readonly Device[];
}

/**
 * Asks changes, one after the other, the questions of the gate in the one order of the architecture (GA1), each on what
 * those before have come to, and writes the answers into the transaction. A refusal after the signature has held is
 * kept and repeated; one before it is not, else anybody could spoil a stranger's id (GA3).
 */
export class Judge {
  readonly #within: Within;
  readonly #ahead: Ahead;
  readonly #clock: Clock;
  readonly #quotas: Quotas;
  readonly #ceilings: MediaCeilings;
  /** Of every change that was accepted. */
  readonly tells: Tell[] = [];

  /** @param days what has been counted of accounts; counted on as long as the transaction holds */
  constructor(within: Within, ahead: Ahead, clock: Clock, days: Days, ceilings: MediaCeilings) {
    this.#within = within;
    this.#ahead = ahead;
    this.#clock = clock;
    this.#ceilings = ceilings;
    this.#quotas = new Quotas(within.changes, ahead.directory, days);
  }

  /** Judges one change for good, or says that it should come again. */
  async judge(candidate: Candidate): Promise<Verdict> {
    const { header, way } = candidate;
    const settled = await this.#settled(candidate);
    if (settled) return settled;
    const proven = await this.#proven(candidate);
    if ('no' in proven) return verdictOf(header.id, proven.no);
    const answer = isRefusal(proven) ? proven : await this.#decided(proven);
    if ('is' in answer) return answer;
    const verdict = verdictOf(header.id, answer);
    // A guest's refusal is not kept: whoever has no account here shall not fill the log.
    if (verdict.is === 'refused' && way.is === 'device') {
      const args = 'args' in proven ? proven.args : undefined;
      await this.#keep(candidate, verdict, args);
    }
    return verdict;
  }

  /** GA2, GA17: the verdict that this very change has already. */
  async #settled({ header, way, fingerprint }: Candidate): Promise<Verdict | undefined> {
    const settled = await this.#within.changes.settled(header, fingerprint);
    if (!settled) return undefined;
    // Through a link only what came with that very link is known: with it a lost cookie is given again (LI5).
    const came = way.is === 'device' || settled.secretHash === way.secretHash;
    const same = came && settled.fingerprint === fingerprint;
    return same ? settled.verdict : verdictOf(header.id, refuse('id-reused'));
  }

  /**
   * Everything but the rules: who sends and carries, how much, device, signature, payload, new key and its credential,
   * in this order (GA4–GA8, GA18). What is found wrong once the signature has held is a refusal, to be kept.
   */
  async #proven(candidate: Candidate): Promise<{ readonly no: No } | Refusal | Proven | ProvenEdit> {
    const { header, way } = candidate;
    const guest = header.kind === 'command' && isGuestCommand(header.name);
    // ER6: late work of somebody who was erased; its key is known to nobody any more.
    if (this.#ahead.directory.erased(header.actor)) return { no: refuse('erased') };
    if (guest !== (way.is === 'link')) return { no: refuse('secret-wrong') };
    const full = way.is === 'device' && (await this.#quotas.isFull(header.actor, this.#clock.today()));
    if (full) return { no: { retry: 'too-much-today' } };
    const found = await this.#devices(candidate);
    const stopped =
      (await this.#carrierProblem(header, way)) ?? (!guest && (await this.#deviceProblem(header, found)));
    if (stopped) return { no: stopped };
    const args = 'update' in candidate ? candidate.update : candidate.args;
    // A guest brings the key that signs; where that cannot be read, nothing of it is believed.
    if (guest && isRefusal(args)) return { no: args };
    const brought = guest && 'args' in candidate ? candidate.brought : undefined;
    const unsigned = await signatureProblem(candidate, this.#ahead.directory, brought);
    if (unsigned) {
      // The key may come with what must come first (a pupil's first change after the pupil).
      const waiting =
        unsigned.refused === 'key-unknown' ? await this.#prerequisiteProblem(header) : undefined;
      return { no: waiting ?? unsigned };
    }
    if ('update' in candidate) {
      const { update } = candidate;
      return isRefusal(update) ? update : { candidate, update, found };
    }
    if (isRefusal(candidate.args)) return candidate.args;
    return candidate.broughtProblem ?? { candidate, header: candidate.header, args: candidate.args, found };
  }

  /**
   * TB4, TB5: a tablet that waits for its yes carries nothing, and one that was let in nothing of another TwinSpace. Not
   * kept: another device may carry it.
   */
  async #carrierProblem({ space }: Header, way: Arrival): Promise<Refusal | undefined> {
    const carrier = carrierOf(way);
    if (carrier?.space === undefined) return undefined;
    const state = await this.#state(carrier.space);
    const carries = carrier.space === space && state !== undefined && isServed(state, carrier);
    return carries ? undefined : refuse('device-not-enrolled');
  }

  async #deviceProblem(header: Header, found: readonly Device[]): Promise<Refusal | undefined> {
    const device = found.find(({ id }) => id === header.device);
    if (!device) return refuse('device-not-enrolled');
    if (device.revoked) return refuse('device-revoked');
    const state = await this.#state(header.space);
    if (!state) return refuse('space-unknown');
    return mayCarryFor(device, state, this.#clock.today()) ? undefined : refuse('device-not-enrolled');
  }

  /**
   * GA9, GA17: what must come first has been accepted; whose it is, a newer tablet says. FA10: what a command needs and
   * somebody else has made is there; an edit was made on the text that falls with it.
   */
  async #prerequisiteProblem({ kind, space, after, afterBy }: Header): Promise<No | undefined> {
    const { changes } = this.#within;
    for (const [index, id] of after.entries()) {
      const actor = afterBy?.[index];
      const own = actor && (await changes.settled({ id, space, actor }));
      const verdicts = actor ? (own ? [own.verdict] : []) : await changes.verdicts(space, id);
      const here = (one: Verdict): boolean => one.is === 'refused' && one.code === 'here-already';
      if (verdicts.some((one) => one.is === 'accepted' || (kind === 'command' && here(one)))) continue;
      return verdicts.length === 0 ? { retry: 'prerequisite-unknown' } : refuse('depends-on-refused');
    }
    return undefined;
  }

  async #decided(proven: Proven | ProvenEdit): Promise<No | Verdict> {
    const waiting = await this.#prerequisiteProblem(proven.candidate.header);
    if (waiting) return waiting;
    return 'update' in proven ? this.#decidedEdit(proven) : this.#decidedCommand(proven);
  }

  async #decidedCommand({ candidate, header, args, found }: Proven): Promise<No | Verdict> {
    const { way } = candidate;
    const { directory } = this.#ahead;
    const { tablets, changes } = this.#within;
    const received = this.#clock.today();
    const change = toDomain({ header, args }, way.is === 'link' ? way.secretHash : undefined);
    const state = (await this.#state(header.space)) ?? emptySpace(header.space);
    const others = await statesElsewhere((id) => this.#state(id), directory, change);
    const devices = standing(candidate, found);
    const decision = decide(state, change, {
      devices,
      directory,
      now: received,
      device: (id) => found.find((one) => one.id === id),
      elsewhere: (id) => others.get(id),
      ceilings: this.#ceilings
    });
    if (isRefusal(decision)) return decision;
    // Asked last: what is taken is told to nobody who may not.
    const instant = this.#clock.instant();
    const offer = offerIn(change, instant);
    const taken =
      (offer && (await offerProblem(tablets, offer, instant))) ?? (await takenOver(changes, header));
    if (taken) return taken;
    const seen = await seenByVisitors(this.#within, this.#ahead, decision.projected, state);
    if (isRefusal(seen)) return seen;
    const accepted = { candidate, read: { header, args }, received, devices, ...(offer ? { offer } : {}) };
    return this.#accept(accepted, decision, seen);
  }

  /** PA8, PG3: by the rules, then by what stands in the page. */
  async #decidedEdit({ candidate, update, found }: ProvenEdit): Promise<No | Verdict> {
    const { header } = candidate;
    const { id, space, doc: page, client, actor, device } = header;
    const received = this.#clock.today();
    const state = (await this.#state(space)) ?? emptySpace(space);
    const surroundings = {
      devices: standing(candidate, found),
      directory: this.#ahead.directory,
      now: received
    };
    const no =
      decideEdit(state, toEdit(header), surroundings) ?? (await takenOver(this.#within.changes, header));
    if (no) return no;
    const text = await this.#ahead.text(space, page, this.#within);
    const writer = { client, actor, device };
    const fault = text.problem(update, writer);
    if (fault) return refuse(fault);
    const verdict = { id, is: 'accepted', version: this.#ahead.version(space), notes: [] } as const;
    await this.#within.changes.accept(acceptedEdit(candidate, received, verdict));
    if (!text.knows(writer)) await this.#within.pages.write(space, page, writer);
    await keepVersion(this.#within, { space, page }, text, actor, received);
    this.#ahead.edit(space, page, update, writer, received);
    this.#quotas.kept(actor, received, candidate.signed);
    return verdict;
  }

  /** GA10: into the transaction, and ahead of what is stored: the next one is judged on it. */
  async #accept(accepted: Accepted, decision: Decision, seen: readonly ForVisitors[]): Promise<Verdict> {
    const { header } = accepted.read;
    const { directory } = this.#ahead;
    const { puts, projected, notes } = decision;
    const touched = new Set<SpaceId>([header.space, ...projected.map((put) => put.space)]);
    const states: SpaceState[] = [];
    for (const id of touched) states.push((await this.#state(id)) ?? emptySpace(id));
    const { rows, tell } = consequencesOf(decision, header.space, states, directory);
    const ends = await letInEnds(this.#within, {
      change: header,
      puts,
      spacePuts: projected,
      directory,
      states
    });
    this.#ahead.put(touched, projected, rows.directory);
    const version = this.#ahead.version(header.space);
    const verdict = { id: header.id, is: 'accepted', version, notes } as const;
    await this.#within.changes.accept({
      ...acceptedRows(accepted, verdict),
      ...rows,
      shutOut: ends.shutOut
    });
    await keepForVisitors(this.#within, seen, projected);
    await forgetHistories(this.#within, this.#ahead, projected, states);
    this.#quotas.kept(header.actor, accepted.received, accepted.candidate.signed);
    this.tells.push({ ...tell, less: ends.devices.map(({ id }) => id) });
    return verdict;
  }

  /** GA18: what is one too many is answered, and not kept. */
  async #keep(
    { header, fingerprint }: Candidate,
    verdict: Extract<Verdict, { is: 'refused' }>,
    args: ReadChange['args'] | undefined
  ): Promise<void> {
    const today = this.#clock.today();
    if (!(await this.#quotas.takeRefusal(header.actor, today))) return;
    // The log tells of no edit (LO1).
    const activity = header.kind === 'command' ? activityOf(header, args, today, verdict.code) : undefined;
    await this.#within.changes.refuse(header, { fingerprint, verdict }, today, activity);
  }

  #devices(candidate: Candidate): Promise<readonly Device[]> {
    const { header, way } = candidate;
    const carrier = carrierOf(way);
    const about =
      'update' in candidate || isRefusal(candidate.args)
        ? []
        : devicesNamed({ name: candidate.header.name, args: candidate.args });
    const ids = new Set([header.device, ...(carrier ? [carrier.id] : []), ...about]);
    return this.#within.devices.some([...ids]);
  }

  #state(id: SpaceId): Promise<SpaceState | undefined> {
    return this.#ahead.state(id, this.#within.documents);
  }
}

/** The device that signed, then the one that carries (RO5). */
function standing({ header, way }: Candidate, found: readonly Device[]): readonly Device[] {
  const carrier = carrierOf(way);
  const ids = [header.device, ...(carrier ? [carrier.id] : [])];
  return ids.flatMap((id) => found.find((one) => one.id === id) ?? []);
}
