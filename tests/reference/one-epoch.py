"""Makes one-epoch.json: the AUC of the loss threshold after one epoch on 2,000 of MNIST-10k's digits, by PyTorch, 30 seeds.

MLP 784-128-10, glorot-uniform, SGD 0.1, batch 64; members and as many others drawn anew for each seed. `shuffled` scores the same
losses against the members in random order: what no trace looks like. Run by hand from the root of the project.
"""
import gzip
import json
import math

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

torch.set_num_threads(1)
raw = np.frombuffer(gzip.open("public/data/mnist.bin").read(), dtype=np.uint8)
pixels = raw[:7840000].reshape(10000, 784).astype(np.float64)
X = torch.tensor(np.round(pixels * 1000 / 255) / 1000, dtype=torch.float32)
Y = torch.tensor(raw[7840000:].astype(np.int64))


def glorot(inputs, outputs, generator):
    return (torch.rand(inputs, outputs, generator=generator) * 2 - 1) * math.sqrt(6 / (inputs + outputs))


def aucs_of(seed):
    """The AUC of the losses, and the same with the members shuffled."""
    generator = torch.Generator().manual_seed(seed)
    pool = torch.randperm(10000, generator=generator)[:4000]
    members = pool[:2000]
    parameters = [glorot(784, 128, generator), torch.zeros(128), glorot(128, 10, generator), torch.zeros(10)]
    for parameter in parameters:
        parameter.requires_grad_()
    w1, b1, w2, b2 = parameters

    def losses(rows):
        logits = torch.relu(X[rows] @ w1 + b1) @ w2 + b2
        return torch.nn.functional.cross_entropy(logits, Y[rows], reduction="none")

    for batch in torch.randperm(2000, generator=generator).split(64):
        gradients = torch.autograd.grad(losses(members[batch]).mean(), parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter -= 0.1 * gradient
    with torch.no_grad():
        scores = -losses(pool).numpy()
    is_member = np.r_[np.ones(2000), np.zeros(2000)]
    shuffled = np.random.RandomState(seed).permutation(is_member)
    return roc_auc_score(is_member, scores), roc_auc_score(shuffled, scores)


def figure(values):
    return {"mean": round(float(np.mean(values)), 5), "sd": round(float(np.std(values, ddof=1)), 5), "n": len(values)}


aucs = [aucs_of(seed) for seed in range(30)]
with open("tests/reference/one-epoch.json", "w") as file:
    json.dump({"loss_threshold_auc": figure([true for true, _ in aucs]), "shuffled_auc": figure([shuffled for _, shuffled in aucs])}, file, indent=1)
    file.write("\n")
