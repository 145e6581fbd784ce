import { cleaned } from '../support/media/cleaned.ts';
import { filmAlt, school } from '../support/school.ts';
import { filmed } from './support/media-steps.ts';
import { expect, test } from './support/test.ts';

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

test('[G14, MR4, VS6] a film is shown to visitors, and from what was kept without a network, in the stretches that players ask for', async ({
  relay,
  wired
}) => {
  const made = await school(relay.address, relay.setupPath, 1);
  const film = await cleaned(Buffer.from(await filmed(), 'base64'));
  if (!film) throw new Error('no film');
  const visit = await made.invitesVisitors(['El Ebro'], new Uint8Array(film));
  const { device: phone, cable } = await wired({ width: 390, height: 844 });
  await phone.goto(cable.origin + visit.path);
  await phone.click({ role: 'button', name: /^Guardar también los vídeos/ });
  await phone.misses({ role: 'button', name: /^Guardar también los vídeos/ });
  await phone.click({ role: 'link', name: /El Ebro/ });
  await phone.sees({ role: 'heading', name: 'El Ebro' });
  expect(await phone.evaluate(stretches, film.length)).toEqual(asked(film));

  cable.cut();
  await phone.reload();
  await phone.sees({ role: 'heading', name: 'El Ebro' });
  expect(await phone.evaluate(stretches, film.length)).toEqual(asked(film));
  // VP8 is there wherever the engine came with its codecs; where it did not there is the film's place, with its words.
  const plays = await phone.evaluate(
    (type) => document.createElement('video').canPlayType(type) !== '',
    'video/webm; codecs="vp8"'
  );
  expect(await phone.evaluate(() => document.querySelector('video')?.ariaLabel, null)).toBe(filmAlt);
  if (!plays) return;
  await phone.evaluate(() => {
    const shown = document.querySelector('video');
    if (shown) [shown.preload, shown.muted] = ['auto', true];
    shown?.load();
  }, null);
  await phone.becomes(() => {
    const shown = document.querySelector('video');
    return shown !== null && shown.error === null && shown.videoWidth === 160 && shown.readyState > 1;
  });
});

/** What the page's film says to each of these. */
function stretches(length: number): Promise<readonly (readonly [number, number, string | null])[]> {
  const src = document.querySelector('video')?.src ?? '';
  return Promise.all(
    ['bytes=0-1', 'bytes=2-', 'bytes=-4', `bytes=${length}-`].map(async (range) => {
      const answer = await fetch(src, { headers: { Range: range } });
      const { byteLength } = await answer.arrayBuffer();
      return [answer.status, byteLength, answer.headers.get('content-range')] as const;
    })
  );
}

/** RFC 9110, 14.4. */
function asked({ length }: Uint8Array): Awaited<ReturnType<typeof stretches>> {
  return [
    [206, 2, `bytes 0-1/${length}`],
    [206, length - 2, `bytes 2-${length - 1}/${length}`],
    [206, 4, `bytes ${length - 4}-${length - 1}/${length}`],
    [416, 0, `bytes */${length}`]
  ];
}
