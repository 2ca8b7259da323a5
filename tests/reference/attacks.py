"""Makes attacks.json: two membership attacks in PyTorch, written from the papers, on the small experiment of defenses.py.

Run by hand from the repository's root, after `npm run setup` has made public/data/mnist.bin; under a minute on one thread:

    python3 tests/reference/attacks.py        (PyTorch 1.13, scikit-learn 1.2, Debian's python3-torch and python3-sklearn)

As in defenses.py nothing is shared with the TypeScript, random numbers neither: only means over seeds can be compared. Within a
seed both trainings see the same digits, initial weights, halves for shadow models and noise, so that differences are paired.
"""
import json
import time

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.linear_model import LogisticRegression

from defenses import CLASSES, HERE, SEEDS, SMALL, accuracy, auc, forward, halves, load_mnist, one_hot, summary, target_answers, train

COPIES, STRENGTH = 8, 0.6
SHADOWS = 4
CANDIDATES, POPULATION, TEST = slice(0, 600), slice(600, 1100), slice(1100, 1600)
TRAININGS = {"none": {}, "early_stopping": {"epochs": 3}}


def shifted(x, down, right):
    """Pictures moved by at most a pixel each way; zeros move in."""
    framed = F.pad(x.reshape(-1, 28, 28), (1, 1, 1, 1))
    return framed[:, 1 - down : 29 - down, 1 - right : 29 - right].reshape(len(x), -1)


def label_only(p, x, labels, noise):
    """Choquette-Choo et al. 2021: on how many copies the model still says the true label. A shift of (0, 0) is the picture itself."""
    copies = [shifted(x, down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    copies += [x + STRENGTH * (k + 1) / COPIES * noise[k] for k in range(COPIES)]
    right = np.stack([target_answers(p, copy).argmax(1) == labels for copy in copies])
    return {"label_only": right.sum(0), "label_only_itself": right[4]}  # itself alone sees the gap between accuracies


def features(answers, labels):
    own = np.eye(CLASSES, dtype=bool)[labels]
    others = answers[~own].reshape(len(labels), CLASSES - 1)
    phi = np.log(np.maximum(answers[own], 1e-30)) - np.log(np.maximum(others.sum(1), 1e-30))
    return np.column_stack([phi, np.log(np.maximum(-np.sort(-others, 1)[:, :3], 1e-12))])


def network(lessons, memberships, seed):
    """32 hidden ReLU units; gives the probability of member as a function of features."""
    random = torch.Generator().manual_seed(seed)
    inputs, targets = torch.tensor(lessons, dtype=torch.float32), torch.tensor(memberships).long()
    layers = [torch.nn.Linear(inputs.shape[1], 32), torch.nn.Linear(32, 2)]
    for layer in layers:
        limit = (6 / (layer.in_features + layer.out_features)) ** 0.5  # Glorot
        layer.weight.data = (torch.rand(layer.weight.shape, generator=random) * 2 - 1) * limit
        layer.bias.data.zero_()
    judge = torch.nn.Sequential(layers[0], torch.nn.ReLU(), layers[1])
    adam = torch.optim.Adam(judge.parameters(), lr=0.005)
    for _ in range(10):
        for chosen in torch.randperm(len(inputs), generator=random).split(64):
            adam.zero_grad()
            F.cross_entropy(judge(inputs[chosen]), targets[chosen]).backward()
            adam.step()
    return lambda rows: F.softmax(judge(torch.tensor(rows, dtype=torch.float32)).double(), 1)[:, 1].detach().numpy()


def shadow_classifier(target, shadows, x, labels, sees, seed):
    """Shokri et al. 2017, with one attack model for all classes, taught on the answers of all shadow models about the population."""
    population, known = x[POPULATION], labels[POPULATION]
    answers = F.softmax(forward(shadows, population.expand(len(sees), -1, -1)).double(), 2).numpy()
    lessons = np.concatenate([features(own, known) for own in answers])
    centre, deviation = lessons.mean(0), lessons.std(0)
    lessons, memberships = (lessons - centre) / deviation, sees.reshape(-1)
    asked = (features(target_answers(target, x[CANDIDATES]), labels[CANDIDATES]) - centre) / deviation
    logistic = LogisticRegression(penalty=None, max_iter=10_000).fit(lessons, memberships)
    return {
        "shadow_classifier": network(lessons, memberships, seed)(asked),
        "shadow_classifier_logistic": logistic.decision_function(asked),
    }


def figures(seed, images, labels):
    """{ attack/training: (AUC, test accuracy) } of one seed."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(labels))[:1600]
    x, y = torch.tensor(images[order], dtype=torch.float32), labels[order]
    sees, _ = halves(500, SHADOWS, rng)
    rows = torch.tensor(np.stack([np.flatnonzero(line) for line in sees])) + POPULATION.start
    noise = torch.tensor(rng.standard_normal((COPIES, 600, 784)), dtype=torch.float32)
    results = {}
    for name, change in TRAININGS.items():
        recipe = {**SMALL, **change}
        target = train(x, one_hot(y), torch.arange(300)[None], seed, **recipe)
        shadows = train(x, one_hot(y), rows, seed + 1000, **recipe)
        right = accuracy(target_answers(target, x[TEST]), y[TEST])
        scores = label_only(target, x[CANDIDATES], y[CANDIDATES], noise)
        scores |= shadow_classifier(target, shadows, x, y, sees, seed)
        results |= {f"{attack}/{name}": (auc(own), right) for attack, own in scores.items()}
    return results


def summarised(runs):
    table = {}
    for key in runs[0]:
        attack, training = key.split("/")
        aucs, accuracies = np.array([run[key] for run in runs]).T
        entry = {"auc": summary(aucs), "test_accuracy": summary(accuracies)}
        if training != "none":
            entry["auc_change"] = summary(aucs - [run[f"{attack}/none"][0] for run in runs])
        table.setdefault(attack, {})[training] = entry
    return table


if __name__ == "__main__":
    began = time.time()
    images, labels = load_mnist()
    table = summarised([figures(seed, images, labels) for seed in SEEDS])
    print(f"{time.time() - began:.0f} s")
    what = (
        "AUC and test accuracy without defense and with early stopping after 3 epochs, and the paired change of AUC, over seeds; by "
        "PyTorch (attacks.py). MNIST: 300 members, 300 non-members, 500 population, 500 test; MLP 784-64-10; SGD 0.2, batch 30, "
        "30 epochs. label_only: itself, 8 shifts, 8 noisy copies of deviation up to 0.6; label_only_itself: whether the model is right. "
        "shadow_classifier: 4 shadow models on halves of the population, 32 hidden units, Adam 0.005, batch 64, 10 epochs; logistic: "
        "an unpenalised logistic regression on the same features."
    )
    parts = [f'  "what": {json.dumps(what)}']
    for attack, entries in table.items():
        lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(entry)}" for name, entry in entries.items())
        parts.append(f"  {json.dumps(attack)}: {{\n{lines}\n  }}")
    (HERE / "attacks.json").write_text("{\n" + ",\n".join(parts) + "\n}\n")
