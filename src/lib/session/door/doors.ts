import type { SpaceId } from '#lib/domain/ids.ts';
import type { AddressAnswer, LookAnswer } from '#lib/protocol/messages.ts';
import type { Tab } from '../device/tab.ts';
import type { Attempt, Entered, NewPerson } from './enter.ts';
import type { JoinAttempt } from './join.ts';
import type { LinkPurpose } from './link-purpose.ts';
import { proposeUsername, type Proposal } from '../keys/propose-username.ts';
import { asked, done, type Result } from '../device/result.ts';

/** Loaded when somebody makes an account or chooses a new password: a sign-in screen needs neither. */
const entering = () => import('./enter.ts');
const joining = () => import('./join.ts');
const recovering = () => import('./recover.ts');

/** The doors that links and codes open: founding, invitations, recovery. All of them need the network. */
export class Doors {
  readonly #app: Tab;
  /** What was last sent with a link, until its answer has come. */
  attempt: Attempt | undefined;
  /** The same with an account that there is. */
  joining: JoinAttempt | undefined;

  constructor(app: Tab) {
    this.#app = app;
  }

  lookAtLink(secret: string): Promise<Result<LookAnswer>> {
    return asked(async () => done(await this.#app.relay.look(secret)));
  }

  /** A username for somebody who has no account yet; the relay confirms it when the account is made. */
  proposeUsername(given: string, family: string): Promise<Result<Proposal>> {
    // The relay tells the next free number to staff alone: a new device has nobody to ask for.
    const relay = this.#app.device.is === 'enrolled' ? this.#app.relay : undefined;
    return asked(() => proposeUsername(given, family, () => false, relay));
  }

  /** OP12: under which address people open the app, whether there is a TwinSpace here, and who may say another. */
  address(): Promise<Result<AddressAnswer>> {
    return asked(async () => done(await this.#app.relay.address()));
  }

  /** OP12: says under which address people open the app; empty: none any more. This device knows it from now on. */
  chooseAddress(address: string): Promise<Result<AddressAnswer>> {
    return asked(async () => {
      const answer = await this.#app.relay.chooseAddress(address);
      await this.#app.contact.refresh();
      return done(answer);
    });
  }

  /** SP1: founds a TwinSpace, makes the administrator's account, and signs in. */
  foundSpace(secret: string, person: NewPerson, spaceName: string): Promise<Result<Entered>> {
    return asked(async () =>
      (await entering()).enter(this.#app, this, secret, person, { is: 'found', name: spaceName })
    );
  }

  /** IN3: makes the account of an invited teacher, and signs in. */
  async acceptInvitation(
    secret: string,
    look: Extract<LookAnswer, { is: 'invitation' }>,
    person: NewPerson
  ): Promise<Result<Entered & { readonly space: SpaceId }>> {
    const { space, invitation } = look;
    const purpose = { is: 'accept', space, invitation } as const;
    const entered = await asked(async () =>
      (await entering()).enter(this.#app, this, secret, person, purpose)
    );
    return entered.ok ? done({ ...entered.value, space }) : entered;
  }

  /** LI6: the person who is signed in uses a link with the account they have: accepts an invitation, or founds. */
  joinWithAccount(secret: string, purpose: LinkPurpose): Promise<Result<{ readonly space: SpaceId }>> {
    return asked(async () => (await joining()).join(this.#app, this, secret, purpose));
  }

  /** KE8: chooses a new password with a link from the technician, and signs in. */
  recoverByLink(
    secret: string,
    look: Extract<LookAnswer, { is: 'recovery' }>,
    password: string
  ): Promise<Result<{ readonly recoveryCode: string }>> {
    return asked(async () => (await recovering()).recoverByLink(this.#app, secret, look, password));
  }

  /** Chooses a new password with the recovery code that was printed, and signs in. Needs the network. */
  recoverByCode(
    username: string,
    code: string,
    password: string
  ): Promise<Result<{ readonly recoveryCode: string }>> {
    return asked(async () => (await recovering()).recoverByCode(this.#app, username, code, password));
  }
}
