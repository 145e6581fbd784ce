import { describe, expect, test } from 'vitest';
import { pastedHtml } from '#lib/editor/pasted-html.ts';
import { pasteLimits, pastedText, type Pasted, type PastedBlock } from '#lib/editor/pasted.ts';
import { typedAddress } from '#lib/ui/pages/writing/typed-address.ts';
import { Seeded } from '../support/seeded.ts';

function block({ kind, indent, checked, runs }: PastedBlock): string {
  const text = runs
    .map(({ text: words, marks, href }) => {
      const looks = [...marks, ...(href === undefined ? [] : [href])];
      return looks.length === 0 ? words : `{${looks.join(' ')}|${words}}`;
    })
    .join('');
  return `${kind}${indent > 0 ? `+${indent}` : ''}${checked ? '✓' : ''}: ${text}`;
}

function told(part: Pasted): string {
  if (part.is === 'rule') return '---';
  if (part.is === 'block') return block(part);
  const rows = part.rows.map((row) =>
    row.map(({ header, blocks }) => `${header ? '*' : ''}${blocks.map(block).join(' / ')}`).join(' | ')
  );
  return `[${rows.join(' || ')}]`;
}

const paste = (html: string): readonly string[] => pastedHtml(html).parts.map(told);

describe('what is pasted', () => {
  test('[PV6, PG1] becomes blocks by the page’s own table: headings, lists in lists, quotes, marks, links', () => {
    expect(
      paste(
        `<h1>Ríos</h1><p>El <b>Ebro</b> y <a href="https://a.es/x?a=1&amp;b=2"><i>más</i></a></p>
         <ul><li>Arga<ol><li>uno</li><li><p>dos</p><p>y más</p></li></ol></li><li>Ega</li></ul>
         <blockquote><p>Uno</p><p>Dos</p></blockquote><hr><pre>a\n  b</pre>`
      )
    ).toEqual([
      'heading-2: Ríos',
      'text: El {bold|Ebro} y {italic https://a.es/x?a=1&b=2|más}',
      'bullet: Arga',
      'number+1: uno',
      'number+1: dos\ny más',
      'bullet: Ega',
      'quote: Uno',
      'quote: Dos',
      '---',
      'text: a\n  b'
    ]);
  });

  test('[PV6] from Google Docs: what is bold by its style alone, and what is not though its element says so', () => {
    expect(
      paste(
        `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span style="font-size:16pt;font-weight:400;">Plan</span></h2><p dir="ltr"><span style="font-weight:700;font-style:italic;text-decoration:none;">Hoy</span><span style="font-weight:400"> salimos</span></p><br><ul><li dir="ltr" aria-level="1"><p role="presentation"><span>agua</span></p></li><ul><li aria-level="2"><p><span style="text-decoration:line-through">pan</span></p></li></ul></ul><ul><li role="checkbox" aria-checked="true"><img src="https://x/y.png"><p>mapa</p></li></ul></b>`
      )
    ).toEqual([
      'heading-2: Plan',
      'text: {bold italic|Hoy} salimos',
      'bullet: agua',
      'bullet+1: {strike|pan}',
      'check✓: mapa'
    ]);
  });

  test('[PV6] from Word: lists that are paragraphs with signs before them, conditional comments, islands of XML', () => {
    const entry = (level: number, sign: string, words: string): string =>
      `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]><span lang=ES>${words}<o:p></o:p></span></p>`;
    expect(
      paste(
        `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p {color:red} --></style><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></head><body lang=ES><!--StartFragment--><p class=MsoTitle>El r&iacute;o</p><p class=MsoNormal>&nbsp;<o:p></o:p></p>${entry(1, '&middot;', 'Arga')}${entry(2, 'o', 'Ega')}${entry(1, '1.', 'Jal&oacute;n')}<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>R&#237;o</b></p></td><td><p>km</p></td></tr><tr><td><p>Ebro</p></td></tr></table><!--EndFragment--></body></html>`
      )
    ).toEqual([
      'heading-2: El río',
      'bullet: Arga',
      'bullet+1: Ega',
      'number: Jalón',
      '[text: {bold|Río} | text: km || text: Ebro]'
    ]);
  });

  test('[PV6, PG2] no script, handler, style, form, foreign picture or strange address survives', () => {
    const strange = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\tscript:alert(1)',
      '&#106;avascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'https://[',
      `https://a.es/${'x'.repeat(100_000)}`
    ];
    for (const href of strange) expect(paste(`<a href="${href}">aquí</a>`)).toEqual(['text: aquí']);
    expect(paste('<a href="HTTPS://A.es/ñ">aquí</a>')).toEqual(['text: {https://a.es/%C3%B1|aquí}']);
    expect(
      paste(
        `<script>alert('x')</script><style>p{}</style><svg><text>no</text></svg><img src=x onerror=alert(1)>
         <iframe src="//x">no</iframe><p onclick="x()" style="color:red" class="y">sí</p><select><option>no</select>
         <textarea><p>no</p></textarea><template><p>no</p></template><video>no</video>`
      )
    ).toEqual(['text: sí']);
  });

  test('[PV6] what this app has copied comes back as it was', () => {
    expect(
      paste(
        `<h3 data-kind="heading-3" data-indent="0" data-checked="false" data-pm-slice="1 1 []">Uno</h3><p data-kind="check" data-indent="2" data-checked="true">dos  y <strong>tres</strong></p><p data-kind="nada" data-indent="99">x</p>`
      )
    ).toEqual(['heading-3: Uno', 'check+2✓: dos  y {bold|tres}', 'text: x']);
  });

  test('[PV6] a table by which a page was laid out is its words; one in another too; cells are filled up', () => {
    expect(paste('<table><tr><td><p>uno</p><p>dos</p></td></tr></table>')).toEqual([
      'text: uno',
      'text: dos'
    ]);
    expect(
      paste('<table><tr><th>a<th>b</tr><tr><td><table><tr><td>c</td></tr></table></td></tr></table>')
    ).toEqual(['[*text: a | *text: b || text: c]']);
  });

  test('[PV6] spaces are those that are seen', () => {
    expect(
      paste('<p>\n  uno\n  <b> dos </b>\n tres&nbsp; </p>  <p>&nbsp;</p>cuatro<br>cinco<br></p>')
    ).toEqual(['text: uno {bold|dos }tres', 'text: cuatro\ncinco']);
  });

  test('[PV6] too much is cut, and said; whatever it is, it takes no longer than its length', () => {
    const long = pastedHtml(`<p>${'agua '.repeat(100)}</p>`.repeat(20_000));
    expect(long.cut).toBe(true);
    expect(long.parts.length).toBeLessThanOrEqual(pasteLimits.pieces + 1);
    for (const bent of ['<a "', "<a '", '<!--', '<', '<style>', '<div>', '<p a=', '</x', '<table>', '&#x'])
      expect(pastedHtml(bent.repeat(400_000)).parts.length).toBeLessThanOrEqual(pasteLimits.pieces + 1);
    expect(pastedText('x\n'.repeat(10_000)).cut).toBe(true);
    expect(pastedText('uno\r\n\r\ndos\u0000').parts.map(told)).toEqual(['text: uno', 'text: dos']);
  });

  test('[PV6, PG3] whatever is read can stand in a page', () => {
    const random = new Seeded(11);
    const bits = [
      ...[
        '<p>',
        '</p>',
        '<ul>',
        '</ul>',
        '<li>',
        '</li>',
        '<table>',
        '<tr>',
        '<td>',
        '</table>',
        '<h2>',
        '</h2>'
      ],
      ...[
        '<b>',
        '</b>',
        '<a href="https://a.es">',
        '</a>',
        '<br>',
        '<hr>',
        '<pre>',
        '</pre>',
        '&#xd800;',
        '&nbsp;'
      ],
      ...[
        '\u0000',
        '\ud83e',
        'río',
        ' ',
        '\n',
        '<input type=checkbox checked>',
        '<svg>',
        '</svg>',
        '<!--',
        '-->'
      ]
    ] as [string, ...string[]];
    for (let round = 0; round < 2_000; round++) {
      const html = Array.from({ length: 30 }, () => random.of(bits)).join('');
      const blocks = pastedHtml(html).parts.flatMap((part) =>
        part.is === 'table'
          ? part.rows.flatMap((row) => row.flatMap((cell) => cell.blocks))
          : part.is === 'block'
            ? [part]
            : []
      );
      for (const { runs, indent } of blocks) {
        expect(indent).toBeLessThanOrEqual(4);
        for (const { text } of runs) {
          expect(text).not.toBe('');
          expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f]|\p{Surrogate}/u);
        }
      }
    }
  });
});

test('[PG2] whoever types an address means one of the web or of mail', () => {
  expect(typedAddress(' chebro.es ')).toBe('https://chebro.es/');
  expect(typedAddress('http://a.es:8080/x')).toBe('http://a.es:8080/x');
  expect(typedAddress('a.es:8080')).toBe('https://a.es:8080/');
  expect(typedAddress('ana@centro.es')).toBe('mailto:ana@centro.es');
  expect(typedAddress('MAILTO:ana@centro.es')).toBe('mailto:ana@centro.es');
  for (const none of [
    '',
    'hola',
    'el río',
    'javascript:alert(1)',
    'https://',
    'ftp://a.es',
    'https://a b.es'
  ])
    expect(typedAddress(none)).toBeUndefined();
});
