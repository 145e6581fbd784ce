import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { dayOf, endOf, plusDays } from '#lib/domain/dates.ts';
import { visitStatus } from '#lib/domain/visits.ts';
import { clockDay } from '#lib/store/device.ts';
import { formatDayAndTime } from '#lib/ui/formats.ts';
import { day, digestOfEmpty, marta, pageId, rios } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { sit } from './support/seat.ts';

test.each([
  ['Europe/Madrid', '1 jul 2027, 2:00'],
  ['Atlantic/Canary', '1 jul 2027, 1:00'],
  ['America/Bogota', '30 jun 2027, 19:00'],
  ['Pacific/Auckland', '1 jul 2027, 12:00'],
  ['UTC', '1 jul 2027, 0:00']
])(
  '[PU5] the last day of a link is the relay’s, and over for all at the moment that is said: in %s %s',
  (zone, said) => {
    const expires = day('2027-06-30');
    const closes = endOf(expires);
    expect(formatDayAndTime(closes, zone)).toBe(said);
    expect(visitStatus({ expires }, dayOf(closes - 1))).toBe('open');
    expect(visitStatus({ expires }, dayOf(closes))).toBe('expired');
  }
);

test('[PU5] when it closes is said as the day is chosen, by the clock of whoever makes it', async () => {
  const world = riosDeEuropa();
  const diary = pageId('diary');
  world.do(marta, 'page.create', { page: diary, title: 'Diario', order: 'a0', draft: false });
  world.do(marta, 'page.publish', { page: diary, digest: digestOfEmpty('Diario') });
  await sit(marta, world, `/space/${rios}/visits`);
  const field = page.getByLabelText('Se puede abrir hasta el');
  for (const days of [1, 100]) {
    const last = plusDays(clockDay(), days);
    await field.fill(last);
    await expect
      .element(field)
      .toHaveAccessibleDescription(
        `Se cierra solo el ${formatDayAndTime(endOf(last))}, en la hora de aquí. Puedes cerrarlo antes cuando quieras.`
      );
  }
});

test('[PU1] where none of them can be published, that is said, and not that one is to be chosen', async () => {
  const world = riosDeEuropa();
  const draft = pageId('draft');
  world.do(marta, 'page.create', { page: draft, title: 'Borrador', order: 'a0', draft: true });
  await sit(marta, world, `/space/${rios}/pages/${draft}/publish`);
  await expect.element(page.getByText('Esta página es un borrador')).toBeVisible();
  const go = page.getByRole('button', { name: /^Publicar/ });
  await expect.element(go).toHaveAttribute('aria-disabled', 'true');
  await expect
    .element(go)
    .toHaveAccessibleDescription('Ninguna se puede publicar todavía: arriba dice por qué.');
});
