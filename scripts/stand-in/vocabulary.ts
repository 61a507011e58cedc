/** A byte-level BPE vocabulary of any size, in which common English words and Korean syllables are single tokens. */

export const SPECIAL_IDS = {
  '[PAD]': 0,
  '[BOS]': 1,
  '[EOS]': 2,
  '[UNK]': 3,
  '[|system|]': 358,
  '[|user|]': 359,
  '[|assistant|]': 360,
  '[|endofturn|]': 361,
} as const;
const FIRST_MERGED_ID = 362;
const FIRST_BYTE_ID = 4;

/** GGUF's numbers for kinds of tokens. */
const NORMAL = 1;
const CONTROL = 3;
const UNUSED = 5;

const COMMON_WORDS =
  'the of and to in is you that it he was for on are as with his they at be this have from or one had by word but not what all were we when ' +
  'your can said there use an each which she do how their if will up other about out many then them these so some her would make like him ' +
  'into time has look two more write go see number no way could people my than first water been call who oil its now find long down day did ' +
  'get come made may part over new sound take only little work know place year live me back give most very after thing our just name good ' +
  'sentence man think say great where help through much before line right too mean old any same tell boy follow came want show also around ' +
  'form three small set put end does another well large must big even such because turn here why ask went men read need land different home ' +
  'us move try kind hand picture again change off play spell air away animal house point page letter mother answer found study still learn ' +
  'should world assistant voice speaker helpful short spoken smart timer weather music please';

export interface Vocabulary {
  readonly tokens: string[];
  readonly kinds: number[];
  readonly merges: string[];
}

/** `size` tokens: special ones, 256 bytes, then as many merges as are needed. */
export function makeVocabulary(size: number): Vocabulary {
  const letters = byteLetters();
  const tokens = Array.from({ length: FIRST_MERGED_ID }, (_, id) => `[unused${id}]`);
  const kinds = tokens.map(() => UNUSED);
  for (const [text, id] of Object.entries(SPECIAL_IDS)) {
    tokens[id] = text;
    kinds[id] = CONTROL;
  }
  for (const [byte, letter] of letters.entries()) {
    tokens[FIRST_BYTE_ID + byte] = letter;
    kinds[FIRST_BYTE_ID + byte] = NORMAL;
  }
  const known = new Set(tokens);
  const merges: string[] = [];
  for (const [left, right] of wantedMerges(letters)) {
    if (tokens.length >= size) return { tokens, kinds, merges };
    const token = left + right;
    if (known.has(token)) continue;
    known.add(token);
    tokens.push(token);
    kinds.push(NORMAL);
    merges.push(`${left} ${right}`);
  }
  throw new Error(`No vocabulary of ${size} tokens can be made.`);
}

/** Words letter by letter, Hangul syllables byte by byte, then every row of lower-case letters, shortest first. */
function* wantedMerges(letters: readonly string[]): Generator<[string, string]> {
  const inLetters = (text: string) => [...Buffer.from(text, 'utf8')].map((byte) => letters[byte] ?? '');
  for (const word of COMMON_WORDS.split(' ')) {
    yield* growing(inLetters(` ${word}`));
  }
  for (let code = 0xac00; code <= 0xd7a3; code += 1) {
    yield* growing(inLetters(String.fromCharCode(code)));
  }
  const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];
  let rows = alphabet;
  for (;;) {
    for (const row of rows) for (const letter of alphabet) yield [row, letter];
    rows = rows.flatMap((row) => alphabet.map((letter) => row + letter));
  }
}

function* growing(parts: readonly string[]): Generator<[string, string]> {
  let grown = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    yield [grown, part];
    grown += part;
  }
}

/** GPT-2's map from byte to visible character, in which GGUF files write their tokens. */
function byteLetters(): string[] {
  const visible = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let spare = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    if (visible(byte)) return String.fromCodePoint(byte);
    spare += 1;
    return String.fromCodePoint(spare - 1);
  });
}
