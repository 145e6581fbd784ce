import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { choosePictures, colourAt, decodedSize, pictureOf, saysAny } from '../support/media-steps.ts';
import { marker } from '../support/media/marked.ts';
import { beginWriting, enterPage, givePage, makePage, openPage } from '../support/page-steps.ts';
import { photo } from '../support/photo.ts';
import { allSent, signIn } from '../support/steps.ts';

const space = 'Ríos de Europa';
const ana = { given: 'Ana', family: 'Uno', password: 'tigre7luna' };
const title = 'El Ebro';

test('[G16, MT1, MT2, MT4, MT6] a pupil puts a photo into a page with no network; it stands upright at once, and in the evening on the other tablet, without a place in it', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const own = await tablet();
  await begin(desk, relay, space, { pupils: [ana] });
  await makePage(desk.page, title, { shown: true });
  await givePage(desk.page, title);
  await allSent(desk.page);
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
  expect(await saysAny(relay.folder, [marker])).toEqual([]);
});
