import { type CatalogueModel, catalogue } from '../../models/catalogue.js';

/** What the parts of a recommendation have in common. */

export interface Choice {
  /** Section and field, `languageModel.model`. */
  readonly path: string;
  readonly value: string | number | boolean;
  /** One sentence. */
  readonly reason: string;
}

/** The recommendation for one stage. */
export interface Part {
  readonly choices: readonly Choice[];
  /** Models of the catalogue that it needs. */
  readonly models: readonly CatalogueModel[];
}

export interface Wishes {
  readonly kind: 'device' | 'host';
  /** Address of a broker where a host answers hard questions. */
  readonly broker?: string;
}

/** A model that the catalogue must have. */
export function byName(name: string): CatalogueModel {
  const model = catalogue().find(name);
  if (model === undefined) throw new Error(`the catalogue has no ${name}`);
  return model;
}

/** `6.3`, `12`. */
export function brief(value: number): string {
  return value >= 10 ? String(Math.round(value)) : value.toFixed(1);
}
