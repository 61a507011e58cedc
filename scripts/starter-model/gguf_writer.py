"""Writes GGUF version 3: a header, typed key-values, tensor descriptions, then the tensors, each aligned to 32 bytes."""

import struct

import numpy as np

ALIGNMENT = 32
UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
F32, F16 = 0, 1


def text(value):
    data = value.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def scalar(kind, value):
    if kind == STRING:
        return text(value)
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}[kind], value)


class GgufFile:
    def __init__(self):
        self.entries = []
        self.tensors = []

    def put(self, key, kind, value):
        self.entries.append(text(key) + struct.pack("<I", kind) + scalar(kind, value))

    def put_list(self, key, kind, values):
        head = text(key) + struct.pack("<IIQ", ARRAY, kind, len(values))
        self.entries.append(head + b"".join(scalar(kind, value) for value in values))

    def add_tensor(self, name, array):
        """Matrices are kept at half precision; vectors, which cost nothing, at full."""
        self.tensors.append((name, np.ascontiguousarray(array, np.float16 if array.ndim > 1 else np.float32)))

    def write(self, path):
        described = []
        offset = 0
        for name, array in self.tensors:
            # GGUF counts dimensions from the innermost one.
            sizes = struct.pack(f"<{array.ndim}Q", *reversed(array.shape))
            kind = F16 if array.dtype == np.float16 else F32
            described.append(text(name) + struct.pack("<I", array.ndim) + sizes + struct.pack("<IQ", kind, offset))
            offset += padded(array.nbytes)
        head = b"GGUF" + struct.pack("<IQQ", 3, len(self.tensors), len(self.entries))
        head += b"".join(self.entries) + b"".join(described)
        with open(path, "wb") as file:
            file.write(head.ljust(padded(len(head)), b"\0"))
            for _, array in self.tensors:
                file.write(array.tobytes().ljust(padded(array.nbytes), b"\0"))


def padded(size):
    return -(-size // ALIGNMENT) * ALIGNMENT
