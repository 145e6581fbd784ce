import { decide } from '#lib/domain/decide.ts';
import { KnownDirectory } from '#lib/domain/known-directory.ts';
import type { Change } from '#lib/domain/change.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import type {
  AccountId,
  ChangeId,
  DeviceId,
  KeyId,
  SecretHash,
  SessionId,
  SpaceId
} from '#lib/domain/ids.ts';
import { project, withPuts, type DirectoryPut } from '#lib/domain/puts.ts';
import { isRefusal } from '#lib/domain/refusals.ts';
import { emptySpace, type SpaceState } from '#lib/domain/state.ts';

export const now = '2026-11-23' as CalendarDate;
export const admin = crypto.randomUUID() as AccountId;
export const device: Device = {
  id: crypto.randomUUID() as DeviceId,
  kind: 'personal',
  owner: admin,
  accounts: [admin],
  revoked: false
};

/** A TwinSpace with its directory, on which commands of its administrator can be judged one after the other. */
export class BenchSpace {
  state: SpaceState = emptySpace(crypto.randomUUID() as SpaceId);
  readonly directory = new KnownDirectory();
  readonly key = keyOf(admin);
  readonly #secret = 'A'.repeat(43) as SecretHash;

  constructor(members: number) {
    const expires = '2026-12-01' as CalendarDate;
    this.directory.put({ doc: 'directory', map: 'foundings', key: this.#secret, value: { expires } });
    this.do('space.found', { name: 'Bench', account: account(admin, 'Marta', 'Bench', 0) });
    for (let index = 1; index < members; index++) this.do('pupil.add', pupil(index));
    this.state = plain(this.state);
  }

  /** Judges a command and writes what it comes to. */
  do<Name extends CommandName>(name: Name, args: CommandArgs[Name]): void {
    const outcome = this.judge(name, args);
    for (const put of outcome) if (put.doc === 'directory') this.directory.put(put as DirectoryPut);
    this.state = withPuts(this.state, project(outcome, this.state.id, this.directory));
  }

  /** Judges a command. */
  judge<Name extends CommandName>(name: Name, args: CommandArgs[Name]) {
    const change: Change<Name> = {
      id: crypto.randomUUID() as ChangeId,
      space: this.state.id,
      device: device.id,
      name,
      args,
      session: crypto.randomUUID() as SessionId,
      actor: admin,
      key: keyOf(admin),
      after: [],
      at: now,
      secretHash: this.#secret
    };
    const outcome = decide(this.state, change, { devices: [device], now, directory: this.directory });
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    return outcome.puts;
  }
}

/** The state as a tablet or the relay has it after a load: plain maps. */
function plain({ id, members, staff }: SpaceState): SpaceState {
  return {
    id,
    members: copied(members),
    staff: copied(staff)
  };
}

function copied<Maps extends object>(maps: Maps): Maps {
  const entries: [string, ReadonlyMap<string, unknown>][] = Object.entries(maps);
  return Object.fromEntries(entries.map(([name, map]) => [name, new Map(map)])) as Maps;
}

/** The arguments that add the pupil of that number. */
export function pupil(index: number): CommandArgs['pupil.add'] {
  const id = crypto.randomUUID() as AccountId;
  return { account: account(id, `Ana${letters(index)}`, 'Bench', index), role: 'pupil' };
}

function account(id: AccountId, given: string, family: string, index: number) {
  const key = {
    id: keyOf(id),
    publicKey: `B${'A'.repeat(86)}`,
    scope: 'full',
    credential: 'A'.repeat(43)
  } as const;
  const username = `${given.toLowerCase()}.${family.toLowerCase()}.${index + 1}`;
  return { id, username, given, family, school: '', display: `${given} ${family}`, key };
}

function keyOf(id: AccountId): KeyId {
  return `${id}AAAAAAA` as KeyId;
}

function letters(index: number): string {
  return [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}
