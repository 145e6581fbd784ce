import * as Y from 'yjs';
import type { PageId } from '#lib/domain/ids.ts';
import { bodyOf, newBlock, newElement } from './page-edits.ts';

/** A page with everything that one can hold, as a class writes it; it links to another page of the TwinSpace. */
export function diary(doc: Y.Doc, other: PageId): void {
  const cell = (header: boolean, text: string): Y.XmlElement => {
    const made = newElement('cell', { header });
    made.insert(0, [newBlock({}, text)]);
    return made;
  };
  const row = (header: boolean, ...texts: readonly string[]): Y.XmlElement => {
    const made = newElement('row', {});
    made.insert(
      0,
      texts.map((text) => cell(header, text))
    );
    return made;
  };
  const words = 'Nace en Fontibre y va hasta el mar. Más en la Confederación y en el Duero.';
  const marked = newBlock({}, words);
  const table = newElement('table', {});
  table.insert(0, [
    row(true, 'Río', 'Largo', 'Nace en', 'Desemboca en'),
    row(false, 'Ebro', '930 km', 'Fontibre', 'Deltebre'),
    row(false, 'Duero', '897 km', 'Duruelo de la Sierra', 'Oporto')
  ]);
  doc.transact(() => {
    bodyOf(doc).push([
      newBlock({ kind: 'heading-2' }, 'El Ebro'),
      marked,
      newBlock({}, 'Hoy fuimos andando desde el colegio. El agua bajaba muy alta\ny estaba fría.'),
      newBlock({ kind: 'heading-3' }, 'Lo que vimos'),
      newBlock({ kind: 'bullet' }, 'Una garza'),
      newBlock({ kind: 'bullet' }, 'Afluentes:'),
      newBlock({ kind: 'number', indent: 1 }, 'Arga'),
      newBlock({ kind: 'number', indent: 1 }, 'Jalón'),
      newBlock({ kind: 'bullet' }, 'Un molino'),
      newBlock({ kind: 'quote' }, 'De los ríos de España, el Ebro es el que más agua lleva.'),
      newBlock({ kind: 'callout' }, 'Para bajar a la orilla hay que llevar chaleco.'),
      newBlock({ kind: 'check', checked: true }, 'Mirar el mapa'),
      newBlock({ kind: 'check' }, 'Pedir permiso en casa'),
      newElement('rule', {}),
      table,
      newElement('media', {
        media: '3f1b2c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d',
        size: 'small',
        alt: 'La garza en la orilla',
        caption: 'La foto es de Ángel.'
      })
    ]);
    const text = marked.get(0);
    const mark = (part: string, how: Readonly<Record<string, object>>): void => {
      if (text instanceof Y.XmlText) text.format(words.indexOf(part), part.length, how);
    };
    mark('Fontibre', { bold: {} });
    mark('la Confederación', { link: { href: 'https://www.chebro.es/' } });
    mark('el Duero', { link: { href: `page:${other}` } });
  });
}
