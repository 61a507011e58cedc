import type { Language } from '../../speech-to-text/contract.js';
import { withoutEmoji } from './emoji.js';
import { sayEnglish } from './english/english.js';
import { sayKorean } from './korean/korean.js';
import { withoutLatex } from './latex.js';
import { sayLinks } from './links.js';
import { withoutMarkdown } from './markdown.js';
import { normalize, tidy } from './tidy.js';

/** Characters. Longer text is worked on in pieces, so that the time it takes grows with its length and no faster. */
const LONGEST_PIECE = 1_000;

/** One line that is neither code nor a row of a table. */
export function lineInWords(line: string, language: Language): string {
  const say = language === 'ko' ? sayKorean : sayEnglish;
  const spoken = pieces(line).map((piece) => {
    const plain = withoutMarkdown(withoutLatex(normalize(piece), language), language);
    return tidy(say(sayLinks(withoutEmoji(plain, language), language)));
  });
  return spoken.filter((part) => part !== '').join(' ');
}

function pieces(line: string): string[] {
  const found: string[] = [];
  for (let rest = line; rest !== ''; ) {
    const space = rest.length > LONGEST_PIECE ? rest.lastIndexOf(' ', LONGEST_PIECE) : -1;
    const at = space > 0 ? space : LONGEST_PIECE;
    found.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return found;
}
