import { request as byHttp } from 'node:http';
import { request as byHttps } from 'node:https';

/**
 * Posts JSON to a relay on this machine. Its certificate, if it has one, is for the name that tablets open and not for
 * the address asked here; nothing of it leaves the machine.
 *
 * @returns the status and the text of the answer; rejects where nobody answers
 */
export function postHere(
  address: string,
  token: string,
  body: unknown
): Promise<{ readonly status: number; readonly text: string }> {
  const ask = address.startsWith('https:') ? byHttps : byHttp;
  return new Promise((done, fail) => {
    const asking = ask(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      rejectUnauthorized: false
    });
    asking.on('error', fail);
    asking.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', fail);
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() })
      );
    });
    asking.end(JSON.stringify(body));
  });
}
