import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import {
  bringPicture,
  choosePictures,
  colourAt,
  decodedSize,
  film,
  openMedia,
  pictureOf,
  playButton,
  printed,
  putFromLibrary,
  putIntoPage,
  saysAny,
  speak
} from '../support/media-steps.ts';
import { marker } from '../support/media/marked.ts';
import { beginWriting, enterPage, openPage } from '../support/page-steps.ts';
import { photo } from '../support/photo.ts';
import { allSent, signIn } from '../support/steps.ts';

const space = 'Ríos de Europa';
const ana = { given: 'Ana', family: 'Uno', password: 'tigre7luna' };
const ben = { given: 'Ben', family: 'Dos', password: 'oso4nube' };
const title = 'El Ebro';

test('[G16, MT1, MT2, MT4, MT6] a pupil puts a photo into a page with no network; it stands upright at once, and in the evening on the other tablet, without a place in it', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const own = await tablet();
  await begin(desk, relay, space, { pupils: [ana], pages: [{ title, given: 'pupils' }] });
  await signIn(own.page, '/login', 'ana.uno.1', ana.password);
  await enterPage(own.page, space, title);
  const taken = await photo(own.page, { width: 1600, height: 1200, orientation: 6 });
  expect(taken.includes(marker)).toBe(true);
  await own.cut();

  await beginWriting(own.page, title);
  const dialog = await choosePictures(own.page, [
    { name: `${marker}.jpg`, mimeType: 'image/jpeg', buffer: taken }
  ]);
  await dialog.getByLabel('¿Qué se ve aquí?').fill('El puente');
  await dialog.getByRole('button', { name: /Poner/ }).click();
  const mine = pictureOf(own.page, 'El puente');
  expect(await decodedSize(mine)).toEqual([1200, 1600]);
  // The first row of the sensor is the right edge of what the camera saw.
  expect([await colourAt(mine, 0.9, 0.1), await colourAt(mine, 0.9, 0.9)]).toEqual(['red', 'green']);
  expect([await colourAt(mine, 0.1, 0.1), await colourAt(mine, 0.1, 0.9)]).toEqual(['blue', 'grey']);
  await own.page.getByRole('button', { name: 'Hecho' }).click();
  await own.page.reload();
  expect(await decodedSize(pictureOf(own.page, 'El puente'))).toEqual([1200, 1600]);

  await own.mend();
  await allSent(own.page);
  await openPage(desk.page, title);
  // The preview comes first.
  await expect.poll(() => decodedSize(pictureOf(desk.page, 'El puente'))).toEqual([1200, 1600]);
  expect(await printed(pictureOf(desk.page, 'El puente'))).toEqual({
    upright: true,
    corners: ['blue', 'red', 'grey', 'green']
  });
  expect(await saysAny(relay.folder, [marker])).toEqual([]);
});

test('[G16, MT1, MT4, MT6, MT7, SP6] filmed, spoken, pasted and dropped with no network; the tablet is reloaded, the relay is away for a while; in the end the other tablet plays it', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const own = await tablet();
  await begin(desk, relay, space, { pupils: [ana], pages: [{ title }] });
  await openPage(desk.page, title);
  await signIn(own.page, '/login', 'ana.uno.1', ana.password);
  await enterPage(own.page, space, title);
  const picture = await photo(desk.page, { width: 800, height: 600 });
  await desk.cut();

  await beginWriting(desk.page, title);
  await film(desk.page, 'El agua baja');
  await speak(desk.page, 'Marta cuenta');
  await bringPicture(desk.page, 'paste', picture, 'La orilla');
  await bringPicture(desk.page, 'drop', picture, 'El molino');
  await desk.page.getByRole('button', { name: 'Hecho' }).click();
  await expect(pictureOf(desk.page, 'El molino')).toBeVisible();
  await expect(desk.page.getByText(/sin enviar|por enviar|esperan/i).first()).toBeVisible();

  await relay.kill();
  await desk.mend();
  await desk.page.reload();
  await relay.start();
  await allSent(desk.page);
  await playButton(own.page, 'El agua baja').click();
  await expect(own.page.locator('video')).toHaveJSProperty('error', null);
  await expect
    .poll(() => own.page.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth))
    .toBeGreaterThan(0);
  await playButton(own.page, 'Marta cuenta').click();
  await expect
    .poll(() => own.page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.readyState))
    .toBeGreaterThan(1);
  for (const alt of ['La orilla', 'El molino'])
    await expect.poll(() => decodedSize(pictureOf(own.page, alt))).toEqual([800, 600]);
  expect(await saysAny(relay.folder, ['Lavf', 'Chrome', 'imagen.jpg'])).toEqual([]);
});

test('[G16, ML4, ML5, MT6, PE35] what a pupil adds waits for a teacher: others see that it waits, the teacher says no to one and why, and yes to the other', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const own = await tablet();
  const other = await tablet();
  await begin(desk, relay, space, { pupils: [ana, ben], pages: [{ title, given: 'pupils' }] });
  await desk.page.goto(`${new URL(desk.page.url()).pathname}/settings`);
  const approval = desk.page.getByRole('switch', { name: /mira antes lo que añade/ });
  await approval.click();
  await expect(approval).toBeChecked();
  await openPage(desk.page, title);
  await allSent(desk.page);
  await signIn(own.page, '/login', 'ana.uno.1', ana.password);
  await enterPage(own.page, space, title);
  const [first, second] = await Promise.all([
    photo(own.page, { width: 400, height: 300 }),
    photo(own.page, { width: 300, height: 400 })
  ]);
  await beginWriting(own.page, title);
  await bringPicture(own.page, 'paste', first, 'Una cara');
  await bringPicture(own.page, 'paste', second, 'El puente');
  await own.page.getByRole('button', { name: 'Hecho' }).click();
  await expect(own.page.getByText('Espera a que la mire un docente').first()).toBeVisible();
  await allSent(own.page);

  await signIn(other.page, '/login', 'ben.dos.1', ben.password);
  await enterPage(other.page, space, title);
  await expect(other.page.getByText('Un docente la mirará antes').first()).toBeVisible();

  await openMedia(desk.page);
  await desk.page.getByRole('link', { name: /Esperan tu visto bueno/ }).click();
  // Which of them comes first is a matter of their ids.
  for (const place of ['1 de 2', '2 de 2']) {
    await expect(desk.page.getByText(place)).toBeVisible();
    const face = desk.page.getByRole('img', { name: 'Una cara' });
    await expect(face.or(desk.page.getByRole('img', { name: 'El puente' }))).toBeVisible();
    if (await face.isVisible()) {
      await desk.page.getByRole('button', { name: 'No, y decir por qué' }).click();
      await desk.page.getByLabel('¿Por qué no?').fill('Se ve una cara: difumínala.');
      await desk.page.getByRole('button', { name: 'Decírselo' }).click();
    } else await desk.page.getByRole('button', { name: 'Sí, que se vea' }).click();
  }
  await allSent(desk.page);

  await expect.poll(() => decodedSize(pictureOf(other.page, 'El puente'))).toEqual([300, 400]);
  await expect(own.page.getByText('Se ve una cara: difumínala.')).toBeVisible();
  await expect(other.page.getByText('Se ve una cara: difumínala.')).toHaveCount(0);
});

test('[G16, PE27, ML3, MT8] the list of all media: what is there already is put into a page, what nobody uses is deleted, brought back, and stands in its page as before', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  await begin(desk, relay, space, { pages: [{ title }] });
  await openPage(desk.page, title);
  const picture = await photo(desk.page, { width: 400, height: 300 });
  await beginWriting(desk.page, title);
  await bringPicture(desk.page, 'paste', picture, 'La orilla');
  await bringPicture(desk.page, 'paste', await photo(desk.page, { width: 300, height: 300 }), 'El molino');
  await pictureOf(desk.page, 'El molino').click();
  await desk.page.getByRole('button', { name: 'Quitar de la página' }).click();
  await desk.page.getByRole('button', { name: 'Hecho' }).click();
  await expect(pictureOf(desk.page, 'El molino')).toHaveCount(0);
  await allSent(desk.page);

  await openMedia(desk.page);
  const list = desk.page.getByRole('list', { name: 'Fotos, vídeos y voces' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  const unused = desk.page.getByRole('radio', { name: /^Sin usar/ });
  await unused.check({ force: true });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await list.getByRole('checkbox').check();
  await putIntoPage(desk.page, title);
  const undescribed = desk.page.getByText('Falta decir qué se ve');
  await expect(undescribed).toBeVisible();
  await desk.page.keyboard.press('Control+z');
  await expect(undescribed).toHaveCount(0);
  await putFromLibrary(desk.page, 'orilla');
  await expect(pictureOf(desk.page, 'La orilla')).toHaveCount(2);
  await desk.page.getByRole('button', { name: 'Hecho' }).click();

  await openMedia(desk.page);
  await unused.check({ force: true });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await list.getByRole('checkbox').check();
  await desk.page.getByRole('main').getByRole('button', { name: 'Borrar' }).first().click();
  await expect(desk.page.getByText('Aquí no hay nada todavía')).toBeVisible();
  await desk.page.getByRole('radio', { name: /^Todo/ }).check({ force: true });
  await expect(list.getByRole('link', { name: title })).toBeVisible();
  await list.getByRole('button', { name: 'Borrar' }).click();
  await desk.page.getByRole('radio', { name: /^Papelera/ }).check({ force: true });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  for (const box of await list.getByRole('checkbox').all()) await box.check();
  await desk.page.getByRole('main').getByRole('button', { name: 'Recuperar' }).first().click();
  await openPage(desk.page, title);
  await expect(pictureOf(desk.page, 'La orilla')).toHaveCount(2);
});
