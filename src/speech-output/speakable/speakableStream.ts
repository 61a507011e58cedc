import type { Language } from '../../speech-to-text/contract.js';
import { writtenIn } from '../writtenIn.js';
import { lineInWords } from './lineInWords.js';

const codeLeftOut = { en: "I'm leaving out a piece of code here.", ko: '여기 있는 코드는 읽지 않을게요.' } as const;

const fence = /^(?:\d{1,3}[.)] |[-*+] |> )?(`{3,}|~{3,})/;
const fenceOfOneLine = /^```[^`]+```/;
const tableRule = /^\|?(?: ?:?-{2,}:? ?\|)+(?: ?:?-{2,}:?)?$/;
const tableRow = /^\|.*\|$/;

/** Makes the sentences of one answer speakable, in their order: it remembers that it is inside a code block. */
export class SpeakableStream {
  readonly #language: Language;
  /** The fence of the code block that is open. */
  #fence: string | undefined;

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
    if (this.#fence !== undefined) {
      if (closes(line, this.#fence)) this.#fence = undefined;
      return '';
    }
    const [, opened] = fenceOfOneLine.test(line) ? [] : (fence.exec(line) ?? []);
    if (opened !== undefined) {
      this.#fence = opened;
      return codeLeftOut[this.#language];
    }
    if (tableRule.test(line)) return '';
    const language = writtenIn(line, this.#language);
    if (!tableRow.test(line)) return lineInWords(line, language);
    const cells = line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim())
      .filter((cell) => cell !== '');
    const spoken = cells.map((cell) => lineInWords(cell, language)).filter((cell) => cell !== '');
    return spoken.length === 0 ? '' : `${spoken.join(', ')}.`;
  }
}

/** A code block ends with a line of the same sign, at least as long as the one that opened it. */
function closes(line: string, opened: string): boolean {
  return line.length >= opened.length && line === opened.charAt(0).repeat(line.length);
}
