import { CHAT_TEMPLATE_JINJA } from '../../src/language-model/chatTemplate.js';
import { bytesOf, RandomBytes, tensorData } from './blocks.js';
import { type MetadataValue, writeGguf } from './ggufWriter.js';
import { SHAPES, type Shape, type Size, type TensorType, tensorsOf } from './shapes.js';
import { makeVocabulary, SPECIAL_IDS } from './vocabulary.js';

const GGML_TYPE: Readonly<Record<TensorType, number>> = { F32: 0, Q4_K: 12, Q6_K: 14 };
/** llama.cpp's number for Q4_K_M files. */
const FILE_TYPE_Q4_K_M = 15;
/** Random weights would end an answer by chance, and repeat its opening token. */
const NEVER_SAID: ReadonlySet<number> = new Set(Object.values(SPECIAL_IDS));

export function standInFileName(size: Size): string {
  return `stand-in-exaone-3.5-${size}-q4_k_m.gguf`;
}

/** Writes a file that has EXAONE 3.5's dimensions, tensor types and tokenizer kind, and random weights: right in speed and memory, nonsense in words, and no answer ends by itself. */
export async function writeStandIn(file: string, size: Size, onProgress?: (written: number, total: number) => void): Promise<void> {
  const shape = SHAPES[size];
  const random = new RandomBytes(20_260_101);
  const outputLayer = shape.tied ? 'token_embd.weight' : 'output.weight';
  const tensors = tensorsOf(shape).map((tensor) => ({
    name: tensor.name,
    ggmlType: GGML_TYPE[tensor.type],
    dimensions: tensor.dimensions,
    bytes: bytesOf(tensor),
    data: () => tensorData(tensor, random, tensor.name === outputLayer ? NEVER_SAID : undefined),
  }));
  await writeGguf(file, metadataOf(size, shape), tensors, onProgress);
}

function metadataOf(size: Size, shape: Shape): Record<string, MetadataValue> {
  const vocabulary = makeVocabulary(shape.vocabulary);
  const number = (value: number): MetadataValue => ({ type: 'uint32', value });
  const text = (value: string): MetadataValue => ({ type: 'string', value });
  return {
    'general.architecture': text('exaone'),
    'general.name': text(`Stand-in with the shape of EXAONE 3.5 ${size}, random weights`),
    'general.file_type': number(FILE_TYPE_Q4_K_M),
    'general.quantization_version': number(2),
    'exaone.context_length': number(shape.context),
    'exaone.embedding_length': number(shape.hidden),
    'exaone.block_count': number(shape.layers),
    'exaone.feed_forward_length': number(shape.feedForward),
    'exaone.attention.head_count': number(shape.heads),
    'exaone.attention.head_count_kv': number(shape.kvHeads),
    'exaone.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
    'exaone.rope.freq_base': { type: 'float32', value: 1e6 },
    'exaone.rope.dimension_count': number(shape.headSize),
    'tokenizer.ggml.model': text('gpt2'),
    'tokenizer.ggml.pre': text('exaone'),
    'tokenizer.ggml.tokens': { type: 'strings', value: vocabulary.tokens },
    'tokenizer.ggml.token_type': { type: 'int32s', value: vocabulary.kinds },
    'tokenizer.ggml.merges': { type: 'strings', value: vocabulary.merges },
    'tokenizer.ggml.bos_token_id': number(SPECIAL_IDS['[BOS]']),
    'tokenizer.ggml.eos_token_id': number(SPECIAL_IDS['[|endofturn|]']),
    'tokenizer.ggml.unknown_token_id': number(SPECIAL_IDS['[UNK]']),
    'tokenizer.ggml.padding_token_id': number(SPECIAL_IDS['[PAD]']),
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    'tokenizer.chat_template': text(CHAT_TEMPLATE_JINJA),
  };
}
