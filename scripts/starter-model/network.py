"""The EXAONE 3.5 architecture, small: RMSNorm, rotary positions, grouped heads, SwiGLU, tied embeddings, no biases."""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F


@dataclass
class Shape:
    vocabulary: int
    layers: int = 3
    width: int = 192
    feed_forward: int = 512
    heads: int = 4
    kv_heads: int = 2
    context: int = 1024
    rope_base: float = 1e6
    norm_epsilon: float = 1e-5

    @property
    def head_size(self):
        return self.width // self.heads


def rope_factors(shape):
    """EXAONE 3.5's llama3 scaling: slow rotations are slowed eight times more, quick ones stay, those between blend."""
    factor, low, high, original = 8.0, 1.0, 4.0, 8192
    factors = []
    for i in range(shape.head_size // 2):
        wavelength = 2 * math.pi * shape.rope_base ** (2 * i / shape.head_size)
        if wavelength < original / high:
            factors.append(1.0)
        elif wavelength > original / low:
            factors.append(factor)
        else:
            smooth = (original / wavelength - low) / (high - low)
            factors.append(1 / ((1 - smooth) / factor + smooth))
    return torch.tensor(factors)


class Norm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon) * self.weight


def rotate(x, cos, sin):
    """The order that llama.cpp calls NEOX: a head's first half is paired with its second half."""
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos - b * sin, b * cos + a * sin), -1)


class Layer(nn.Module):
    def __init__(self, shape, dropout):
        super().__init__()
        self.shape = shape
        kv_width = shape.kv_heads * shape.head_size
        self.attention_norm = Norm(shape.width, shape.norm_epsilon)
        self.query = nn.Linear(shape.width, shape.width, bias=False)
        self.key = nn.Linear(shape.width, kv_width, bias=False)
        self.value = nn.Linear(shape.width, kv_width, bias=False)
        self.output = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_norm = Norm(shape.width, shape.norm_epsilon)
        self.gate = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)
        self.dropout = nn.Dropout(dropout)

    def attend(self, x, cos, sin, mask):
        rows, length, _ = x.shape
        shape = self.shape
        group = shape.heads // shape.kv_heads

        def split(y, heads):
            return y.view(rows, length, heads, shape.head_size).transpose(1, 2)

        # Query heads that share a key head stand below each other, so that one product serves them all.
        q = rotate(split(self.query(x), shape.heads), cos, sin).reshape(rows, shape.kv_heads, group * length, -1)
        k = rotate(split(self.key(x), shape.kv_heads), cos, sin)
        v = split(self.value(x), shape.kv_heads)
        scores = (q @ k.transpose(-1, -2) / math.sqrt(shape.head_size)).view(rows, shape.kv_heads, group, length, length)
        shares = (scores + mask).softmax(-1).view(rows, shape.kv_heads, group * length, length)
        mixed = (shares @ v).view(rows, shape.heads, length, shape.head_size)
        return self.output(mixed.transpose(1, 2).reshape(rows, length, shape.width))

    def forward(self, x, cos, sin, mask):
        x = x + self.dropout(self.attend(self.attention_norm(x), cos, sin, mask))
        y = self.feed_norm(x)
        return x + self.dropout(self.down(F.silu(self.gate(y)) * self.up(y)))


class Network(nn.Module):
    def __init__(self, shape, dropout=0.1):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.norm = Norm(shape.width, shape.norm_epsilon)
        self.dropout = nn.Dropout(dropout)
        rates = shape.rope_base ** (-torch.arange(0, shape.head_size, 2) / shape.head_size) / rope_factors(shape)
        angles = torch.arange(shape.context)[:, None] * rates
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.normal_(parameter, std=0.04)
        for layer in self.layers:
            for last in (layer.output, layer.down):
                nn.init.normal_(last.weight, std=0.04 / math.sqrt(2 * shape.layers))

    def forward(self, tokens, wanted=None, groups=None, positions=None):
        """The scores of the next token at every position, or only where `wanted` is true. A token sees those before it
        in its own group and in group 0; without groups, all before it."""
        length = tokens.shape[1]
        mask = torch.full((length, length), float("-inf")).triu(1)
        cos, sin = self.cos[:length], self.sin[:length]
        if groups is not None:
            apart = (groups[:, :, None] != groups[:, None, :]) & (groups[:, None, :] != 0)
            mask = mask.masked_fill(apart, float("-inf"))[:, None, None]
            cos, sin = self.cos[positions][:, None], self.sin[positions][:, None]
        x = self.dropout(self.embedding(tokens))
        for layer in self.layers:
            x = layer(x, cos, sin, mask)
        if wanted is not None:
            x = x[wanted]
        return self.norm(x) @ self.embedding.weight.T
