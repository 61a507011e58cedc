import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

export const unknownAnswer = "I don't know that one yet.";

const itemSchema = z.strictObject({
  id: z.string(),
  ask: z.array(z.string()).min(5),
  heldOut: z.array(z.string()).min(1),
  answer: z.string(),
  keys: z.array(z.string()).min(1),
});

export type QuestionItem = z.infer<typeof itemSchema> & { subject: string };

/** Every item of `questions/*.yaml`; the file's name is the subject. */
export function loadQuestions(): QuestionItem[] {
  const folder = fileURLToPath(new URL('./questions/', import.meta.url));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) =>
      z
        .array(itemSchema)
        .parse(parse(readFileSync(folder + file, 'utf8')))
        .map((item) => ({ ...item, subject: file.replace(/\.yaml$/, '') })),
    );
}

const unseenSchema = z.array(z.strictObject({ id: z.string(), ask: z.array(z.string()).min(1) }));

/** The items that `unseen.yaml` asks about, with its wordings in the place of the held-out ones. */
export function loadUnseen(): QuestionItem[] {
  const items = new Map(loadQuestions().map((item) => [item.id, item]));
  const path = fileURLToPath(new URL('./unseen.yaml', import.meta.url));
  return unseenSchema.parse(parse(readFileSync(path, 'utf8'))).map(({ id, ask }) => {
    const item = items.get(id);
    if (item === undefined) throw new Error(`unseen.yaml asks about "${id}", which no file in questions/ has.`);
    return { ...item, heldOut: ask };
  });
}

/** Text as it compares: small letters, no punctuation. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
}

export function isRight(item: QuestionItem, answer: string): boolean {
  const said = ` ${plain(answer)} `;
  return plain(answer) === plain(item.answer) || item.keys.every((key) => said.includes(` ${plain(key)} `));
}
