import { sha256 } from '#lib/crypto/encoding.ts';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { SecretHash, VisitId } from '#lib/domain/ids.ts';
import { freshId } from './relay-tablet.ts';

/** A link for visitors to all that is published, whose secret is its id. */
export async function newVisit(
  visit: VisitId = freshId<VisitId>(),
  more: Partial<CommandArgs['visit.create']> = {}
): Promise<CommandArgs['visit.create']> {
  const secretHash = (await sha256(secretOf(visit))) as SecretHash;
  return {
    visit,
    label: 'Familias',
    secretHash,
    expires: '2026-12-01' as CalendarDate,
    pages: 'all',
    ...more
  };
}

export function secretOf(visit: VisitId): string {
  return `${visit.replaceAll('-', '')}-secret-of`.padEnd(43, 'x');
}

/** The answer to somebody who opens a link by its secret, or by another one. */
export function opens(
  address: string,
  visit: VisitId,
  secret = secretOf(visit),
  headers: Readonly<Record<string, string>> = {}
): Promise<Response> {
  return fetch(`${address}/v/${visit}/`, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams({ secret })
  });
}

/** The pass that an answer gives, as a Cookie header brings it. */
export function passIn(answer: Response): string {
  const [line = ''] = answer.headers.getSetCookie();
  return line.split(';')[0] ?? '';
}

/** A visitor in a browser that has opened the link. */
export class Visitor {
  readonly #address: string;
  readonly #visit: VisitId;
  readonly #pass: string;

  constructor(address: string, visit: VisitId, pass: string) {
    this.#address = address;
    this.#visit = visit;
    this.#pass = pass;
  }

  static async at(address: string, visit: VisitId): Promise<Visitor> {
    return new Visitor(address, visit, passIn(await opens(address, visit)));
  }

  /** The same browser after this answer. */
  static after(address: string, visit: VisitId, answer: Response): Visitor {
    return new Visitor(address, visit, passIn(answer));
  }

  /** What stands under a path of the visit. */
  ask(path = '', headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.#address}/v/${this.#visit}/${path}`, {
      redirect: 'manual',
      headers: { Cookie: this.#pass, ...headers }
    });
  }

  /** The same as text; with its status where it is not 200. */
  async reads(path = '', headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const answer = await this.ask(path, headers);
    return answer.status === 200 ? answer.text() : `${answer.status} ${await answer.text()}`;
  }
}
