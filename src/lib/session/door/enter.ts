import { makeKey, importPrivateKey, type FreshKey } from '#lib/crypto/signing.ts';
import { makeRecoveryCode } from '#lib/crypto/recovery-code.ts';
import type { Change } from '#lib/domain/change.ts';
import type { AccountId, ChangeId, DeviceId, SessionId, SpaceId } from '#lib/domain/ids.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { signCommand } from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Tab } from '../device/tab.ts';
import { packKey, type PackedKey } from '../keys/credential.ts';
import { beginWithNewKey } from './begin-with-new-key.ts';
import { enrolling } from './enrolling.ts';
import type { LinkPurpose } from './link-purpose.ts';
import { done, failed, refused, type Result } from '../device/result.ts';

/** Somebody who makes an account with a link. */
export interface NewPerson {
  readonly given: string;
  readonly family: string;
  readonly display: string;
  readonly school: string;
  readonly username: string;
  readonly password: string;
}

/** What the person must know now: the name (it may have got another number) and the code for a forgotten password. */
export interface Entered {
  readonly username: string;
  readonly recoveryCode: string;
}

/** An attempt as it was sent: sent again as it is when its answer was lost, so that a link is never used up for nothing. */
export interface Attempt {
  readonly for: string;
  readonly device: DeviceId;
  readonly account: AccountId;
  readonly space: SpaceId;
  readonly fresh: FreshKey;
  readonly packed: PackedKey;
  readonly recoveryCode: string;
  readonly signed: SignedChange;
}

/**
 * Makes an account with a link (founding or invitation) and signs in. Throws a RelayError.
 *
 * @param sent where it is kept what was last sent, until its answer has come
 */
export async function enter(
  app: Tab,
  sent: { attempt: Attempt | undefined },
  secret: string,
  person: NewPerson,
  purpose: LinkPurpose
): Promise<Result<Entered>> {
  const what = JSON.stringify([secret, person, purpose]);
  const { attempt, answer } = await enrolling(app, async () => {
    const last = sent.attempt;
    const sameDevice = last?.for === what && last.device === app.deviceRow.id;
    const attempt = sameDevice ? last : await prepare(app, what, person, purpose);
    sent.attempt = attempt;
    return { attempt, answer: await app.relay.use(secret, attempt.signed) };
  });
  const { verdict, report } = answer;
  if (verdict.is === 'refused') {
    sent.attempt = undefined;
    const { code, detail } = verdict;
    return refused({ refused: code, ...(detail ? { detail } : {}) });
  }
  if (verdict.is !== 'accepted' || !report) return failed('relay-failed');
  sent.attempt = undefined;

  const { account, space: home, packed, fresh, recoveryCode } = attempt;
  const username = verdict.notes.find((note) => note.account === account)?.to ?? person.username;
  const nameKeys = [...new Set([nameKey(username), nameKey(person.username)])];
  await app.contact.apply(report);
  const signing = await importPrivateKey(fresh.privateKey);
  const known = { account, username, display: person.display, home, nameKeys };
  await beginWithNewKey(app, known, packed, signing);
  return done({ username, recoveryCode });
}

async function prepare(app: Tab, what: string, person: NewPerson, purpose: LinkPurpose): Promise<Attempt> {
  const account = crypto.randomUUID() as AccountId;
  const fresh = await makeKey();
  const recoveryCode = makeRecoveryCode();
  const packed = await packKey(fresh, account, { password: person.password, recovery: recoveryCode });
  const { given, family, display, school, username } = person;
  const newAccount = { id: account, username, given, family, school, display, key: packed.key };
  const envelope = {
    id: crypto.randomUUID() as ChangeId,
    device: app.deviceRow.id,
    session: crypto.randomUUID() as SessionId,
    actor: account,
    key: fresh.id,
    after: [],
    at: app.today()
  };
  const signing = await importPrivateKey(fresh.privateKey);
  const change: Change<'space.found'> | Change<'invitation.accept'> =
    purpose.is === 'found'
      ? {
          ...envelope,
          space: crypto.randomUUID() as SpaceId,
          name: 'space.found',
          args: { name: purpose.name, account: newAccount }
        }
      : {
          ...envelope,
          space: purpose.space,
          name: 'invitation.accept',
          args: { invitation: purpose.invitation, account: newAccount }
        };
  const signed = await signCommand<'space.found' | 'invitation.accept'>(change, signing, packed.text);
  return {
    for: what,
    device: change.device,
    account,
    space: change.space,
    fresh,
    packed,
    recoveryCode,
    signed
  };
}
