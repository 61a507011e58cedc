/** A name or a command in the middle of a sentence, without the signs that nobody says: `read_file()` is "read file". */
export function codeWords(code: string): string {
  return code
    .replace(/\(\s*\)|[;{}[\]"$\\`]/g, ' ')
    .replace(/<\/?([a-z][a-z0-9-]*)\s*\/?>/gi, '$1')
    .replace(/_+/g, ' ')
    .replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ')
    .trim();
}
