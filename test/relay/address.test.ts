import { expect, test } from 'vitest';
import type { AddressAnswer } from '#lib/protocol/messages.ts';
import { addPupil, found, invite, Tablet, type Answer } from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';

const chosen = 'https://twin.example.org';

const choose = (tablet: Tablet, address: string): Promise<Answer<AddressAnswer>> =>
  tablet.ask('POST', '/api/address', { address });

test('[OP12] an administrator of the first TwinSpace says the address, every device is told, and a restart keeps it', async () => {
  const { relay, setUp, folder } = await testRelay();
  const stranger = new Tablet(relay.address);
  expect((await stranger.ask('GET', '/api/address')).body).toEqual({
    founded: false,
    by: 'nobody',
    mayChoose: false
  });
  const first = await found(relay.address, setUp);
  expect((await first.tablet.ask('GET', '/api/address')).body).toMatchObject({
    founded: true,
    mayChoose: true
  });
  expect((await choose(first.tablet, 'twin.example.org')).body).toMatchObject({
    by: 'administrator',
    address: chosen,
    mayChoose: true
  });
  expect((await stranger.ask('GET', '/api/address')).body).toMatchObject({
    address: chosen,
    mayChoose: false
  });
  const teacher = await invite(first);
  expect((await teacher.tablet.report()).body.address).toBe(chosen);
  expect(relay.linksBegin).toBe(chosen);
  await relay.stop();
  const again = await testRelay({ dataDir: folder });
  expect(again.relay.reach).toContain(chosen);
  const back = first.tablet.at(again.relay.address);
  expect((await choose(back, '')).body).toMatchObject({ by: 'nobody' });
  expect((await back.report()).body).not.toHaveProperty('address');
});

test('[OP12] nobody else leads the links of all elsewhere', async () => {
  const { relay, setUp } = await testRelay();
  const first = await found(relay.address, setUp);
  const { path } = await relay.makeFoundingLink();
  const other = await found(relay.address, path.split('#')[1] ?? '');
  const teacher = await invite(first);
  const { pupil } = await addPupil(first, 'Angel', 'CanoRobles');
  const child = new Tablet(relay.address);
  await child.signIn(pupil);
  for (const tablet of [other.tablet, teacher.tablet, child])
    expect(await choose(tablet, chosen)).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
  expect(await choose(new Tablet(relay.address), chosen)).toMatchObject({ body: { code: 'not-enrolled' } });
  for (const address of ['http://twin.example.org', 'https://twin.example.org/a', 'javascript:alert(1)'])
    expect(await choose(first.tablet, address)).toMatchObject({ body: { code: 'malformed' } });
  expect((await first.tablet.report()).body).not.toHaveProperty('address');
});

test('[OP12] what the technician says counts, whatever an administrator had said', async () => {
  const { relay, setUp, folder } = await testRelay();
  const first = await found(relay.address, setUp);
  await choose(first.tablet, chosen);
  await relay.stop();
  const publicUrl = new URL('https://other.example.org');
  const again = await testRelay({ dataDir: folder, publicUrl });
  const back = first.tablet.at(again.relay.address);
  expect((await back.report()).body.address).toBe(publicUrl.origin);
  expect(await choose(back, chosen)).toMatchObject({ body: { code: 'not-permitted' } });
});
