import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { relayHeader } from '#lib/protocol/relay-header.ts';
import { limits } from '#lib/protocol/limits.ts';
import { caps } from '#relay/caps.ts';
import { trustedProxies } from '#relay/http/client-address.ts';
import { ownCertificate } from '../support/certificate.ts';
import type { OwnCertificate } from '../support/make-certificate.ts';
import { freePort } from '../support/relay-process.ts';
import { found } from '../support/relay-tablet.ts';
import { tempFolder, testRelay } from '../support/relay.ts';

// `npm test` installs them where it can, and says so where it cannot (sync-server/ops/prepare.mjs).
const ops = fileURLToPath(new URL('../../sync-server/ops', import.meta.url));
const caddy = '/usr/bin/caddy';
const nginx = '/usr/sbin/nginx';
const systemd = '/usr/bin/systemd-analyze';

/** What stands in the files for an example, and what a test has in its place. */
interface Places {
  readonly port: number;
  readonly plain: number;
  readonly relay: number;
  readonly certificate: OwnCertificate;
  readonly folder: string;
}

/** A file as it is shipped, with these places filled in; each must be there. */
function filledIn(name: string, places: readonly (readonly [string, string])[]): string {
  return places.reduce(
    (text, [from, to]) => {
      expect(text).toContain(from);
      return text.replaceAll(from, to);
    },
    readFileSync(join(ops, name), 'utf8')
  );
}

function startCaddy({ port, plain, relay, certificate, folder }: Places): Promise<void> {
  const site = filledIn('Caddyfile', [
    [
      'twinspace.example.org {',
      `https://localhost:${port} {\n\ttls ${certificate.certificate} ${certificate.key}`
    ],
    ['127.0.0.1:8080', `127.0.0.1:${relay}`]
  ]);
  const file = join(folder, 'Caddyfile');
  writeFileSync(file, `{\n\tadmin off\n\thttp_port ${plain}\n\tskip_install_trust\n}\n${site}`);
  const env = { HOME: folder, XDG_DATA_HOME: folder };
  return run(
    caddy,
    ['run', '--adapter', 'caddyfile', '--config', file],
    env,
    'serving initial configuration'
  );
}

function startNginx({ port, plain, relay, certificate, folder }: Places): Promise<void> {
  const site = filledIn('nginx.conf', [
    ['127.0.0.1:8080', `127.0.0.1:${relay}`],
    ['/etc/ssl/certs/twinspace.pem', certificate.certificate],
    ['/etc/ssl/private/twinspace.key', certificate.key],
    ['listen 80;', `listen ${plain};`],
    ['listen [::]:80;', ''],
    ['listen 443 ssl http2;', `listen ${port} ssl http2;`],
    ['listen [::]:443 ssl http2;', ''],
    ['twinspace.example.org', 'localhost']
  ]);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((one) => {
    mkdirSync(join(folder, one));
    return `${one}_temp_path ${join(folder, one)};`;
  });
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; pid ${folder}/pid; error_log stderr notice; events {}\n` +
      `http { access_log off; ${temporary.join(' ')}\n${site}\n}\n`
  );
  // As root it would serve as another user, who may not enter the folder of this test.
  const user = process.getuid?.() === 0 ? ['-g', 'user root;'] : [];
  return run(nginx, ['-c', file, ...user], {}, 'start worker processes');
}

/** Starts a server that ends with the test; resolves when it says that it is ready. */
async function run(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  ready: string
): Promise<void> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe']
  });
  onTestFinished(async () => {
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
  });
  let said = '';
  await new Promise<void>((done, fail) => {
    child.once('exit', () => fail(new Error(`${command} ended:\n${said}`)));
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(ready)) done();
    });
  });
}

/** Looks at a link as a tablet with this address does; the status. */
function lookFrom(localAddress: string, port: number, said?: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const asking = request({
      host: '127.0.0.1',
      port,
      localAddress,
      servername: 'localhost',
      agent: false,
      method: 'POST',
      path: '/api/links/look',
      headers: {
        Host: `localhost:${port}`,
        'Content-Type': 'application/json',
        ...(said === undefined ? {} : { 'X-Forwarded-For': said })
      }
    });
    asking.on('error', fail);
    asking.on('response', (response) => {
      response.resume();
      response.on('end', () => done(response.statusCode));
    });
    asking.end(JSON.stringify({ secret: 'A'.repeat(43) }));
  });
}

test.each([
  ['Caddy', caddy, startCaddy],
  ['nginx', nginx, startNginx]
] as const)(
  '[OP14] %s with the configuration that comes along passes sockets, bodies of 2 MiB and the tablet’s address',
  async (name, binary, start) => {
    if (!existsSync(binary)) return void console.warn(`${name} is not here: its configuration is not tried.`);
    const certificate = ownCertificate();
    const [port, plain] = [await freePort(), await freePort()];
    const address = `https://localhost:${port}`;
    const { relay, setUp } = await testRelay({
      trustProxy: trustedProxies('127.0.0.1') ?? expect.fail(),
      publicUrl: new URL(address),
      rates: { ...caps.rates, doors: { burst: 4, perSecond: 1 } }
    });
    await start({ port, plain, relay: relay.port, certificate, folder: tempFolder() });

    const { tablet, space } = await found(address, setUp);
    expect((await tablet.follow(`members/${space}@1`).synced()).version).toBe(1);

    const head = '{"changes":[],"x":"';
    const largest = `${head}${'a'.repeat(limits.body - head.length - 2)}"}`;
    const taken = await tablet.ask('POST', '/api/changes', largest);
    expect([taken.body, taken.headers.has(relayHeader)]).toEqual([{ code: 'malformed' }, true]);
    const larger = await tablet.ask('POST', '/api/changes', `${largest} `);
    expect([larger.body, larger.headers.has(relayHeader)]).toEqual([{ code: 'too-large' }, true]);

    for (let count = 0; count < 4; count++) expect(await lookFrom('127.0.0.2', port)).toBe(404);
    expect(await lookFrom('127.0.0.2', port, '127.0.0.3')).toBe(429);
    expect(await lookFrom('127.0.0.3', port)).toBe(404);
  }
);

test('[OP14] the unit that comes along is one that systemd takes', () => {
  if (!existsSync(systemd)) return void console.warn('systemd is not here: its unit is not tried.');
  const unit = join(ops, 'twinspace.service');
  expect(execFileSync(systemd, ['verify', unit], { encoding: 'utf8', stdio: 'pipe' })).toBe('');
  const broken = join(tempFolder(), 'twinspace.service');
  writeFileSync(broken, readFileSync(unit, 'utf8').replace('ExecStart=', 'ExecStarts='));
  expect(() => execFileSync(systemd, ['verify', broken], { stdio: 'pipe' })).toThrow();
});
