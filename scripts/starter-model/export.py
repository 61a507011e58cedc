"""Turns the trained network and its vocabulary into a GGUF that llama.cpp loads as `exaone`."""

import argparse
import os

import torch

import gguf_writer as gguf
import vocabulary as vocab
from network import Network, Shape, rope_factors

# The layout of an EXAONE 3.5 conversation, as its own files describe it.
CHAT_TEMPLATE = (
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}"
    "{{ '[|system|][|endofturn|]\\n' }}{% endif %}"
    "{{ '[|' + message['role'] + '|]' + message['content'] }}"
    "{% if message['role'] == 'user' %}{{ '\\n' }}{% else %}{{ '[|endofturn|]\\n' }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '[|assistant|]' }}{% endif %}"
)
DESCRIPTION = (
    "A practice model for Tandem: it answers a few hundred everyday questions that it was trained on and says of "
    "others that it does not know. It has the EXAONE 3.5 architecture and none of EXAONE's weights."
)
NORMAL, CONTROL, UNKNOWN = 1, 3, 2


def put_description(file, shape):
    file.put("general.architecture", gguf.STRING, "exaone")
    file.put("general.type", gguf.STRING, "model")
    file.put("general.name", gguf.STRING, "Tandem Starter")
    file.put("general.author", gguf.STRING, "The Tandem project")
    file.put("general.license", gguf.STRING, "mit")
    file.put("general.description", gguf.STRING, DESCRIPTION)
    file.put_list("general.languages", gguf.STRING, ["en"])
    file.put("general.file_type", gguf.UINT32, 1)
    file.put("exaone.block_count", gguf.UINT32, shape.layers)
    file.put("exaone.context_length", gguf.UINT32, shape.context)
    file.put("exaone.embedding_length", gguf.UINT32, shape.width)
    file.put("exaone.feed_forward_length", gguf.UINT32, shape.feed_forward)
    file.put("exaone.attention.head_count", gguf.UINT32, shape.heads)
    file.put("exaone.attention.head_count_kv", gguf.UINT32, shape.kv_heads)
    file.put("exaone.attention.layer_norm_rms_epsilon", gguf.FLOAT32, shape.norm_epsilon)
    file.put("exaone.rope.freq_base", gguf.FLOAT32, shape.rope_base)
    file.put("exaone.rope.dimension_count", gguf.UINT32, shape.head_size)
    file.put("exaone.vocab_size", gguf.UINT32, shape.vocabulary)


def put_vocabulary(file, vocabulary):
    kinds = [UNKNOWN if text == "[UNK]" else CONTROL for text in vocab.SPECIAL]
    file.put("tokenizer.ggml.model", gguf.STRING, "gpt2")
    file.put("tokenizer.ggml.pre", gguf.STRING, "exaone")
    file.put_list("tokenizer.ggml.tokens", gguf.STRING, vocabulary.tokens)
    file.put_list("tokenizer.ggml.token_type", gguf.INT32, kinds + [NORMAL] * (len(vocabulary.tokens) - len(kinds)))
    file.put_list("tokenizer.ggml.merges", gguf.STRING, [" ".join(pair) for pair in vocabulary.merges])
    file.put("tokenizer.ggml.bos_token_id", gguf.UINT32, vocab.BOS)
    file.put("tokenizer.ggml.eos_token_id", gguf.UINT32, vocab.END_OF_TURN)
    file.put("tokenizer.ggml.unknown_token_id", gguf.UINT32, vocab.UNK)
    file.put("tokenizer.ggml.padding_token_id", gguf.UINT32, vocab.PAD)
    file.put("tokenizer.ggml.add_bos_token", gguf.BOOL, False)
    file.put("tokenizer.chat_template", gguf.STRING, CHAT_TEMPLATE)


def put_weights(file, network):
    def add(name, parameter):
        file.add_tensor(f"{name}.weight", parameter.detach().numpy())

    add("token_embd", network.embedding.weight)
    add("output_norm", network.norm.weight)
    add("rope_freqs", rope_factors(network.shape))
    for i, layer in enumerate(network.layers):
        add(f"blk.{i}.attn_norm", layer.attention_norm.weight)
        add(f"blk.{i}.attn_q", layer.query.weight)
        add(f"blk.{i}.attn_k", layer.key.weight)
        add(f"blk.{i}.attn_v", layer.value.weight)
        add(f"blk.{i}.attn_output", layer.output.weight)
        add(f"blk.{i}.ffn_norm", layer.feed_norm.weight)
        add(f"blk.{i}.ffn_gate", layer.gate.weight)
        add(f"blk.{i}.ffn_up", layer.up.weight)
        add(f"blk.{i}.ffn_down", layer.down.weight)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("work", help="the folder in which training left its checkpoint")
    arguments.add_argument("gguf", help="the file to write")
    options = arguments.parse_args()
    vocabulary = vocab.Vocabulary.load(os.path.join(options.work, "vocabulary.json"))
    saved = torch.load(os.path.join(options.work, "checkpoint.pt"))
    network = Network(Shape(**saved["shape"]))
    network.load_state_dict(saved["weights"])
    file = gguf.GgufFile()
    put_description(file, network.shape)
    put_vocabulary(file, vocabulary)
    put_weights(file, network)
    file.write(options.gguf)
    parameters = sum(parameter.numel() for parameter in network.parameters())
    print(f"{options.gguf}: {parameters:,} parameters, {os.path.getsize(options.gguf):,} bytes")


if __name__ == "__main__":
    main()
