import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../paths.js';

/** The models that Tandem knows by name: what each is, where it comes from, what it needs. The facts are in `catalogue.yaml`. */

const modelKind = z.enum(['language-model', 'speech-to-text', 'voice', 'wake-word', 'voice-activity']);
export type ModelKind = z.infer<typeof modelKind>;

const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

const licence = z.strictObject({
  title: z.string(),
  url: z.url().optional(),
  /** True where a person must have said yes before a download. */
  accept: z.boolean().default(false),
  summary: z.string(),
});

/** Where a model comes from. Exactly one of them; models that come with something installed have no download. */
const source = z.union([
  z.strictObject({ project: z.string() }),
  z.strictObject({ package: z.string(), path: z.string() }),
  z.strictObject({
    huggingFace: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
    revision: z.string().regex(/^\w+$/).default('main'),
    file: fileName,
  }),
  z.strictObject({ url: z.url({ protocol: /^https$/ }), file: fileName, unpacksTo: fileName.optional() }),
]);

const entry = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  source,
  bytes: z.int().positive(),
  /** True where `bytes` is not the exact size. */
  approximate: z.boolean().default(false),
  sha256: z.hash('sha256').optional(),
  /** Resident memory when in use, in MB (language models: with 4096 tokens of context at f16). */
  memoryMb: z.int().positive(),
  /** The one meant by the family's name. */
  standard: z.boolean().default(false),
});

const family = z.strictObject({
  family: z.string(),
  kind: modelKind,
  format: z.enum(['gguf', 'ggml', 'onnx', 'sherpa-voice']),
  /** Languages it understands or speaks. */
  languages: z.array(z.enum(['en', 'ko'])).min(1),
  licence: z.string(),
  description: z.string(),
  models: z.array(entry).min(1),
});

const catalogueFile = z.strictObject({ licences: z.record(z.string(), licence), families: z.array(family) });

export type Licence = z.infer<typeof licence> & { readonly id: string };
export type CatalogueModel = Omit<z.infer<typeof family>, 'models' | 'licence'> &
  z.infer<typeof entry> & {
    readonly licence: Licence;
  };

export class Catalogue {
  readonly models: readonly CatalogueModel[];

  private constructor(models: readonly CatalogueModel[]) {
    this.models = models;
  }

  /** `text`: YAML as in `catalogue.yaml`. Throws where it is not in form: a mistake of the project, not of its user. */
  static parse(text: string): Catalogue {
    const { licences, families } = catalogueFile.parse(parse(text));
    return new Catalogue(
      families.flatMap(({ models, licence: id, ...common }) => {
        const terms = licences[id];
        if (terms === undefined) throw new Error(`catalogue: unknown licence ${id}`);
        return models.map((model) => ({ ...common, ...model, licence: { id, ...terms } }));
      }),
    );
  }

  /** By the model's name, or by its family's name, which means the family's standard model. */
  find(name: string): CatalogueModel | undefined {
    return this.models.find((model) => model.name === name) ?? this.models.find((model) => model.family === name && model.standard);
  }

  ofKind(kind: ModelKind): readonly CatalogueModel[] {
    return this.models.filter((model) => model.kind === kind);
  }

  names(): readonly string[] {
    return this.models.map((model) => model.name);
  }
}

let loaded: Catalogue | undefined;

/** The project's catalogue, read once. */
export function catalogue(): Catalogue {
  loaded ??= Catalogue.parse(readFileSync(join(projectRoot, 'src/models/catalogue.yaml'), 'utf8'));
  return loaded;
}
