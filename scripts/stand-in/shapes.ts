/** The dimensions of EXAONE 3.5's sizes (and of a tiny one for tests), and which tensors a Q4_K_M file of them has. */

export interface Shape {
  readonly layers: number;
  readonly hidden: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly vocabulary: number;
  readonly context: number;
  /** True where the output layer is the embedding table (no `output.weight`). */
  readonly tied: boolean;
}

export const SHAPES: Readonly<Record<'tiny' | '2.4b' | '7.8b', Shape>> = {
  tiny: { layers: 2, hidden: 256, feedForward: 512, heads: 4, kvHeads: 2, headSize: 64, vocabulary: 1024, context: 32_768, tied: true },
  '2.4b': {
    layers: 30,
    hidden: 2560,
    feedForward: 7168,
    heads: 32,
    kvHeads: 8,
    headSize: 80,
    vocabulary: 102_400,
    context: 32_768,
    tied: true,
  },
  '7.8b': {
    layers: 32,
    hidden: 4096,
    feedForward: 14_336,
    heads: 32,
    kvHeads: 8,
    headSize: 128,
    vocabulary: 102_400,
    context: 32_768,
    tied: false,
  },
};
export type Size = keyof typeof SHAPES;

export type TensorType = 'F32' | 'Q4_K' | 'Q6_K';

export interface TensorPlan {
  readonly name: string;
  readonly type: TensorType;
  /** Columns first, as GGUF has it. */
  readonly dimensions: readonly number[];
}

/** llama.cpp's Q4_K_M gives the first and last eighth of the layers, and every third between, Q6_K for values and feed-forward outputs. */
function takesMoreBits(layer: number, layers: number): boolean {
  const eighth = Math.floor(layers / 8);
  return layer < eighth || layer >= Math.floor((7 * layers) / 8) || (layer - eighth) % 3 === 2;
}

/** All tensors of a Q4_K_M file of that shape, in the order in which they are written. */
export function tensorsOf(shape: Shape): TensorPlan[] {
  const { hidden, feedForward, vocabulary } = shape;
  const kv = shape.kvHeads * shape.headSize;
  const tensors: TensorPlan[] = [
    { name: 'token_embd.weight', type: shape.tied ? 'Q6_K' : 'Q4_K', dimensions: [hidden, vocabulary] },
    { name: 'output_norm.weight', type: 'F32', dimensions: [hidden] },
    { name: 'rope_freqs.weight', type: 'F32', dimensions: [shape.headSize / 2] },
  ];
  if (!shape.tied) tensors.push({ name: 'output.weight', type: 'Q6_K', dimensions: [hidden, vocabulary] });
  for (let layer = 0; layer < shape.layers; layer += 1) {
    const finer = takesMoreBits(layer, shape.layers) ? 'Q6_K' : 'Q4_K';
    const add = (name: string, type: TensorType, dimensions: number[]) =>
      tensors.push({ name: `blk.${layer}.${name}.weight`, type, dimensions });
    add('attn_norm', 'F32', [hidden]);
    add('attn_q', 'Q4_K', [hidden, hidden]);
    add('attn_k', 'Q4_K', [hidden, kv]);
    add('attn_v', finer, [hidden, kv]);
    add('attn_output', 'Q4_K', [hidden, hidden]);
    add('ffn_norm', 'F32', [hidden]);
    add('ffn_gate', 'Q4_K', [hidden, feedForward]);
    add('ffn_up', 'Q4_K', [hidden, feedForward]);
    add('ffn_down', finer, [feedForward, hidden]);
  }
  return tensors;
}
