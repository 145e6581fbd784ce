import { sha256 } from '#lib/crypto/encoding.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { DeviceId, KeyId } from '#lib/domain/ids.ts';
import { isServed } from '#lib/domain/may-read.ts';
import type { HeldCredential } from '#lib/protocol/credential.ts';
import { holdingOf, pupilsSignedIn, type Holding } from '#relay/devices/holding.ts';
import type { SpaceTruth } from '#relay/truth/space-truth.ts';
import type { Truth } from '#relay/truth/truth.ts';
import type { Storage } from '#relay/storage/storage.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { displayOf, HeldCredentials, named, type NamedKey } from './held-credential.ts';

/** Keys of which it is remembered that they were told under some tag: a school of 2 000 at 25 moments, some 10 MB. */
const mostRows = 50_000;

/** What is told of a device's sealed keys. */
export interface Told {
  readonly holding: Holding;
  readonly keys: readonly NamedKey[];
  /** SI10: a hash of what the keys are and of who is let in; a new password is a new key, so it changes with each. */
  readonly tag: string;
  /** One text for all that is told of a key beside its seal. */
  readonly rows: ReadonlyMap<string, NamedKey>;
}

/** What was told under one tag. */
interface Tagged {
  readonly rows: Told['rows'];
  /** The sealed keys themselves; asked of the storage once, by whoever needs all of them. */
  held?: Promise<readonly HeldCredential[]>;
}

/** What a personal device was told last, and when that was. */
interface Last {
  readonly version: number;
  readonly signedIn: string;
  readonly told: Promise<Told>;
  /** Keys of it, once they are known. */
  rows: number;
}

/** The keys of classroom tablets that are to hold the same, as they stood after so many changes. */
interface Known {
  readonly applied: number;
  readonly told: Map<string, Promise<Told>>;
}

/**
 * What devices are told of sealed keys. SI11 sends every tablet of a school to ask at the same moment, so what is the same
 * for all of them is found once: the list of keys of a TwinSpace and of what a tablet is to hold, until anything there
 * changes. And so that one pupil more is not two thousand keys for each, it is remembered what was told under which tag.
 * All of it is a copy: after a restart devices are told everything once.
 */
export class ToldKeys {
  readonly #held: HeldCredentials;
  readonly #truth: Truth;
  readonly #known = new WeakMap<SpaceTruth, Known>();
  readonly #tags = new Map<string, Tagged>();
  #rows = 0;
  /** The longest unasked first. */
  readonly #last = new Map<DeviceId, Last>();
  #lastRows = 0;
  readonly #bytes = new WeakMap<readonly HeldCredential[], Uint8Array>();

  constructor(storage: Storage, truth: Truth) {
    this.#held = new HeldCredentials(storage);
    this.#truth = truth;
  }

  /** What this device is told. */
  async of(directory: Directory, device: StoredDevice): Promise<Told> {
    const space = device.space && (await this.#truth.space(device.space));
    const tablet = space && isServed(space.state, device) && space.state.staff.tablets.get(device.id);
    const told = tablet
      ? await this.#shared(
          space,
          JSON.stringify([tablet.groups, tablet.teachers, await this.#guests(directory, device)]),
          () => this.#find(directory, device)
        )
      : await this.#own(directory, device);
    this.#remember(told);
    return told;
  }

  /**
   * SI10: what is to be told of the keys to a device that has what was told under this tag.
   *
   * @param afford is called, with how many, before sealed keys are read; what it throws is thrown (HT16)
   */
  async since(
    told: Told,
    tag: string | undefined,
    afford: (count: number) => void
  ): Promise<{
    readonly credentials?: readonly HeldCredential[];
    readonly gone?: readonly KeyId[];
  }> {
    if (tag === told.tag) return {};
    const before = tag === undefined ? undefined : this.#tags.get(tag)?.rows;
    if (!before) {
      if (told.keys.length > 0) afford(told.keys.length);
      return { credentials: await this.#all(told) };
    }
    const fresh = [...told.rows].flatMap(([row, key]) => (before.has(row) ? [] : [key]));
    const still = new Set(told.keys.map(({ key }) => key.id));
    const gone = [...before.values()].flatMap(({ key }) => (still.has(key.id) ? [] : [key.id]));
    if (fresh.length > 0) afford(fresh.length);
    return { credentials: await this.#held.of(fresh), gone };
  }

  /** These sealed keys as JSON, written once. */
  bytesOf(keys: readonly HeldCredential[]): Uint8Array {
    const bytes = this.#bytes.get(keys) ?? Buffer.from(JSON.stringify(keys));
    this.#bytes.set(keys, bytes);
    return bytes;
  }

  #all({ tag, keys, rows }: Told): Promise<readonly HeldCredential[]> {
    const tagged = this.#tags.get(tag) ?? { rows };
    const held = tagged.held ?? this.#held.of(keys);
    tagged.held = held;
    held.catch(() => delete tagged.held);
    return held;
  }

  /** HT16: what a personal device is told is found anew only when anything has changed. */
  #own(directory: Directory, device: StoredDevice): Promise<Told> {
    const { version } = this.#truth;
    const signedIn = device.signedIn.join();
    const before = this.#last.get(device.id);
    this.#last.delete(device.id);
    this.#lastRows -= before?.rows ?? 0;
    const known = before?.version === version && before.signedIn === signedIn ? before : undefined;
    const last = known ?? { version, signedIn, told: this.#find(directory, device), rows: 0 };
    this.#last.set(device.id, last);
    this.#lastRows += last.rows;
    if (!known)
      void last.told.then(
        ({ rows }) => this.#weigh(device.id, last, rows.size),
        () => undefined
      );
    return last.told;
  }

  #weigh(device: DeviceId, last: Last, rows: number): void {
    if (this.#last.get(device) !== last) return;
    last.rows = rows + 1;
    this.#lastRows += last.rows;
    for (const [oldest, { rows: less }] of this.#last) {
      if (this.#lastRows <= mostRows) break;
      this.#last.delete(oldest);
      this.#lastRows -= less;
    }
  }

  #guests(directory: Directory, device: StoredDevice): Promise<readonly string[]> {
    return pupilsSignedIn(this.#truth, directory, device);
  }

  #shared(space: SpaceTruth, scope: string, find: () => Promise<Told>): Promise<Told> {
    let known = this.#known.get(space);
    if (known?.applied !== space.applied) {
      known = { applied: space.applied, told: new Map() };
      this.#known.set(space, known);
    }
    const { told } = known;
    const before = told.get(scope);
    if (before) return before;
    const found = find();
    told.set(scope, found);
    found.catch(() => told.delete(scope));
    return found;
  }

  async #find(directory: Directory, device: StoredDevice): Promise<Told> {
    const holding = await holdingOf(this.#truth, directory, device);
    const keys = await this.#named(directory, device, holding);
    const rows = new Map(keys.map((key) => [rowOf(key), key]));
    const tag = await sha256([...[...rows.keys()].sort(), '', ...[...holding.accounts].sort()].join('\n\n'));
    return { holding, keys, tag, rows };
  }

  /** A classroom tablet knows its pupils by their names there, a personal device by those at home. */
  async #named(
    directory: Directory,
    { space }: StoredDevice,
    { keys }: Holding
  ): Promise<readonly NamedKey[]> {
    const here = space && (await this.#truth.space(space))?.state.members.members;
    const found: NamedKey[] = [];
    for (const given of keys) {
      const display = here
        ? here.get(given.account)?.display
        : await displayOf(this.#truth, directory, given.account);
      const key = named(directory, given, display);
      if (key) found.push(key);
    }
    return found;
  }

  #remember({ tag, rows }: Told): void {
    const before = this.#tags.get(tag);
    this.#tags.delete(tag);
    this.#tags.set(tag, before ?? { rows });
    if (before) return;
    this.#rows += rows.size;
    for (const [oldest, of] of this.#tags) {
      if (this.#rows <= mostRows || oldest === tag) break;
      this.#tags.delete(oldest);
      this.#rows -= of.rows.size;
    }
  }
}

function rowOf({ account, key, by, username, display, home }: NamedKey): string {
  return [account, key.id, by, username, display, home].join('\n');
}
