import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { addPupil, allSent, changeRole, luca } from '../support/steps.ts';

const space = 'Ríos de Europa';
const ana = { given: 'Ana', family: 'Sanz', password: 'tigre7luna' };

test('[LO8, LO2, LO5, PE31] an administrator reads who did what to whom, and what was refused and why', async ({
  relay,
  tablet
}) => {
  const [desk, home] = [await tablet(), await tablet()];
  const { page } = desk;
  await begin(desk, relay, space, { teachers: [luca], pupils: [ana] });
  await enter(home, 'luca.bianchi.1', luca.password, space);
  await allSent(page);
  // Luca goes offline with an own pupil, and is made a pupil meanwhile: what he does is refused.
  await home.cut();
  await addPupil(home.page, { given: 'Ben', family: 'Roth', password: 'luna7tigre' });
  await changeRole(page, 'Luca Bianchi', 'Alumno');
  await allSent(page);
  await home.mend();
  await expect(home.page.getByText(/rechazado/i).first()).toBeVisible();

  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'TwinSpace' }).click();
  await page.getByRole('link', { name: 'Registro de actividad' }).click();
  await expect(page.getByRole('heading', { name: 'Registro de actividad', level: 1 })).toBeVisible();
  await expect(page.getByText('Marta Ruiz fundó el TwinSpace')).toBeVisible();
  await expect(page.getByText('Marta Ruiz invitó a Luca como Docente')).toBeVisible();
  await expect(page.getByText('Luca Bianchi entró con una invitación')).toBeVisible();
  await expect(page.getByText('Marta Ruiz añadió a Ana Sanz como Alumno')).toBeVisible();
  await expect(page.getByText('Marta Ruiz cambió la función de Luca Bianchi: Alumno')).toBeVisible();
  await expect(page.getByText('Luca Bianchi lo intentó: Añadir a alguien que no está aquí')).toBeVisible();
  const list = page.getByRole('list').filter({ hasText: 'fundó el TwinSpace' });
  await expect(list.getByText(/\d\d:\d\d/)).toHaveCount(0);

  await page.getByRole('radio', { name: 'Rechazado' }).check();
  await expect(page.getByText('fundó el TwinSpace')).toHaveCount(0);
  await expect(page.getByText(/Se le dijo: «/)).toBeVisible();
  await page.getByRole('radio', { name: 'Todo' }).check();
  await page.getByLabel('De quién').selectOption({ label: 'Ana Sanz' });
  await expect(page.getByText('entró con una invitación')).toHaveCount(0);
  await expect(page.getByText('Marta Ruiz añadió a Ana Sanz como Alumno')).toBeVisible();
  await page.getByRole('radio', { name: 'Ajustes' }).check();
  await expect(page.getByText('Aquí no hay nada')).toBeVisible();
  await page.getByRole('button', { name: 'Ver todo' }).click();
  await expect(page.getByText('Marta Ruiz fundó el TwinSpace')).toBeVisible();
});
