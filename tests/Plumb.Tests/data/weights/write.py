"""Writes the arrays of this folder with NumPy (made with 1.24.2). W is targets x inputs, [[1.5, -2, 0.25], [3, 0.125, -7]], b is [0.5, -1]."""
import json
import struct

import numpy as np

W = np.array([[1.5, -2.0, 0.25], [3.0, 0.125, -7.0]])
b = np.array([0.5, -1.0])
for kind in ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8"]:
    np.save(f"W_{'le' if kind[0] == '<' else 'be'}_{kind[1:]}.npy", W.astype(kind))
np.save("W_fortran.npy", np.asfortranarray(W))
for kind in ["i1", "i2", "<i4", ">i8", "u1", "<u2", ">u4", "<u8"]:
    np.save(f"whole_{kind.strip('<>')}.npy", np.array([[1, 2, 3], [4, 5, 6]], dtype=kind))
for version in [(1, 0), (2, 0), (3, 0)]:
    with open(f"W_v{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, W, version=version)
np.save("objects.npy", np.array([{"a": 1}, None], dtype=object), allow_pickle=True)
np.savez("sklearn.npz", coef_=W, intercept_=b)
np.savez("sklearn_one.npz", coef_=W[0], intercept_=b[0])
np.savez_compressed("wb.npz", W=W, b=b)
np.savez("weights_bias.npz", weights=W.astype("f4"), bias=b.astype("f4"))
np.savez("keras.npz", **{"dense/kernel:0": W.T, "dense/bias:0": b})
np.savez("unnamed.npz", W, b)
np.savez("two_layers.npz", **{"0.weight": W, "0.bias": b, "2.weight": W, "2.bias": b})
np.savez("other_names.npz", first=W, second=b, third=W + 1)
np.savetxt("W.txt", W, delimiter=",")


def safetensors(name, tensors):
    """As https://huggingface.co/docs/safetensors has it: length, JSON padded to 8 bytes, data."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for key, (kind, shape, content) in tensors.items():
        header[key] = {"dtype": kind, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(name, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def bfloat16(array):
    return (array.astype("<f4").view("<u4") >> 16).astype("<u2").tobytes()


safetensors("pytorch.safetensors", {"linear.bias": ("F32", [2], b.astype("<f4").tobytes()), "linear.weight": ("F32", [2, 3], W.astype("<f4").tobytes())})
safetensors("keras.safetensors", {"dense/kernel": ("F64", [3, 2], W.T.astype("<f8").tobytes()), "dense/bias": ("F64", [2], b.tobytes())})
safetensors("half.safetensors", {"weight": ("F16", [2, 3], W.astype("<f2").tobytes()), "bias": ("F16", [2], b.astype("<f2").tobytes())})
safetensors("bfloat.safetensors", {"weight": ("BF16", [2, 3], bfloat16(W)), "bias": ("BF16", [2], bfloat16(b))})
