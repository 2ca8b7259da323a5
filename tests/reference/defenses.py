"""Makes defenses.json: what defenses do to the membership attacks, by our own small PyTorch laboratory, written from the papers.

Run by hand from the repository's root, after `npm run setup` has made public/data/mnist.bin; some minutes on one thread:

    python3 tests/reference/defenses.py        (PyTorch 1.13, scikit-learn 1.2, Debian's python3-torch and python3-sklearn)

Nothing here is shared with the TypeScript, random numbers neither: only means over seeds can be compared. Each seed permutes
the digits afresh. Within a seed all defenses see the same digits, the same initial weights, orders of batches and halves
for shadow models, so that differences are paired. Models of one size are trained side by side, stacked for bmm.
"""
import gzip
import json
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

HERE = pathlib.Path(__file__).parent
torch.set_num_threads(1)
CLASSES = 10
SEEDS = range(10)
NOISE_SEEDS = range(3)
SMALL = {"hidden": 64, "rate": 0.2, "batch": 30, "epochs": 30}
LARGE = {"hidden": 128, "rate": 0.1, "batch": 64, "epochs": 50}
TRAININGS = {
    "label_smoothing": {"smoothing": 0.1},
    "dropout": {"dropout": 0.5},
    "weight_decay": {"decay": 5e-4},
    "early_stopping": {"epochs": 3},
    "relax_loss": {"relax": 0.5},
}


def load_mnist():
    packed = np.frombuffer(gzip.decompress((HERE / "../../public/data/mnist.bin").read_bytes()), dtype=np.uint8)
    pixels, labels = packed[: 10_000 * 784].astype(np.float64), packed[10_000 * 784 :].astype(np.int64)
    assert len(labels) == 10_000 and labels.max() == 9
    return np.round(pixels * 1000 / 255).reshape(-1, 784) / 1000, labels


def one_hot(labels):
    return F.one_hot(torch.as_tensor(labels), CLASSES).float()


# Training. Parameters are [models, rows, columns].


def forward(p, x, kept=None, dropout=0.0):
    hidden = F.relu(torch.baddbmm(p[1], x, p[0]))
    return torch.baddbmm(p[3], hidden if kept is None else hidden * kept / (1 - dropout), p[2])


def target_answers(p, x):
    return F.softmax(forward([q[:1] for q in p], x[None])[0].double(), 1).numpy()


def cross_entropy(logits, targets):
    return -(targets * F.log_softmax(logits, 2)).sum(2).mean(1)


def relaxed(logits, targets, level, epoch):
    """RelaxLoss (Chen, Yu & Fritz 2022, algorithm 1): each model's objective on its batch."""
    losses = cross_entropy(logits, targets)
    p_true = (F.softmax(logits, 2) * targets).sum(2, keepdim=True).detach()
    soft = targets * p_true + (1 - targets) * (1 - p_true) / (CLASSES - 1)
    return torch.where(losses > level, losses, -losses if epoch % 2 == 0 else cross_entropy(logits, soft))


def train(x, targets, rows, seed, *, hidden, rate, batch, epochs, smoothing=0.0, dropout=0.0, decay=0.0, relax=None):
    """One model for each line of rows [models, n]; targets are [N, classes], or [models, N, classes] for each its own."""
    random = torch.Generator().manual_seed(seed)
    models, n = rows.shape
    targets = targets.expand(models, *targets.shape[-2:]) * (1 - smoothing) + smoothing / CLASSES
    p = []
    for i, o in ((x.shape[1], hidden), (hidden, CLASSES)):
        limit = (6 / (i + o)) ** 0.5  # Glorot
        p += [(torch.rand(models, i, o, generator=random) * 2 - 1) * limit, torch.zeros(models, 1, o)]
    for q in p:
        q.requires_grad_()
    each = torch.arange(models).unsqueeze(1)
    for epoch in range(epochs):
        order = rows.gather(1, torch.rand(models, n, generator=random).argsort(1))
        for start in range(0, n, batch):
            chosen = order[:, start : start + batch]
            kept = torch.rand(*chosen.shape, hidden, generator=random) >= dropout if dropout else None
            logits, t = forward(p, x[chosen], kept, dropout), targets[each, chosen]
            objective = cross_entropy(logits, t) if relax is None else relaxed(logits, t, relax, epoch)
            gradients = torch.autograd.grad(objective.sum(), p)
            with torch.no_grad():
                for q, gradient in zip(p, gradients):
                    q -= rate * (gradient + decay * q)
    return [q.detach() for q in p]


def distilled(x, targets, rows, public, seed, recipe):
    """Teachers on their rows, then fresh students on the public inputs and the teachers' answers at temperature 1."""
    teachers = train(x, targets, rows, seed, **recipe)
    opinions = torch.zeros(len(rows), len(x), CLASSES)
    opinions[:, public] = F.softmax(forward(teachers, x[public].expand(len(rows), -1, -1)), 2)
    return train(x, opinions, public.expand(len(rows), -1), seed + 1, **recipe)


# Attacks. The candidates' first half are the members; each score is higher for likelier members.


def auc(scores):
    return roc_auc_score(np.arange(len(scores)) < len(scores) // 2, scores)  # ties count half


def accuracy(answers, labels):
    return float((answers.argmax(1) == labels).mean())


def halves(candidates, models, rng):
    """sees[shadow model, candidate], each pair of models splitting the candidates in two random halves; and the rows of the target,
    which are the first half, followed by those of its shadow models."""
    sees = np.zeros((models, candidates), dtype=bool)
    for first in range(0, models, 2):
        sees[first, rng.permutation(candidates)[: candidates // 2]] = True
        sees[first + 1] = ~sees[first]
    return sees, torch.tensor(np.stack([np.arange(candidates // 2), *(np.flatnonzero(line) for line in sees)]))


def likelihood_ratio(target, shadows, sees, one_variance=False):
    """LiRA online (Carlini et al. 2022): centre by median; each side has one variance, pooled over the candidates, or both share one."""
    score = 0.0
    for side, sign in ((sees, 1), (~sees, -1)):
        phi = np.where(side, shadows, np.nan)
        centre = np.nanmedian(phi, axis=0)
        deviation = 1 if one_variance else np.sqrt(np.nanmean((phi - centre) ** 2))  # a common one does not change the order
        score = score + sign * (-np.log(deviation) - ((target - centre) / deviation) ** 2 / 2)
    return score


def lira(p, x, labels, sees, **how):
    """Model 0 of the stack is the target, the others are the shadow models."""
    logits = forward(p, x.expand(len(p[0]), -1, -1)).double()
    own = one_hot(labels).bool().expand(len(logits), -1, -1)
    others = logits.masked_fill(own, -torch.inf).logsumexp(2)
    phi = (logits[own].reshape(others.shape) - others).numpy()
    return auc(likelihood_ratio(phi[0], phi[1:], sees, **how))


def log_confidence(answers, labels):
    return np.log(np.maximum(answers[np.arange(len(labels)), labels], 1e-30))


def modified_entropy(answers, labels):
    """Song & Mittal 2021."""
    own = np.eye(CLASSES, dtype=bool)[labels]
    p = answers[own]
    others = np.where(own, 0, answers)
    return -(1 - p) * np.log(np.maximum(p, 1e-30)) - (others * np.log(np.maximum(1 - others, 1e-30))).sum(1)


def class_wise(entropy, labels, population, population_labels):
    """The share of the class's population with more entropy; the entropy itself decides among equals."""
    shares = np.array([(population[population_labels == y] > e).mean() for e, y in zip(entropy, labels)])
    rank = np.empty(len(entropy))
    rank[np.lexsort((-entropy, shares))] = np.arange(len(entropy))
    return rank


# Defenses of answers.


def cut_answers(answers):
    best, rounded = np.eye(CLASSES)[answers.argmax(1)], np.round(answers, 1)
    return {
        "labels_only": best,
        "rounding_1": rounded,
        "rounding_1_renormalised": rounded / rounded.sum(1, keepdims=True),
        "top_1": np.where(best == 1, answers, (1 - answers.max(1, keepdims=True)) / (CLASSES - 1)),
    }


def memguard(answers, members, public, **fit):
    """MemGuard (Jia et al. 2019) in small. Each answer moves by the least share of the uniform answer at which the defender's
    classifier changes sides, and stays where it never does."""

    def seen(answers):
        return np.log(np.maximum(-np.sort(-answers, 1)[:, :3], 1e-6))

    def sure(answers):
        return classifier.decision_function(seen(answers)) > 0

    def mixed(shares):
        return answers + shares[:, None] * (1 / CLASSES - answers)

    known = np.arange(len(members) + len(public)) < len(members)
    classifier = LogisticRegression(max_iter=10_000, **fit).fit(seen(np.concatenate([members, public])), known)
    most = np.minimum(1 / np.maximum(np.abs(answers - 1 / CLASSES).sum(1), 1e-12), 1 - 1e-9)  # distortion at most 1
    steps = most * np.geomspace(1e-9, 1, 300)[:, None]
    crossed = np.stack([sure(mixed(shares)) != sure(answers) for shares in steps])
    first, every = crossed.argmax(0), np.arange(len(answers))
    low, high = np.where(first > 0, steps[first - 1, every], 0), steps[first, every]
    for _ in range(60):
        middle = (low + high) / 2
        crosses = sure(mixed(middle)) != sure(answers)
        low, high = np.where(crosses, low, middle), np.where(crosses, middle, high)
    return mixed(np.where(crossed.any(0), high, 0))


# Experiments. Each gives { name: (AUC, test accuracy) } for one seed.


def small(seed, images, labels):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(labels))[:3600]
    x, y = torch.tensor(images[order], dtype=torch.float32), labels[order]
    candidates, population, test, public = slice(0, 600), slice(600, 1100), slice(1100, 1600), torch.arange(1600, 3600)
    sees, rows = halves(600, 8, rng)
    stacks = {"none": train(x, one_hot(y), rows, seed, **SMALL)}
    for name, change in TRAININGS.items():
        stacks[name] = train(x, one_hot(y), rows, seed, **{**SMALL, **change})
    stacks["distillation"] = distilled(x, one_hot(y), rows, public, seed, SMALL)

    results = {}
    for name, p in stacks.items():
        right = accuracy(target_answers(p, x)[test], y[test])
        for attack, one_variance in (("lira", False), ("lira_one_variance", True)):
            results[f"{attack}/{name}"] = lira(p, x[candidates], y[candidates], sees, one_variance=one_variance), right
    answers = target_answers(stacks["none"], x)
    known = answers[:300], answers[1600:1900]
    guarded = {
        "memguard": memguard(answers, *known, penalty=None),
        "memguard_ridge": memguard(answers, *known, C=1.0),  # scikit-learn's own, and far flatter
    }
    for name, given in {"none": answers, **cut_answers(answers), **guarded}.items():
        right = accuracy(given[test], y[test])
        results[f"loss_threshold/{name}"] = auc(log_confidence(given[candidates], y[candidates])), right
        if name == "none" or name in guarded:
            entropy = modified_entropy(given, y)
            results[f"modified_entropy/{name}"] = auc(-entropy[candidates]), right
            scores = class_wise(entropy[candidates], y[candidates], entropy[population], y[population])
            results[f"modified_entropy_class_wise/{name}"] = auc(scores), right
    return results


def label_noise(seed, images, labels):
    """The experiment of membership.json; the candidates' given labels are trained on and attacked, the test's are true."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(labels))[:4000]
    x, y = torch.tensor(images[order], dtype=torch.float32), labels[order]
    sees, rows = halves(2000, 16, rng)
    given = y.copy()
    for start in (0, 1000):
        wrong = start + rng.permutation(1000)[:100]
        given[wrong] = (given[wrong] + rng.integers(1, CLASSES, 100)) % CLASSES
    results = {}
    for name, known in (("none", y), ("label_noise", given)):
        p = train(x, one_hot(known), rows, seed, **LARGE)
        right = accuracy(target_answers(p, x[2000:]), y[2000:])
        results[f"label_noise_lira16/{name}"] = lira(p, x[:2000], known[:2000], sees), right
    return results


def summary(values):
    return {"mean": round(float(np.mean(values)), 5), "sd": round(float(np.std(values, ddof=1)), 5), "n": len(values)}


def summarised(runs):
    """{ attack: { defense: figures } } over seeds; change is the paired difference of AUC from the attack's `none`."""
    table = {}
    for key in runs[0]:
        attack, defense = key.split("/")
        aucs, accuracies = np.array([run[key] for run in runs]).T
        entry = {"auc": summary(aucs), "test_accuracy": summary(accuracies)}
        if defense != "none":
            entry["auc_change"] = summary(aucs - [run[f"{attack}/none"][0] for run in runs])
        table.setdefault(attack, {})[defense] = entry
    return table


if __name__ == "__main__":
    began = time.time()
    images, labels = load_mnist()
    table = summarised([small(seed, images, labels) for seed in SEEDS])
    table |= summarised([label_noise(seed, images, labels) for seed in NOISE_SEEDS])
    print(f"{time.time() - began:.0f} s")
    what = (
        "AUC and test accuracy without and with each defense, and the paired change of AUC, over seeds; by PyTorch (defenses.py). "
        "MNIST: 300 members, 300 non-members, 500 population, 500 test, 2000 public; MLP 784-64-10; SGD 0.2, batch 30, 30 epochs; "
        "LiRA online, 8 shadow models, a variance for each side or one for both. "
        "label_noise_lira16: 1000/1000, MLP 784-128-10, SGD 0.1, batch 64, 50 epochs, 16 shadow models."
    )
    parts = [f'  "what": {json.dumps(what)}']
    for attack, entries in table.items():
        lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(entry)}" for name, entry in entries.items())
        parts.append(f"  {json.dumps(attack)}: {{\n{lines}\n  }}")
    (HERE / "defenses.json").write_text("{\n" + ",\n".join(parts) + "\n}\n")
