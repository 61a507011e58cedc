import type { CatalogueModel } from '../models/catalogue.js';
import type { PullProgress } from '../models/pull.js';

/** How far several downloads are, taken together. */

export interface OverallProgress {
  readonly phase: 'downloading' | 'checking';
  /** Bytes. */
  readonly done: number;
  readonly total: number;
  /** Why something is tried again, where it is. */
  readonly note: string | undefined;
}

export class Overall {
  private readonly models = new Map<string, PullProgress>();

  constructor(models: readonly CatalogueModel[]) {
    for (const { name, bytes } of models) this.models.set(name, { model: name, phase: 'waiting', done: 0, total: bytes });
  }

  update(step: PullProgress): OverallProgress {
    const before = this.models.get(step.model);
    // While it is tried again or checked, what has come stays counted.
    const counted = step.phase === 'retrying' && before !== undefined ? { ...step, done: before.done, total: before.total } : step;
    this.models.set(step.model, counted);
    const all = [...this.models.values()];
    const loading = all.filter(({ phase }) => phase === 'waiting' || phase === 'downloading' || phase === 'retrying');
    return {
      phase: loading.length > 0 ? 'downloading' : 'checking',
      done: all.reduce((sum, one) => sum + (loading.includes(one) ? one.done : one.total), 0),
      total: all.reduce((sum, one) => sum + one.total, 0),
      note: all.find(({ phase }) => phase === 'retrying')?.note,
    };
  }
}
