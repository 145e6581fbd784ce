import { school } from '../support/school.ts';
import { test } from './support/test.ts';

test('[G14, VS1, VS2, VS6] a link is opened with no account, read again without a network, and shows nothing once it is ended', async ({
  relay,
  wired
}) => {
  const made = await school(relay.address, relay.setupPath, 1);
  const visit = await made.invitesVisitors(['El Ebro', 'Fotos']);
  const { device: phone, cable } = await wired({ width: 390, height: 844 });
  await phone.goto(cable.origin + visit.path);
  await phone.sees({ role: 'heading', name: made.name });
  await phone.becomes(() => location.hash === '');
  await phone.sees({ text: /Guardado en este dispositivo/ });
  await phone.click({ role: 'link', name: /El Ebro/ });
  await phone.sees({ role: 'heading', name: 'El Ebro' });

  cable.cut();
  await phone.reload();
  await phone.sees({ role: 'heading', name: 'El Ebro' });
  await phone.click({ role: 'link', name: /Fotos/ });
  await phone.sees({ role: 'heading', name: 'Fotos' });

  cable.mend();
  await visit.ends();
  await phone.reload();
  await phone.sees({ role: 'heading', name: 'Este enlace ya no se abre' });
  await phone.becomes(async () => (await caches.keys()).every((name) => !name.startsWith('visit')));
});
