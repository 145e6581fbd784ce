import { describe, expect, test } from 'vitest';
import { ask } from '../support/raw-request.ts';
import { founded } from '../support/relay-founded.ts';

/** The cookies that an answer sets: their names and what stands behind them. */
const cookies = (lines: readonly string[] = []): readonly (readonly [name: string, rest: string])[] =>
  lines.map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf(';') + 2)]);

const kept = ({ body }: { body: string }): unknown => (JSON.parse(body) as { kept?: unknown }).kept;

describe('the cookie of a device', () => {
  test('[SI1] on the machine itself comes a second time, without Secure: WebKit keeps no other there', async () => {
    const { relay, tablet } = await founded();
    const secret = tablet.cookie ?? '';
    const { port } = new URL(relay.address);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      const Cookie = `twinspace-device=${secret}`;
      const answer = await ask(relay.address, '/api/device', { Host: host, Cookie });
      expect(answer.status).toBe(200);
      expect(cookies(answer.headers['set-cookie'])).toEqual([
        ['__Host-twinspace-device', 'Path=/; Max-Age=34560000; HttpOnly; Secure; SameSite=Strict'],
        ['twinspace-device', 'Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict']
      ]);
    }
  });

  test('[SI1] under any other name it comes once, and the one without Secure counts nothing', async () => {
    const { relay, tablet } = await founded();
    const secret = tablet.cookie ?? '';
    const host = { Host: '192.0.2.7' };
    const good = { ...host, Cookie: `__Host-twinspace-device=${secret}` };
    const answer = await ask(relay.address, '/api/device', good);
    expect(cookies(answer.headers['set-cookie']).map(([name]) => name)).toEqual(['__Host-twinspace-device']);
    const bad = { ...host, Cookie: `twinspace-device=${secret}` };
    expect((await ask(relay.address, '/api/device', bad)).status).toBe(401);
  });

  test('[BR10] whether a browser keeps cookies is told before anything is used up', async () => {
    const { relay } = await founded();
    const first = await ask(relay.address, '/api/cookie', {});
    expect(kept(first)).toBe(false);
    const [line = ''] = first.headers['set-cookie'] ?? [];
    expect(line).toMatch(/^twinspace-probe=1; Path=\/api; Max-Age=60; HttpOnly; SameSite=Strict$/);
    expect(kept(await ask(relay.address, '/api/cookie', { Cookie: 'twinspace-probe=1' }))).toBe(true);
    const elsewhere = await ask(relay.address, '/api/cookie', { Host: '192.0.2.7' });
    expect(elsewhere.headers['set-cookie']?.[0]).toContain('; Secure;');
  });
});
