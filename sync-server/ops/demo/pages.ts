import * as Y from 'yjs';
import type { AccountId, PageId } from '#lib/domain/ids.ts';
import { orderBetween } from '#lib/domain/page-order.ts';
import { newLine } from '#lib/yjs/new-line.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageRoot, type BlockKind } from '#lib/yjs/page-schema.ts';
import type { DemoTablet } from './demo-tablet.ts';
import type { DemoPerson } from './person.ts';

/** A page of the demo TwinSpace: its lines as they would be typed. */
export interface DemoPage {
  readonly title: string;
  readonly draft?: true;
  /** Who may write in it beside the teachers: all pupils, or these. */
  readonly given?: 'pupils' | readonly AccountId[];
  readonly lines?: string;
  readonly under?: readonly DemoPage[];
}

const begins: readonly (readonly [string, BlockKind])[] = [
  ['## ', 'heading-2'],
  ['### ', 'heading-3'],
  ['- ', 'bullet'],
  ['1. ', 'number'],
  ['[] ', 'check'],
  ['> ', 'quote'],
  ['! ', 'callout']
];

const pages: readonly DemoPage[] = [
  {
    title: 'Bienvenida',
    lines: `Este es el TwinSpace de dos clases, una en Aranda de Duero y otra en Florencia. Cada una vive junto a un río, y durante el curso los vamos a conocer juntos.
## Qué haremos
1. Observar nuestro río en cada estación.
1. Contar lo que vemos en el diario.
1. Preparar una exposición para las familias.
> Un río no es solo agua: es todo lo que vive de ella.`
  },
  {
    title: 'Ríos',
    lines: 'Una página por río. Quien tenga permiso puede escribir en ellas.',
    under: [
      {
        title: 'El Duero',
        given: 'pupils',
        lines: `El Duero nace en los Picos de Urbión, a más de dos mil metros, y llega al Atlántico en Oporto.
## Lo que hemos visto
- Una garza real pescando junto al puente.
- Chopos y sauces en la orilla.
- El agua, más alta que en octubre.
! Para bajar a la orilla hay que ir siempre con un docente.`
      },
      {
        title: 'El Arno',
        given: 'pupils',
        lines: `L'Arno nasce sul monte Falterona e attraversa Firenze.
## Cosa abbiamo visto
- Il Ponte Vecchio visto dalla riva.
- Due aironi e molte anatre.`
      },
      { title: 'El Ebro', given: 'pupils', lines: '' }
    ]
  },
  {
    title: 'Diario del proyecto',
    lines: 'Cada semana escribe un equipo.',
    under: [
      {
        title: 'Otoño',
        given: 'pupils',
        lines: `## Semana 1
Fuimos al río andando. Medimos la temperatura del agua: once grados.
## Semana 2
Los compañeros de Florencia nos enseñaron su puente por videollamada.
[] Mandarles nuestras fotos
[] Preguntar cómo se dice «nutria» en italiano`
      },
      { title: 'Invierno', draft: true, lines: '' }
    ]
  },
  {
    title: 'Normas',
    lines: `1. Cuidamos lo que escriben los demás.
1. No ponemos apellidos ni direcciones.
1. Antes de publicar una foto, preguntamos.`
  },
  {
    title: 'Palabras del río',
    given: 'pupils',
    lines: `- afluente · affluente
- orilla · riva
- puente · ponte
- nutria · lontra`
  },
  {
    title: 'Guion de la exposición',
    draft: true,
    lines: 'Ideas de los docentes; todavía no está a la vista de la clase.'
  }
];

/** Fills the demo's pages: made by the first teacher, and written by them. */
export async function fillPages(tablet: DemoTablet, teacher: DemoPerson): Promise<void> {
  const made = await makePages(tablet, teacher, pages);
  const [home] = made;
  if (home) await tablet.do(teacher, 'page.home', { page: home, home: true });
}

/** Makes these pages beside one another, with those below each; resolves with their ids, those below left out. */
export async function makePages(
  tablet: DemoTablet,
  teacher: DemoPerson,
  beside: readonly DemoPage[],
  parent?: PageId
): Promise<readonly PageId[]> {
  const made: PageId[] = [];
  let order: string | undefined;
  for (const { title, draft = false, given = [], lines = '', under = [] } of beside) {
    const page = crypto.randomUUID() as string as PageId;
    order = orderBetween(order) ?? '';
    const where = parent === undefined ? {} : { parent };
    await tablet.do(teacher, 'page.create', { page, title, order, draft, ...where });
    const grantees =
      given === 'pupils'
        ? [{ is: 'pupils' } as const]
        : given.map((account) => ({ is: 'member', account }) as const);
    for (const to of grantees) await tablet.do(teacher, 'page.permit', { page, to });
    const { client, update } = written(lines);
    if (update) await tablet.write(teacher, page, client, update);
    await makePages(tablet, teacher, under, page);
    made.push(page);
  }
  return made;
}

/** What somebody types into an empty page. */
function written(lines: string): { readonly client: number; readonly update: Uint8Array | undefined } {
  const doc = pageDocument({ keepDeleted: true });
  const blocks = lines.split('\n').map((line) => {
    const [sign = '', kind] = begins.find(([begin]) => line.startsWith(begin)) ?? [];
    return newLine(line.slice(sign.length), kind);
  });
  if (lines === '') return { client: doc.clientID, update: undefined };
  doc.getXmlFragment(pageRoot).push(blocks);
  return { client: doc.clientID, update: Y.encodeStateAsUpdate(doc) };
}
