import { expect, test } from 'vitest';
import { freshKeyFor, newcomer, found } from '../support/relay-tablet.ts';
import { classroomTablet, tabletsOf } from '../support/relay-classroom.ts';
import { testRelay } from '../support/relay.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
test('[TB5] measure', { timeout: 600_000 }, async () => {
  for (const count of [100, 2000]) {
    const t = await testRelay();
    const world = { ...t, ...(await found(t.relay.address, t.setUp)) };
    const started = performance.now();
    const letters = (n: number) => [...String(n)].map((d) => 'abcdefghij'[Number(d)]).join('');
    for (let from = 0; from < count; from += 50) {
      const batch: SignedChange[] = [];
      for (let at = from; at < Math.min(count, from + 50); at++) {
        const pupil = await newcomer(`Ana${letters(at)}`, 'Rio', { password: 'trucha7rana2' });
        batch.push(await world.tablet.sign(world.admin, 'pupil.add', { account: pupil.newAccount, role: 'pupil' }, { space: world.space }, pupil.credential));
      }
      t.clock.addSeconds(10);
      await world.tablet.send(...batch);
    }
    console.log(count, 'filled', Math.round(performance.now() - started));
    const tablet = await classroomTablet(world);
    for (let i = 0; i < 4; i++) {
      const b = performance.now();
      const { body, headers } = await tablet.report();
      const ms = performance.now() - b;
      const c = performance.now();
      const again = await tablet.ask('GET', `/api/device?credentials=${body.credentialsTag}`);
      const ms2 = performance.now() - c;
      console.log(count, 'report', ms.toFixed(1), 'ms', JSON.stringify(body).length, 'bytes', body.credentials.length, 'same tag', ms2.toFixed(1), 'ms', JSON.stringify(again.body).length, headers.get('content-encoding'));
    }
    const follower = await tablet.follow(`members/${world.space}@1`).synced();
    const bytes = (await import('yjs')).encodeStateAsUpdate(follower.doc).length;
    console.log(count, 'members doc', bytes);
    const own = performance.now();
    await world.tablet.report();
    console.log(count, 'admin own report', (performance.now() - own).toFixed(1));
    const l = performance.now();
    await tabletsOf(world.tablet, world.space);
    console.log('tablets list', (performance.now() - l).toFixed(1));
    const cart = performance.now();
    for (let i = 0; i < 30; i++) { t.clock.addSeconds(10); const x = await classroomTablet(world); await x.report(); }
    console.log(count, '30 tablets, offer+ask+admit+report', (performance.now() - cart).toFixed(0));
    const p = await newcomer('Zoe', 'Rio');
    const k = performance.now();
    await world.tablet.do(world.admin, 'pupil.add', { account: p.newAccount, role: 'pupil' }, { space: world.space }, p.credential);
    console.log(count, 'pupil.add with 31 tablets', (performance.now() - k).toFixed(1));
    expect(freshKeyFor).toBeDefined();
  }
});
