import * as v from 'valibot';
import { fromBase64Url, sha256, toBase64Url, utf8 } from '#lib/crypto/encoding.ts';
import { sign } from '#lib/crypto/signing.ts';
import type { Change, Edit, Envelope } from '#lib/domain/change.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { commands } from '#lib/domain/commands/table.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusals.ts';
import { commandSchemas } from './command-schemas.ts';
import { limits } from './limits.ts';
import type { SignedChange } from './signed-change.ts';
import {
  accountId,
  calendarDate,
  changeId,
  clientId,
  deviceId,
  hash,
  keyId,
  pageId,
  sessionId,
  spaceId
} from './schemas.ts';

/** With which version whose each prerequisite is (CH4), and a change on somebody's behalf (AD2), came. */
const othersSince = 3;
/** With which version edits of pages came. */
const editsSince = 4;

/** The version of the envelope that this code writes, and the newest that it reads: that of whatever came last (CH3). */
export const changeVersion = Math.max(
  othersSince,
  editsSince,
  ...Object.values(commands).map(({ facts }) => facts.since)
);

const envelope = {
  // Every version that was ever written; what waits on a tablet may be of an old one.
  v: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(changeVersion)),
  id: changeId,
  space: spaceId,
  device: deviceId,
  session: sessionId,
  actor: accountId,
  key: keyId,
  digest: hash,
  after: v.optional(v.pipe(v.array(changeId), v.maxLength(limits.after)), []),
  afterBy: v.exactOptional(v.pipe(v.array(accountId), v.maxLength(limits.after))),
  at: calendarDate,
  behalf: v.exactOptional(v.strictObject({ change: changeId, actor: accountId }))
};

const commandHeader = v.strictObject({
  ...envelope,
  kind: v.literal('command'),
  name: v.picklist(Object.keys(commandSchemas) as [CommandName, ...CommandName[]])
});

const editHeader = v.strictObject({
  ...envelope,
  kind: v.literal('edit'),
  doc: pageId,
  // The clientID under which its author writes in this page, on this device and in this session (PG3).
  client: clientId
});

const headerSchema = v.variant('kind', [commandHeader, editHeader]);

/** The signed part of a command. */
export type CommandHeader = v.InferOutput<typeof commandHeader>;
/** The signed part of what somebody wrote in a page. */
export type EditHeader = v.InferOutput<typeof editHeader>;
/** The signed part of a change. */
export type Header = CommandHeader | EditHeader;

/** A command read and checked for form, not yet for signature or rights. */
export interface ReadChange {
  readonly header: CommandHeader;
  readonly args: CommandArgs[CommandName];
}

/** Why a header could not be read: too new for this code, or no header at all. */
export type Unreadable = { readonly newer: true } | Refusal;

/**
 * Reads the envelope. A version newer than this code is not refused but `newer`: nothing is lost. Therefore whatever
 * is new (a kind, a command, an argument) comes with a greater version.
 */
export function readHeader(text: string): Header | Unreadable {
  if (utf8(text).length > limits.header) return refuse('too-large');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('malformed');
  }
  const version = v.safeParse(v.looseObject({ v: v.pipe(v.number(), v.integer(), v.minValue(1)) }), json);
  if (version.success && version.output.v > changeVersion) return { newer: true };
  const header = v.safeParse(headerSchema, json);
  return header.success && isOfItsVersion(header.output) ? header.output : refuse('malformed');
}

/** CH3: nothing in it is newer than the version that it says; CH4: whose each prerequisite is stands there for all. */
function isOfItsVersion(header: Header): boolean {
  const { v: version, after, afterBy, behalf } = header;
  if (afterBy && afterBy.length !== after.length) return false;
  const others = afterBy || behalf ? othersSince : 1;
  return version >= Math.max(others, header.kind === 'edit' ? editsSince : commands[header.name].facts.since);
}

/** Reads the arguments that the header's digest names. Whatever an older version could write is in form in a newer one; what is newer than its header's version is not (CH3). */
export async function readPayload(
  header: CommandHeader,
  payload: string
): Promise<CommandArgs[CommandName] | Refusal> {
  const bytes = await payloadBytes(header, payload, limits.commandPayload);
  if (isRefusal(bytes)) return bytes;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuse('malformed');
  }
  const args = v.safeParse(commandSchemas[header.name], json);
  return args.success && header.v >= argsSince(header.name, args.output) ? args.output : refuse('malformed');
}

/** Reads the update that the header's digest names; what it would do to the page is not looked into (PG3). */
export function readUpdate(header: EditHeader, payload: string): Promise<Uint8Array<ArrayBuffer> | Refusal> {
  return payloadBytes(header, payload, limits.editPayload);
}

/** CH2, CH5 */
async function payloadBytes(
  { digest }: Pick<Header, 'digest'>,
  payload: string,
  most: number
): Promise<Uint8Array<ArrayBuffer> | Refusal> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = fromBase64Url(payload);
  } catch {
    return refuse('malformed');
  }
  if (bytes.length > most) return refuse('too-large');
  return (await sha256(bytes)) === digest ? bytes : refuse('digest-wrong');
}

function argsSince<Name extends CommandName>(name: Name, args: CommandArgs[Name]): number {
  const { since, argsSince: needed } = commands[name].facts;
  return needed?.(args) ?? since;
}

/** The change as the rules judge it. */
export function toDomain(
  { header, args }: ReadChange,
  secretHash?: NonNullable<Change['secretHash']>
): Change {
  return { ...envelopeOf(header), name: header.name, args, ...(secretHash ? { secretHash } : {}) };
}

/** The edit as the rules judge it. */
export function toEdit(header: EditHeader): Edit {
  return { ...envelopeOf(header), page: header.doc };
}

function envelopeOf({ id, space, device, session, actor, key, after, at, behalf }: Header): Envelope {
  return { id, space, device, session, actor, key, after, at, ...(behalf ? { behalf } : {}) };
}

/** Writes and signs a command. */
export async function signCommand<Name extends CommandName>(
  change: Omit<Change<Name>, 'secretHash'>,
  privateKey: CryptoKey,
  credential?: string
): Promise<SignedChange> {
  const payload = utf8(JSON.stringify(change.args));
  const signed = await signedChange(change, { kind: 'command', name: change.name }, payload, privateKey);
  return credential === undefined ? signed : { ...signed, credential };
}

/** Writes and signs what somebody wrote in a page under this clientID. */
export function signEdit(
  edit: Edit,
  client: number,
  update: Uint8Array<ArrayBuffer>,
  privateKey: CryptoKey
): Promise<SignedChange> {
  return signedChange(edit, { kind: 'edit', doc: edit.page, client }, update, privateKey);
}

async function signedChange(
  { id, space, device, session, actor, key, after, afterBy, at, behalf }: Envelope,
  what: Pick<CommandHeader, 'kind' | 'name'> | Pick<EditHeader, 'kind' | 'doc' | 'client'>,
  payload: Uint8Array<ArrayBuffer>,
  privateKey: CryptoKey
): Promise<SignedChange> {
  const header = JSON.stringify({
    v: changeVersion,
    id,
    space,
    device,
    session,
    actor,
    key,
    ...what,
    digest: await sha256(payload),
    ...(after.length > 0 ? { after, ...(afterBy ? { afterBy } : {}) } : {}),
    at,
    ...(behalf ? { behalf } : {})
  });
  return { header, payload: toBase64Url(payload), signature: await sign(privateKey, utf8(header)) };
}
