import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { codeOf } from '../../errors.js';
import { projectRoot } from '../../paths.js';
import type { Language } from '../../speech-to-text/contract.js';

const noticesFile = z.strictObject({
  /** By error code, what the device says; `unexpected` stands for all others. */
  errors: z.record(z.string(), z.string()).refine((errors) => 'unexpected' in errors, 'needs a sentence for: unexpected'),
  /** Said to the model, not to the person: go on with an answer that a host began. */
  goOn: z.string().min(1),
  /** Said once at the start of a device that has no language model. */
  withoutModel: z.string().min(1),
  /** Said when a microphone that was gone is there again. */
  microphoneBack: z.string().min(1),
  /** Said where a host was asked for by the person and none can be reached. */
  hostGone: z.string().min(1),
  /** Said once, when the profile that was downloaded takes over from starter. */
  changedOver: z.string().min(1),
  /** Asks whether to go on with a long answer, and what people say to it. */
  more: z.strictObject({ offer: z.string().min(1), wanted: z.array(z.string().min(1)), declined: z.array(z.string().min(1)) }),
});

/** What the device says when something went wrong: a short reason and what to do. One YAML a language. */
export class Notices {
  private readonly byLanguage: Readonly<Record<Language, z.infer<typeof noticesFile>>>;

  private constructor(byLanguage: Readonly<Record<Language, z.infer<typeof noticesFile>>>) {
    this.byLanguage = byLanguage;
  }

  static load(): Notices {
    const read = (language: Language) =>
      noticesFile.parse(parse(readFileSync(join(projectRoot, 'src', 'device', 'speaking', 'notices', `${language}.yaml`), 'utf8')));
    return new Notices({ en: read('en'), ko: read('ko') });
  }

  /** By language, what asks a model to go on with an answer that another one began. */
  get goOn(): Readonly<Record<Language, string>> {
    return { en: this.byLanguage.en.goOn, ko: this.byLanguage.ko.goOn };
  }

  /** The question after the first part of a long answer, and the phrases that take it up or decline it. */
  more(language: Language): z.infer<typeof noticesFile>['more'] {
    return this.byLanguage[language].more;
  }

  /** What the device says at its start where it has no language model. */
  withoutModel(language: Language): string {
    return this.byLanguage[language].withoutModel;
  }

  /** What the device says when it hears again. */
  microphoneBack(language: Language): string {
    return this.byLanguage[language].microphoneBack;
  }

  /** What the device says when the models that were downloaded have taken over. */
  changedOver(language: Language): string {
    return this.byLanguage[language].changedOver;
  }

  /** By language, what it says where somebody asks for a host and none can be reached. */
  get hostGone(): Readonly<Record<Language, string>> {
    return { en: this.byLanguage.en.hostGone, ko: this.byLanguage.ko.hostGone };
  }

  /** A sentence for anything thrown: by its `code`, else the general one. */
  forError(error: unknown, language: Language): string {
    return this.ownSentence(error, language) ?? this.byLanguage[language].errors.unexpected ?? '';
  }

  /** The sentence for its `code`; undefined where there is none. */
  ownSentence(error: unknown, language: Language): string | undefined {
    const code = codeOf(error);
    return code === 'unexpected' ? undefined : this.byLanguage[language].errors[code];
  }
}
