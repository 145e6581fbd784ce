import { m } from '#lib/paraglide/messages.js';

/** One sign by its name, with the article that begins a sentence: "El punto (.)", "La á (con tilde)", "El emoji 🙂". */
export function signWords(sign: string): string {
  switch (sign) {
    case '.':
      return m.sign_dot();
    case '-':
    case '–':
    case '—':
      return m.sign_hyphen();
    case '_':
      return m.sign_underscore();
    case ',':
      return m.sign_comma();
    case '@':
      return m.sign_at();
    case "'":
    case '’':
    case '´':
    case '`':
      return m.sign_apostrophe({ sign });
    case '/':
    case '\\':
      return m.sign_slash({ sign });
    case 'ñ':
    case 'Ñ':
      return m.sign_enye();
    default:
      return byKind(sign);
  }
}

function byKind(sign: string): string {
  if (/^\p{White_Space}/u.test(sign)) return m.sign_space();
  if (/^\p{L}/u.test(sign)) {
    const plain = /^[a-z]/i.test(sign.normalize('NFD'));
    return plain ? m.sign_accent({ sign }) : m.sign_letter({ sign });
  }
  if (/^\p{Extended_Pictographic}/u.test(sign)) return m.sign_emoji({ sign });
  return /^[\p{C}\p{M}]/u.test(sign) ? m.sign_hidden() : m.sign_other({ sign });
}
