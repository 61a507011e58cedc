/**
 * Cuts a streamed answer into sentences, English and Korean, each as soon as it is certain, so that the first one is spoken while
 * the rest is still being generated. It works character by character: the same text gives the same sentences at any chunking, and
 * nothing but white space between sentences is lost. A code block stays in one piece.
 */
export class SentenceSplitter {
  #text = '';
  /** Where a sentence may have ended: the position after its last character; what follows decides. */
  #candidate: number | undefined;
  /** Nothing of this answer is out yet. */
  #first = true;
  /** The fence of the code block that is open. */
  #fence: string | undefined;

  /** Takes the next piece of the answer; gives back the sentences that are now complete, trimmed. */
  push(chunk: string): string[] {
    const sentences: string[] = [];
    for (let index = 0; index < chunk.length; index++) {
      const sentence = this.#take(chunk.charAt(index));
      if (sentence !== undefined && sentence !== '') sentences.push(sentence);
    }
    return sentences;
  }

  /** The answer is over: what is left. The splitter is ready for the next answer. */
  flush(): string[] {
    const rest = this.#cut(this.#text.length);
    this.#fence = undefined;
    this.#first = true;
    return rest === '' ? [] : [rest];
  }

  /** Another sentence has begun. */
  get pending(): boolean {
    return this.#text.trim() !== '';
  }

  #take(char: string): string | undefined {
    const before = this.#text;
    this.#text += char;
    if (this.#fence !== undefined) return this.#takeCode(char, before, this.#fence);
    if (char === '\n') {
      [, this.#fence] = opensCode.exec(before) ?? [];
      return this.#fence === undefined ? this.#cut(this.#text.length) : undefined;
    }
    if (startsWithFence.test(before)) return this.#cutIfLong();
    if (this.#candidate === undefined && !isPartOfEnd(char) && endsWithEnd(before)) this.#candidate = before.length;
    if (this.#candidate !== undefined) {
      const verdict = judge(before.slice(0, this.#candidate), this.#text.slice(this.#candidate));
      if (verdict === 'cut') return this.#cut(this.#candidate);
      if (verdict === 'keep') this.#candidate = undefined;
    }
    return this.#cutIfLong();
  }

  #takeCode(char: string, before: string, fence: string): string | undefined {
    if (char !== '\n') return undefined;
    const line = before.slice(before.lastIndexOf('\n') + 1).trim();
    const closed = line.length >= fence.length && line === fence.charAt(0).repeat(line.length);
    if (closed) this.#fence = undefined;
    return closed || this.#text.length > LONGEST_CODE ? this.#cut(this.#text.length) : undefined;
  }

  #cutIfLong(): string | undefined {
    if (this.#first && this.#candidate === undefined && this.#text.length > LONGEST_START && !/[|`[\\$<]/.test(this.#text)) {
      const [start] = pauseBeforeWord.exec(this.#text) ?? [];
      if (start !== undefined) return this.#cut(start.length);
    }
    if (this.#text.length <= LONGEST_SENTENCE) return undefined;
    const pause = Math.max(...[', ', '; ', ': ', ' – ', ' — '].map((mark) => this.#text.lastIndexOf(mark)));
    if (pause > LONGEST_SENTENCE / 3) return this.#cut(pause + 1);
    const space = this.#text.lastIndexOf(' ');
    if (space > 0) return this.#cut(space);
    return this.#text.length > LONGEST_WORD && !endsInHalfCharacter(this.#text) ? this.#cut(this.#text.length) : undefined;
  }

  #cut(at: number): string {
    const sentence = this.#text.slice(0, at).trim();
    this.#text = this.#text.slice(at);
    if (sentence !== '') {
      this.#text = this.#text.trimStart();
      this.#first = false;
    }
    this.#candidate = undefined;
    return sentence;
  }
}

/** Characters. A sentence longer than this is cut at a pause or a space. */
const LONGEST_SENTENCE = 300;
/** Characters. An answer that begins with a longer sentence is begun at a pause, so that the first sound does not wait for all of it. */
const LONGEST_START = 120;
/** As much as there is up to the last pause with a word behind it (not "November 23, 2026"), the first 40 characters at least. */
const pauseBeforeWord = /^.{40,}[,;:](?= \p{L})/su;
/** Characters. A word longer than this (a web address, noise) is cut anywhere. */
const LONGEST_WORD = 1_000;
/** Characters. A code block longer than this comes in pieces of whole lines. */
const LONGEST_CODE = 4_000;

const startsWithFence = /^\s*(?:```|~~~)/;
const opensCode = /^\s*(?:\d{1,3}[.)] |[-*+] |> )?(`{3,}|~{3,})[^`\n]*$/;

/** Sentence ends, and what may stand between them and the space: quotes, brackets, Markdown's bold. */
const ENDS = '.?!…。？！';
const CLOSERS = '"\'”’)]}»」』*_`$';
const sentenceEnd = /[.?!…。？！]["'”’)\]}»」』*_`$]*$/;

function isPartOfEnd(char: string): boolean {
  return ENDS.includes(char) || CLOSERS.includes(char);
}

/** Only the last few characters count, so that a long run of quotes costs nothing. */
function endsWithEnd(text: string): boolean {
  return sentenceEnd.test(text.slice(-8));
}

/** Written with a dot, and never the end of a sentence. */
const NEVER_LAST = new Set(
  'mr mrs ms dr dir feat prof mt rev gen sen rep gov capt lt sgt col hon pres messrs mme vs e.g i.e eg ie cf viz approx incl esp fig figs eq ca'.split(
    ' ',
  ),
);
/** Not the end where a number follows: "No. 5", "Nov. 23", "Art. IV". */
const BEFORE_NUMBER = new Set(
  'no nos rs lv lvl ext ver vol pp ch sec art matt rom cor prov isa heb tim thess pet deut lev jer op hwy apt ste jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
);
/** The end only where the next word has a capital. */
const SOMETIMES_LAST = new Set('etc a.m p.m am pm ave min max dept est oz qts gal al appt temp tel avg govt intl orig misc'.split(' '));
/** Short and without a vowel, so an abbreviation too: ft, hrs, pkg, blvd. */
const withoutVowel = /^[b-df-hj-np-tv-xz]{2,4}$/;
/** The end only where the next word is one that begins sentences: "the U.S. Army", "Plan B. Then". */
const NAMES = new Set('inc ltd corp co bros jr sr ph.d mon tue tues wed thu thur thurs fri sat sun st'.split(' '));
const BEGINNERS = new Set(
  (
    'the a an it he she they we you i this that these those there here in on at for from with as if when while after before since so but and or ' +
    'however then also now today what who where why how is are was do does did can please its his her their our my your some many most no yes ' +
    'because instead next finally first second third overall additionally sometimes let just me not make use try remember note one two both each all'
  ).split(' '),
);

const listMarker =
  /^[\s>*_#-]*(?:\d{1,3}|[Ⅰ-Ⅻ]|[가나다라마바사아자차카타파하]|(?!\p{Script=Hangul})\p{L}|[ivxIVX]{2,4}|(?:step|tip|part|phase|day|lesson|rule|question)\s\d{1,3})\.[*_]*$/iu;
/** Signs between two parts of a sentence. */
const joins = /^[§&/+=≈~×÷<>]/;
/** After these a single letter is a name of its own and may end a sentence: vitamin D, so do I. */
const lettered = /(?:(?:vitamin|plan|option|type|grade|group|section|answer|answer is|choice|size|an?) \p{Lu}|\p{Ll}{2} I|[°º][CF])$/iu;

/**
 * Whether `before`, which ends like a sentence, is one. `after` is what has come since: at least one character. `wait` where the
 * next characters decide.
 */
function judge(before: string, after: string): 'cut' | 'keep' | 'wait' {
  const tail = before.slice(-24);
  const [, word = '', end = '', closers = ''] = /([\p{L}\p{N}.]*?)([.?!…。？！]+)([^.?!…。？！]*)$/u.exec(tail) ?? [];
  if (/[。？！]/.test(end)) return 'cut';
  if (/^\p{L}/u.test(after))
    return /\p{Script=Hangul}$/u.test(word) && /^\p{Script=Hangul}/u.test(after) && closers === '' ? 'cut' : 'keep';
  if (/^\(/.test(after)) return /[다요]$/.test(word) && closers === '' ? 'cut' : 'keep';
  // The number of a source: what comes behind it decides.
  if (/^(?:\[\d{1,3}\])*(?:\[\d{0,3})?$/.test(after)) return 'wait';
  if (/^(?:\[\d{1,3}\])+\s/.test(after)) return 'cut';
  if (!/^\s/.test(after)) return 'keep';
  if (listMarker.test(before) || insideInlineCode(before)) return 'keep';
  const next = after.trimStart();
  if (closers !== '' || end === '…' || (end.length > 1 && /^\.+$/.test(end))) return next === '' ? 'wait' : isLower(next) ? 'keep' : 'cut';
  // A factorial in an equation.
  if (end === '!' && /\d$/.test(word) && /^(?:$|[=×÷+])/.test(next)) return next === '' ? 'wait' : 'keep';
  if (end !== '.') return 'cut';
  if (/^\d{1,4}$/.test(word)) return judgeNumber(tail, next);

  const name = word.toLowerCase();
  if (NEVER_LAST.has(name)) return 'keep';
  if (BEFORE_NUMBER.has(name)) return judgeBeforeNumber(next);
  if (lettered.test(tail.slice(0, -1))) return 'cut';
  if (SOMETIMES_LAST.has(name) || /\d[ -]?in\.$/.test(tail)) return judgeSometimes(name, next);
  if (NAMES.has(name) || /^(?:(?:\p{L}\.)+\p{Ll}|(?:\p{L}\.)*\p{Lu})$/u.test(word)) return judgeNextWord(next);
  if (withoutVowel.test(name)) return judgeSometimes(name, next);
  if (!/^[A-Za-z][a-z]{0,3}$/.test(word)) return 'cut';
  const ofCentury = /\d(?:st|nd|rd|th) c\.$/.test(tail);
  return next === '' ? 'wait' : isLower(next) || joins.test(next) || ofCentury || (name.length === 1 && /^\d/.test(next)) ? 'keep' : 'cut';
}

const belongsToTime = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday Eastern Central Mountain Pacific'.split(' ');

/** The end only where a sentence begins: not before brackets, nor "9 a.m. Monday" or "9 a.m. EST". */
function judgeSometimes(name: string, next: string): 'cut' | 'keep' | 'wait' {
  if (next === '') return 'wait';
  if (!startsSentence(next) || next.startsWith('(')) return 'keep';
  if (/^\p{Lu}{2}/u.test(next)) return 'keep';
  if (/^\p{Lu}$/u.test(next)) return 'wait';
  if (!/^[ap]\.?m$/.test(name)) return 'cut';
  const day = belongsToTime.find((word) => word.startsWith(next) || next.startsWith(word));
  if (day === undefined) return 'cut';
  return next.length < day.length ? 'wait' : 'keep';
}

function judgeBeforeNumber(next: string): 'cut' | 'keep' | 'wait' {
  if (/^[IVX]*$/.test(next)) return 'wait';
  return /^\d|^[IVX]+[,.:;)]|^[IVX]{2,}\s/.test(next) || isLower(next) ? 'keep' : 'cut';
}

/** Korean dates have dots in them (2026. 11. 23.), and steps may be listed in one line ("The steps are: 1. …"). */
function judgeNumber(before: string, next: string): 'cut' | 'keep' | 'wait' {
  if (/[:;]\s+\(?\d{1,2}\.$/.test(before)) return 'keep';
  if (/[,;]\s(?:and\s|or\s)?\(?\d{1,2}\.$/.test(before) && (next === '' || isLower(next))) return next === '' ? 'wait' : 'keep';
  if (/(?<!\d)\d{4}\.$/.test(before)) return /^\d{0,2}$/.test(next) ? 'wait' : /^\d{1,2}\.(?:\s|\d)/.test(next) ? 'keep' : judgeDot(next);
  if (/(?<!\d)\d{4}\. ?\d{1,2}\.$/.test(before)) return next === '' ? 'wait' : /^\d/.test(next) ? 'keep' : 'cut';
  if (/(?<!\d)\d{4}\. ?\d{1,2}\. ?\d{1,2}\.$/.test(before))
    return next === '' ? 'wait' : /^[(\p{Script=Hangul}]/u.test(next) ? 'keep' : 'cut';
  return 'cut';
}

/** After a year: its month may still be on the way. */
function judgeDot(next: string): 'cut' | 'wait' {
  return /^\d{1,2}\.$/.test(next) ? 'wait' : 'cut';
}

function judgeNextWord(next: string): 'cut' | 'keep' | 'wait' {
  if (next === '') return 'wait';
  if (!startsSentence(next) || next.startsWith('(')) return 'keep';
  const [word = ''] = /^\p{L}*/u.exec(next) ?? [];
  if (word === '' || /^\p{Script=Hangul}/u.test(word)) return 'cut';
  if (word.length === next.length && word.length <= 12) return 'wait';
  return BEGINNERS.has(word.toLowerCase()) ? 'cut' : 'keep';
}

function insideInlineCode(text: string): boolean {
  return text.split('`').length % 2 === 0;
}

function isLower(text: string): boolean {
  return /^\p{Ll}/u.test(text);
}

/** A capital, a letter of a script without capitals, or an opening quote or mark; no sign that joins two parts. */
function startsSentence(text: string): boolean {
  return /^[^\p{Ll}\p{N},;:)\]-]/u.test(text) && !joins.test(text);
}

function endsInHalfCharacter(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}
