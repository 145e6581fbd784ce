import { sha256 } from '#lib/crypto/encoding.ts';
import { broughtKey } from '#lib/domain/brought.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { Brought } from '#lib/domain/facts.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusals.ts';
import {
  readPayload,
  readUpdate,
  type CommandHeader,
  type EditHeader,
  type Header
} from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Arrival } from './arrival.ts';
import type { KnownKeys } from './known-keys.ts';
import { credentialProblem, keyProblem } from './new-key.ts';
import { signingKey } from './signature.ts';

/** A change with all that can be found out of it alone, whatever came before it and whatever it will be answered. */
export type Candidate = CommandCandidate | EditCandidate;

interface Looked {
  readonly signed: SignedChange;
  readonly way: Arrival;
  /** SHA-256 of the exact header. */
  readonly fingerprint: string;
  /** Whether this key has signed the header. Found once for each key. */
  readonly signedWith: (publicKey: string) => Promise<boolean>;
}

export interface CommandCandidate extends Looked {
  readonly header: CommandHeader;
  /** What its payload says; or why it cannot be read (GA1). */
  readonly args: CommandArgs[CommandName] | Refusal;
  /** The key that it brings, if it brings one; and what is wrong with that key or its sealed half (GA7, GA8). */
  readonly brought?: Brought;
  readonly broughtProblem?: Refusal;
}

export interface EditCandidate extends Looked {
  readonly header: EditHeader;
  /** The update of the page; or why it cannot be read (GA1). */
  readonly update: Uint8Array | Refusal;
}

/**
 * Looks at a change beside the lock: hashes and signatures are found on other threads, while others are judged.
 *
 * @param directory where the key is looked for that has probably signed; should it come with a change before this one,
 *   the signature is verified when that is known
 */
export async function candidateOf(
  signed: SignedChange,
  header: Header,
  way: Arrival,
  directory: Directory,
  keys: KnownKeys
): Promise<Candidate> {
  const signedWith = verifier(signed, keys);
  const looked = { signed, way, signedWith };
  if (header.kind === 'edit') {
    const key = signingKey(header, directory, undefined);
    const [fingerprint, update] = await Promise.all([
      sha256(signed.header),
      readUpdate(header, signed.payload),
      key && signedWith(key.publicKey)
    ]);
    return { ...looked, header, fingerprint, update };
  }
  const [fingerprint, args] = await Promise.all([sha256(signed.header), readPayload(header, signed.payload)]);
  const brought = isRefusal(args) ? undefined : broughtKey({ name: header.name, args });
  const key = signingKey(header, directory, brought);
  const [broughtProblem] = await Promise.all([
    brought && problemOf(brought, signed.credential),
    key && signedWith(key.publicKey)
  ]);
  return {
    ...looked,
    header,
    fingerprint,
    args,
    ...(brought ? { brought } : {}),
    ...(broughtProblem ? { broughtProblem } : {})
  };
}

async function problemOf(brought: Brought, credential: string | undefined): Promise<Refusal | undefined> {
  return (await keyProblem(brought)) ?? credentialProblem(brought, credential);
}

function verifier(signed: SignedChange, keys: KnownKeys): Candidate['signedWith'] {
  const found = new Map<string, Promise<boolean>>();
  return (publicKey) => {
    const known = found.get(publicKey) ?? keys.hasSigned(publicKey, signed);
    found.set(publicKey, known);
    return known;
  };
}
