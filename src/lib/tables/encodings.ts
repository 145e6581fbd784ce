/** The encodings in which lists of Europe's schools come; the order in which they are offered. */
export const encodings = [
  ...([
    'utf-8',
    'utf-16le',
    'utf-16be',
    'windows-1252',
    'windows-1250',
    'iso-8859-2',
    'windows-1253'
  ] as const),
  ...(['iso-8859-7', 'windows-1251', 'windows-1254', 'windows-1257', 'cp850', 'macintosh'] as const)
] as const;

export type Encoding = (typeof encodings)[number];

/** The upper half of code page 850, from 0x80 on (IBM CP00850): what DOS programs of Western Europe write. */
const upper850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

/** The text of bytes in an encoding; what means nothing in it is U+FFFD. */
export function textIn(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding !== 'cp850') return new TextDecoder(encoding).decode(bytes);
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : (upper850[byte - 0x80] ?? '');
  return text;
}
