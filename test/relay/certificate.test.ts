import { copyFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { readConfig } from '#relay/config.ts';
import { leaveDoor, findDoor } from '#relay/ops/admin-door.ts';
import { postHere } from '#relay/ops/post-here.ts';
import { ownCertificate } from '../support/certificate.ts';
import { found, Tablet } from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';

/** The fingerprint of the certificate that is shown to whoever connects now. */
function shown(port: number): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false });
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      done(socket.getPeerX509Certificate()?.fingerprint256 ?? '');
      socket.destroy();
    });
  });
}

test('[OP13] with a certificate of its own the relay speaks https, sockets too, and its commands find it', async () => {
  const { certificate, key } = ownCertificate();
  const { relay, setUp, folder } = await testRelay({ tls: { certificate, key } });
  expect(relay.address).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const { tablet, space } = await found(relay.address, setUp);
  expect((await tablet.follow(`members/${space}@1`).synced()).version).toBe(1);
  // Browsers let nobody come by TLS who has another's name.
  const named = new Tablet(`https://localhost:${relay.port}`, { Host: 'aula.example.org' });
  expect((await named.ask('GET', '/api/relay')).status).toBe(200);
  leaveDoor(folder, relay);
  const door = findDoor(folder);
  const asked = { make: 'founding' };
  const answer = await postHere(`${door?.address}/api/admin/links`, door?.token ?? '', asked);
  expect(JSON.parse(answer.text)).toHaveProperty('path');
  expect((await postHere(`${door?.address}/api/admin/links`, 'none', asked)).status).toBe(404);
});

test('[OP13] another certificate is taken while the relay runs; one that does not serve leaves the one before, and is told once', async () => {
  const own = ownCertificate();
  const next = ownCertificate();
  const { certificate, key } = own;
  const { relay, log } = await testRelay({ tls: { certificate, key } });
  const told = (): string[] => (log.lines as { event: string }[][]).map(([line]) => line?.event ?? '');
  const first = await shown(relay.port);
  await relay.lookAtCertificate();
  expect(told()).toEqual([]);

  // Half of a renewal: the key is still that of the one before.
  copyFileSync(next.certificate, certificate);
  await relay.lookAtCertificate();
  await relay.lookAtCertificate();
  expect(told()).toEqual(['certificate-refused']);
  expect(await shown(relay.port)).toBe(first);

  copyFileSync(next.key, key);
  await relay.lookAtCertificate();
  expect(told()).toEqual(['certificate-refused', 'certificate-taken']);
  const second = await shown(relay.port);
  expect(second).not.toBe(first);

  writeFileSync(certificate, 'no certificate');
  await relay.lookAtCertificate();
  writeFileSync(certificate, '');
  await relay.lookAtCertificate();
  expect(told().slice(2)).toEqual(['certificate-refused', 'certificate-refused']);
  expect(await shown(relay.port)).toBe(second);
});

test('[OP3, OP13] a certificate that is none, or without its key, is named before the relay starts', async () => {
  expect(() => readConfig({ TLS_CERT: '/a.pem' })).toThrow('TLS_KEY is not set');
  expect(() => readConfig({ TLS_KEY: '/a.pem' })).toThrow('TLS_CERT is not set');
  expect(readConfig({ TLS_CERT: '/a.pem', TLS_KEY: '/b.pem' }).tls).toEqual({
    certificate: '/a.pem',
    key: '/b.pem'
  });
  const { certificate } = ownCertificate();
  const { key } = ownCertificate();
  for (const tls of [
    { certificate, key },
    { certificate, key: '/nowhere.pem' }
  ])
    await expect(testRelay({ tls })).rejects.toThrow('certificate-invalid');
});
