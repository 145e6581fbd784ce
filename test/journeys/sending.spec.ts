import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { addPupil, marta, memberRow, openMembers, openSpace, signIn } from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[OB2] what waits is sent by the browser itself when the network is back, with the app closed', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page, context } = desk;
  await begin(desk, relay, space);
  await desk.cut();
  await addPupil(page, { given: 'Ana', family: 'Uno', password: 'tigre7luna' });
  // Not the app: a page of the same address that runs nothing of it.
  const bare = await context.newPage();
  const devtools = await context.newCDPSession(bare);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${desk.origin}/`);
      if (own) resolve(own.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await registered;
  await page.close();
  await desk.mend();
  await devtools.send('ServiceWorker.dispatchSyncEvent', {
    origin: desk.origin,
    registrationId,
    tag: 'outbox',
    lastChance: true
  });

  const other = await tablet();
  await signIn(other.page, '/login', 'marta.ruiz.1', marta.password);
  await openSpace(other.page, space);
  await openMembers(other.page);
  await expect(memberRow(other.page, 'Ana Uno')).toContainText('ana.uno.1');
});
