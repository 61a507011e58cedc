import type { Language } from '../../speech-to-text/contract.js';
import { writtenIn } from '../writtenIn.js';
import { lineInWords } from './lineInWords.js';

const codeLeftOut = { en: "I'm leaving out a piece of code here.", ko: '여기 있는 코드는 읽지 않을게요.' } as const;

const fence = /^(?:```|~~~)/;
const fenceOfOneLine = /^```[^`]+```/;
const tableRule = /^\|?(?: ?:?-{2,}:? ?\|)+(?: ?:?-{2,}:?)?$/;
const tableRow = /^\|.*\|$/;

/** Makes the sentences of one answer speakable, in their order: it remembers that it is inside a code block. */
export class SpeakableStream {
  readonly #language: Language;
  #inside: 'text' | 'code' = 'text';

  constructor(language: Language) {
    this.#language = language;
  }

  /** The next sentence or block as a person would say it; '' where there is nothing to say. */
  sentence(text: string): string {
    const lines = text.replace(/[ \t\r\f\v]+/g, ' ').split('\n');
    const spoken = lines.map((line) => this.#line(line.trim()));
    return spoken.filter((line) => line !== '').join('\n');
  }

  #line(line: string): string {
    if (line === '') return '';
    if (fence.test(line) && !fenceOfOneLine.test(line)) {
      const opens = this.#inside === 'text';
      this.#inside = opens ? 'code' : 'text';
      return opens ? codeLeftOut[this.#language] : '';
    }
    if (this.#inside === 'code' || tableRule.test(line)) return '';
    const language = writtenIn(line, this.#language);
    if (!tableRow.test(line)) return lineInWords(line, language);
    const cells = line
      .slice(1, -1)
      .split('|')
      .filter((cell) => cell.trim() !== '');
    const spoken = cells.map((cell) => lineInWords(cell, language)).filter((cell) => cell !== '');
    return spoken.length === 0 ? '' : `${spoken.join(', ')}.`;
  }
}
