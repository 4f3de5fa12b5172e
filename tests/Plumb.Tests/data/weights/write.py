"""Writes the arrays of this folder with NumPy, PyTorch and safetensors (made with 1.24.2, 1.13.0 and 0.8.0). W is targets x inputs, [[1.5, -2, 0.25], [3, 0.125, -7]], b is [0.5, -1]."""
import numpy as np
import torch
from safetensors.numpy import save_file as numpy_file
from safetensors.torch import save_file as torch_file

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


linear = torch.nn.Linear(3, 2)
with torch.no_grad():
    linear.weight.copy_(torch.tensor(W))
    linear.bias.copy_(torch.tensor(b))
torch_file(torch.nn.ModuleDict({"linear": linear}).state_dict(), "pytorch.safetensors", metadata={"format": "pt"})
torch_file(linear.half().state_dict(), "half.safetensors")
torch_file(linear.bfloat16().state_dict(), "bfloat.safetensors")
numpy_file({"dense/kernel": np.ascontiguousarray(W.T), "dense/bias": b}, "keras.safetensors")
numpy_file({"x": np.arange(12.0).reshape(4, 3) ** 2, "y": np.array([1, 2, 4, 8], dtype="f4")}, "data.safetensors")
