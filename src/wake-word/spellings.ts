const SPELT: Readonly<Record<string, readonly string[]>> = {
  alexa: ['alexa', '알렉사'],
  hey_jarvis: ['jarvis', '자비스'],
  hey_mycroft: ['mycroft', '마이크로프트'],
  hey_rhasspy: ['rhasspy'],
};

/** How a wake word is written in a text, in small letters: its name is not always what is said. */
export function spellingsOf(word: string): readonly string[] {
  return (
    SPELT[word] ?? [
      word
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()
        .toLowerCase(),
    ]
  );
}
