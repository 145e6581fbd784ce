import type { Behalf, Change } from '#lib/domain/change.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import { decide, decideEdit, type Decision } from '#lib/domain/decide.ts';
import type { Device } from '#lib/domain/device.ts';
import type { Gone } from '#lib/domain/erasing.ts';
import type { ChangeId, KeyId, PageId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import { KnownDirectory } from '#lib/domain/known-directory.ts';
import { project, withPuts, type DirectoryPut, type Put } from '#lib/domain/puts.ts';
import { isRefusal, type Refusal, type RefusalCode } from '#lib/domain/refusals.ts';
import type { Role } from '#lib/domain/roles.ts';
import { activeMember, emptySpace, type Member, type SpaceState } from '#lib/domain/state.ts';
import {
  angel,
  changeId,
  invitationId,
  keyOf,
  luca,
  mares,
  marta,
  newAccount,
  newKey,
  nuria,
  oksana,
  rios,
  secretHash,
  sessionId,
  today,
  zoe,
  type Person
} from './cast.ts';

/** What is not the usual about a change: else it is made in "Ríos de Europa", on the actor's own device, first key. */
export interface How {
  readonly space?: SpaceId;
  /** The device that signs, then the one that carries. */
  readonly devices?: readonly Device[];
  readonly key?: KeyId;
  readonly secret?: SecretHash;
  readonly id?: ChangeId;
  /** Whose change it takes over. */
  readonly behalf?: Behalf;
}

/** All TwinSpaces and the directory, as a relay has them, built through `decide` alone. */
export class World {
  readonly directory = new KnownDirectory();
  readonly spaces = new Map<SpaceId, SpaceState>();
  now: CalendarDate = today;
  #changes = 0;

  state(space: SpaceId = rios): SpaceState {
    return this.spaces.get(space) ?? emptySpace(space);
  }

  /** Somebody whose account is erased today, without any name or device of theirs that is to be found elsewhere. */
  gone(who: Person): Gone {
    return { account: who.id, on: this.now, displays: new Set(), called: new Set(), devices: new Set() };
  }

  member(who: Person, space: SpaceId = rios): Member | undefined {
    return this.state(space).members.members.get(who.id);
  }

  /** The role of an active membership. */
  role(who: Person, space: SpaceId = rios): Role | undefined {
    return activeMember(this.state(space), who.id)?.role;
  }

  username(who: Person): string | undefined {
    return this.directory.private(who.id)?.username;
  }

  /** The change that this wish would be. */
  change<Name extends CommandName>(
    who: Person,
    name: Name,
    args: CommandArgs[Name],
    how: How = {}
  ): Change<Name> {
    const device = how.devices?.[0] ?? who.device;
    return {
      id: how.id ?? changeId(String(++this.#changes)),
      space: how.space ?? rios,
      device: device.id,
      session: sessionId(who.id),
      actor: who.id,
      key: how.key ?? keyOf(who),
      after: [],
      at: this.now,
      name,
      args,
      ...(how.secret ? { secretHash: how.secret } : {}),
      ...(how.behalf ? { behalf: how.behalf } : {})
    };
  }

  /** What the rules say, without doing it. */
  judge<Name extends CommandName>(
    who: Person,
    name: Name,
    args: CommandArgs[Name],
    how: How = {}
  ): Refusal | Decision {
    const devices = how.devices ?? [who.device];
    const { now, directory } = this;
    const elsewhere = (space: SpaceId): SpaceState | undefined => this.spaces.get(space);
    const change = this.change(who, name, args, how);
    return decide(this.state(how.space), change, { devices, now, directory, elsewhere });
  }

  /** The code with which the rules say no, or `accepted`. */
  answer<Name extends CommandName>(
    who: Person,
    name: Name,
    args: CommandArgs[Name],
    how: How = {}
  ): RefusalCode | 'accepted' {
    const outcome = this.judge(who, name, args, how);
    return isRefusal(outcome) ? outcome.refused : 'accepted';
  }

  /** Does it; a refusal is the test's own mistake. */
  do<Name extends CommandName>(who: Person, name: Name, args: CommandArgs[Name], how: How = {}): Decision {
    const outcome = this.judge(who, name, args, how);
    if (isRefusal(outcome)) throw new Error(`${name} by ${who.given}: ${outcome.refused}`);
    this.write(outcome.puts, how.space ?? rios);
    return outcome;
  }

  /** What the rules say when somebody writes in a page. */
  writes(who: Person, page: PageId, how: How = {}): RefusalCode | 'accepted' {
    const { name: _, args: __, ...envelope } = this.change(who, 'access.record', { on: this.now }, how);
    const { now, directory } = this;
    const devices = how.devices ?? [who.device];
    return (
      decideEdit(this.state(how.space), { ...envelope, page }, { devices, now, directory })?.refused ??
      'accepted'
    );
  }

  /** Writes what a decision comes to, everywhere. */
  write(puts: readonly Put[], space: SpaceId): void {
    for (const put of puts) if (put.doc === 'directory') this.directory.put(put as DirectoryPut);
    const projected = project(puts, space, this.directory);
    for (const where of new Set(projected.map((put) => put.space))) {
      this.spaces.set(where, withPuts(this.state(where), projected));
    }
  }

  /** A founding link made by the technician. */
  technicianLink(secret: SecretHash): void {
    const expires = plusDays(this.now, 7);
    this.directory.put({ doc: 'directory', map: 'foundings', key: secret, value: { expires } });
  }

  /** A recovery link made by the technician. */
  recoveryLink(who: Person, secret: SecretHash, days = 1): void {
    const value = { account: who.id, expires: plusDays(this.now, days), used: false };
    this.directory.put({ doc: 'directory', map: 'recoveries', key: secret, value });
  }

  /** AC7: whoever was raised chooses a password with the link that an administrator of the home hands over. */
  choosesOwn(who: Person, number = 2, by: Person = marta, space: SpaceId = rios): this {
    const secret = secretHash(`own ${who.id} ${number}`);
    const link = { account: who.id, secretHash: secret, expires: plusDays(this.now, 7) };
    this.do(by, 'password.link', link, { space });
    const key = keyOf(who, number);
    this.do(
      who,
      'key.recover',
      { account: who.id, key: newKey(who, number) },
      { space, secret, key, devices: [] }
    );
    return this;
  }

  /** Somebody founds a TwinSpace with a new account. */
  found(who: Person, space: SpaceId, name: string): this {
    const secret = secretHash(`founding ${space}`);
    this.technicianLink(secret);
    this.do(who, 'space.found', { name, account: newAccount(who) }, { space, secret });
    return this;
  }

  /** An administrator invites an adult, who comes with a new account. */
  invite(who: Person, role: 'teacher' | 'teacher-admin', by: Person = marta): this {
    const invitation = invitationId(who.id);
    const secret = secretHash(`invitation ${who.id}`);
    const expires = plusDays(this.now, 7);
    this.do(by, 'invitation.create', { invitation, role, label: '', secretHash: secret, expires });
    this.do(who, 'invitation.accept', { invitation, account: newAccount(who) }, { secret });
    return this;
  }

  /** A teacher adds a pupil. */
  addPupil(who: Person, by: Person = marta, role: 'pupil' | 'pupil-admin' = 'pupil'): this {
    this.do(by, 'pupil.add', { account: newAccount(who), role });
    return this;
  }
}

/** "Ríos de Europa": Marta (administrator), Luca (teacher), her pupil Ángel, his pupil Zoé (pupil administrator). */
export function riosDeEuropa(): World {
  const world = new World().found(marta, rios, 'Ríos de Europa').invite(luca, 'teacher');
  world.addPupil(angel).addPupil(zoe, luca);
  world.do(marta, 'member.role', { member: zoe.id, role: 'pupil-admin' });
  return world;
}

/** Raises a hand: what the relay writes when a pupil says that the password is forgotten. */
export function raiseHand(world: World, who: Person, space: SpaceId = rios): void {
  world.write([{ doc: 'staff', map: 'hands', key: who.id, value: world.now }], space);
}

/** The same with Núria as a second administrator, and Oksana's "Mares" beside it. */
export function twoSpaces(): World {
  return riosDeEuropa().invite(nuria, 'teacher-admin').found(oksana, mares, 'Mares');
}
