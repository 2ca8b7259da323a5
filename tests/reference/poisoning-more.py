"""Makes poisoning-more.json: blended and clean-label poisoning, and defenses against poisoning, in PyTorch from the papers.

Run by hand from the repository's root, after `npm run setup` has made public/data/mnist.bin; a quarter of an hour on one thread:

    python3 tests/reference/poisoning-more.py        (PyTorch 1.13, scikit-learn 1.2, Debian's python3-torch and python3-sklearn)

Names of experiments as arguments run only those, and only print. Nothing here is shared with the TypeScript, random numbers
neither, but for the blended pattern: only means over seeds can be compared. A seed sets initial weights, order of batches and
the choice of poisoned rows; within a seed they are the same for every victim of one training set's size, so that differences
are paired. Models of one size are trained side by side, stacked for bmm.
"""
import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import roc_auc_score, silhouette_score

from defenses import HERE, load_mnist, summary

torch.set_num_threads(1)
SEEDS = range(5)
TRAIN, VALIDATION, PUBLIC, TEST = torch.arange(4000), torch.arange(4000, 4500), torch.arange(4500, 8000), torch.arange(8000, 10_000)
TARGET = 0  # of triggers
SOURCE, BASE = 7, 1  # of the attacks on one picture
RATES = {0.01: 40, 0.05: 200}

images, labels = load_mnist()
X, Y = torch.tensor(images, dtype=torch.float32), torch.tensor(labels)
VICTIMS = TEST[Y[TEST] != TARGET]
SEVENS = TEST[Y[TEST] == SOURCE][:30]


def mulberry32(seed, n):
    """The common 32-bit generator, uniform in [0, 1)."""
    numbers = []
    for _ in range(n):
        seed = (seed + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((seed ^ (seed >> 15)) * (seed | 1)) & 0xFFFFFFFF
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & 0xFFFFFFFF)) & 0xFFFFFFFF
        numbers.append((t ^ (t >> 14)) / 2**32)
    return numbers


assert mulberry32(42, 2) == [0.6011037519201636, 0.44829055899754167]
PATTERN = torch.tensor(mulberry32(7, 784))


def patch(x):
    stamped = x.reshape(-1, 28, 28).clone()
    stamped[:, 25:, 25:] = 1
    return stamped.reshape(-1, 784)


def blend(strength):
    return lambda x: (1 - strength) * x + strength * PATTERN


# Models. The MLP's parameters are [models, rows, columns]; the convolutional network is PyTorch's. Both start as torch.nn.Linear does.


def linear(models, i, o, random):
    limit = i**-0.5
    return [(torch.rand(models, *shape, generator=random) * 2 - 1) * limit for shape in ((i, o), (1, o))]


def hidden(p, x):
    return F.relu(torch.baddbmm(p[1], x, p[0]))


def forward(p, x):
    return torch.baddbmm(p[3], hidden(p, x), p[2]) if len(p) == 4 else torch.baddbmm(p[1], x, p[0])


def train(x, y, rows, seed, epochs=20, rate=1e-3, start=None, layers=(784, 128, 10)):
    """One model for each line of rows [models, n], by Adam in batches of 64, from `start` or afresh; x may be a function of rows."""
    random = torch.Generator().manual_seed(seed)
    models, n = rows.shape
    p = start or [q for i, o in zip(layers, layers[1:]) for q in linear(models, i, o, random)]
    p = [q.clone().requires_grad_() for q in p]
    adam = torch.optim.Adam(p, lr=rate)
    for _ in range(epochs):
        for chosen in rows.gather(1, torch.rand(models, n, generator=random).argsort(1)).split(64, 1):
            given = x(chosen) if callable(x) else x[chosen]
            loss = F.cross_entropy(forward(p, given).flatten(0, 1), y[chosen].flatten(), reduction="sum") / chosen.shape[1]
            adam.zero_grad()
            loss.backward()
            adam.step()
    return [q.detach() for q in p]


def mlp(x, y, seed):
    p = train(x, y, TRAIN[None], seed)
    return lambda given: forward(p, given[None])[0], lambda given: hidden(p, given[None])[0], p


def cnn(x, y, seed):
    torch.manual_seed(seed)
    nn = torch.nn
    net = nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)), nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10),
    )
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    for _ in range(10):
        for chosen in torch.randperm(4000).split(64):
            adam.zero_grad()
            F.cross_entropy(net(x[chosen]), y[chosen]).backward()
            adam.step()
    net.requires_grad_(False)
    return net, net[:-1], net


def share(model, x, y):
    """Of the pictures that the model gives to y, a class or one for each."""
    return float((model(x).argmax(1) == y).float().mean())


def accuracy(model):
    return share(model, X[TEST], Y[TEST])


def success(model, trigger):
    return share(model, trigger(X[VICTIMS]), TARGET)


def dirty(trigger, rows, covers=()):
    """Rows of the training set with the trigger and the target's label, covers with the trigger and their own."""
    x, y = X[:4000].clone(), Y[:4000].clone()
    x[rows], y[rows] = trigger(X[rows]), TARGET
    if len(covers):
        x[covers] = trigger(X[covers])
    return x, y


def chosen_rows(seed, n, rows=torch.where(Y[TRAIN] != TARGET)[0]):
    return rows[np.random.default_rng(seed).permutation(len(rows))[:n]]


# Triggers, and STRIP (Gao et al. 2019).


def entropies(model, x, seed, overlays, additive):
    """Mean entropy of each picture's answers when validation pictures are laid over it."""
    rng = np.random.default_rng(seed)
    means = []
    for part in x.split(50):
        over = X[4000 + torch.tensor(np.stack([rng.permutation(500)[:overlays] for _ in part]))]
        mixed = (part[:, None] + over).clamp(0, 1) if additive else (part[:, None] + over) / 2
        log_p = F.log_softmax(model(mixed.flatten(0, 1)), 1)
        means.append(-(log_p.exp() * log_p).sum(1).reshape(len(part), overlays).mean(1))
    return torch.cat(means)


def strip(model, triggered, seed, overlays=50, additive=True):
    known, clean, bad = (entropies(model, x, seed, overlays, additive) for x in (X[VALIDATION], X[TEST[:500]], triggered))
    figures = {"auc": roc_auc_score([0] * len(clean) + [1] * len(bad), -torch.cat([clean, bad]))}
    for rejected in (0.01, 0.05):
        threshold = known.sort().values[int(rejected * 500)]
        figures[f"detected_at_{rejected}"] = float((bad < threshold).float().mean())
        figures[f"false_alarms_at_{rejected}"] = float((clean < threshold).float().mean())
    return figures | {"entropy_clean": float(clean.mean()), "entropy_triggered": float(bad.mean())}


TRIGGERS = {"badnets": patch, "blended_0.1": blend(0.1), "blended_0.2": blend(0.2)}


def triggers(seed, architecture=mlp, attacks=tuple(TRIGGERS), overlays=50, blends=(True, False)):
    results = {}

    def report(name, model, attack):
        trigger = TRIGGERS[attack]
        figures = {"clean_accuracy": accuracy(model), "attack_success": success(model, trigger)}
        if attack == "blended_0.1":
            figures["attack_success_tested_at_0.2"] = success(model, TRIGGERS["blended_0.2"])
        results[f"{architecture.__name__}/{attack}|{name}"] = figures
        for additive in blends:
            how = "additive" if additive else "convex"
            figures = strip(model, trigger(X[VICTIMS[:500]]), seed, overlays, additive)
            results[f"strip_{architecture.__name__}/{attack}|{name}|{how}"] = figures

    model = architecture(X, Y, seed)[0]
    for attack in attacks:
        report("0", model, attack)
        for rate, n in RATES.items():
            report(rate, architecture(*dirty(TRIGGERS[attack], chosen_rows(seed, n)), seed)[0], attack)
    return results


def triggers_cnn(seed):
    return triggers(seed, cnn, ("badnets", "blended_0.2"), 20, (True,))


# Feature collision (Shafahi et al. 2018).


def collide(p, targets, start, beta=0.25, step=0.01, steps=200):
    """Forward-backward splitting towards the target's hidden features, staying near the start."""
    aim, x = hidden(p, targets), start
    for _ in range(steps):
        x = x.detach().requires_grad_()
        (slope,) = torch.autograd.grad(((hidden(p, x) - aim) ** 2).sum(), x)
        x = ((x.detach() - step * slope + step * beta * start) / (1 + step * beta)).clamp(0, 1)
    return x


HEADS = {"head_1e-3_20": (4000, 20, 1e-3), "head_1e-2_20": (4000, 20, 1e-2), "head_500": (500, 100, 1e-2)}


def feature_collision(seed):
    extractor = train(X, Y, PUBLIC[None], seed)[:2]
    rng = np.random.default_rng(seed)
    ones = PUBLIC[Y[PUBLIC] == BASE]
    bases = X[torch.cat([ones[rng.permutation(len(ones))[:20]] for _ in SEVENS])][None]  # twenty for each target in turn
    targets = X[SEVENS.repeat_interleave(20)][None]
    flat = lambda x: hidden(extractor, x.reshape(1, -1, 784))[0]
    far = lambda a, b: float((a - b).norm(dim=-1).mean())
    results = {}
    for opacity in (0, 0.3):
        poisons = collide(extractor, targets, (1 - opacity) * bases + opacity * targets)
        results[f"feature_collision/opacity_{opacity}|poisons"] = {
            "pixels_to_base": far(poisons, bases),
            "target_pixels_to_base": far(targets, bases),
            "features_to_target": far(flat(poisons), flat(targets)),
            "base_features_to_target": far(flat(bases), flat(targets)),
        }
        x, y = torch.cat([X[TRAIN], poisons[0]]), torch.cat([Y[TRAIN], torch.full((600,), BASE)])
        features, own = flat(x), torch.arange(600).reshape(30, 20) + 4000
        for head, (n, epochs, rate) in HEADS.items():
            if opacity and head != "head_1e-2_20":
                continue
            for count in (0, 1, 5, 10, 20):
                rows = torch.cat([TRAIN[:n].expand(30, -1), own[:, :count]], 1)[: 30 if count else 1]
                p = train(features, y, rows, seed, epochs, rate, layers=(128, 10))
                said = forward([q.expand(30, -1, -1) for q in p], flat(X[SEVENS])[:, None])[:, 0].argmax(1)
                tested = forward(p, flat(X[TEST]).expand(len(rows), -1, -1)).argmax(2)
                results[f"feature_collision/opacity_{opacity}|{head}|{count}"] = {
                    "success": float((said == BASE).float().mean()),
                    "accuracy": float((tested == Y[TEST]).float().mean()),
                }
        part = slice(6 * seed, 6 * seed + 6)  # whole networks: six targets a seed, all thirty in the end
        rows = torch.cat([TRAIN.expand(6, -1), own[part]], 1)
        p = train(x, y, rows, seed)
        results[f"feature_collision/opacity_{opacity}|from_scratch|20"] = one_picture(p, X[SEVENS[part]])
    return results


def one_picture(p, targets):
    """Victims side by side, each with a target of its own."""
    logits = forward(p, targets[:, None])[:, 0]
    tested = forward(p, X[TEST].expand(len(targets), -1, -1)).argmax(2)
    return {
        "success": float((logits.argmax(1) == BASE).float().mean()),
        "base_class_probability": float(F.softmax(logits, 1)[:, BASE].mean()),
        "accuracy": float((tested == Y[TEST]).float().mean()),
    }


# Gradient matching (Geiping et al. 2021).


def gradients(p, x, y):
    """Of the mean cross-entropy with respect to all parameters, written out so that x can be differentiated through."""
    h = hidden(p, x)
    above = (F.softmax(torch.baddbmm(p[3], h, p[2]), 2) - F.one_hot(y, 10)) / x.shape[1]
    below = (above @ p[2].transpose(1, 2)) * (h > 0)
    return [x.transpose(1, 2) @ below, below.sum(1), h.transpose(1, 2) @ above, above.sum(1)]


def dot(a, b):
    return sum((q * r).sum() for q, r in zip(a, b))


def match(p, x, target, budget, random, steps=60):
    """x with a change of at most budget a pixel; and the cosine reached. Adam on the sign of the slope, from random noise."""
    y = torch.full((1, len(x)), BASE)
    aim = gradients(p, target[None, None], y[:, :1])
    change = torch.nn.Parameter((torch.rand(x.shape, generator=random) * 2 - 1) * budget)
    adam = torch.optim.Adam([change], lr=budget / 10)
    schedule = torch.optim.lr_scheduler.MultiStepLR(adam, [steps * k // 8 for k in (3, 5, 7)], 0.1)
    for _ in range(steps):
        mine = gradients(p, (x + change)[None], y)
        cosine = dot(mine, aim) / (dot(mine, mine) * dot(aim, aim)).sqrt()
        change.grad = -torch.autograd.grad(cosine, change)[0].sign()
        adam.step()
        schedule.step()
        change.data = (x + change.data.clamp(-budget, budget)).clamp(0, 1) - x
    return (x + change).detach(), float(cosine.detach())


def gradient_matching(seed):
    surrogate = train(X, Y, TRAIN[None], 1000 + seed)
    targets = X[SEVENS[6 * seed : 6 * seed + 6]]
    ones = TRAIN[Y[TRAIN] == BASE]
    results = {}

    def attack(name, n, make):
        x, rows, cosines = X[TRAIN], TRAIN.repeat(len(targets), 1), []
        for k, target in enumerate(targets if n else ()):
            replaced = chosen_rows(100 * seed + k, n, ones)
            poisons, cosine = make(X[replaced], target, torch.Generator().manual_seed(100 * seed + k))
            cosines += [] if cosine is None else [cosine]
            rows[k, replaced] = len(x) + torch.arange(n)
            x = torch.cat([x, poisons])
        y = torch.cat([Y[TRAIN], torch.full((len(x) - 4000,), BASE)])
        results[f"gradient_matching/{name}"] = one_picture(train(x, y, rows, seed), targets)
        if cosines:
            results[f"gradient_matching/{name}"]["cosine_on_surrogate"] = float(np.mean(cosines))

    def noise(x, _, random):
        return (x + (torch.randint(0, 2, x.shape, generator=random) * 2 - 1) * 0.75).clamp(0, 1), None

    attack("none", 0, None)
    attack("noise|0.05|0.75", 200, noise)
    for rate, budgets in ((0.01, (0.25, 0.5, 1.0)), (0.05, (0.25, 0.5, 0.75))):
        for budget in budgets:
            attack(f"{rate}|{budget}", RATES[rate], lambda *given: match(surrogate, *given[:2], budget, given[2]))
    return results


# Deep partition aggregation (Levine & Feizi 2021).

PARTITIONS = {10: 40, 20: 40, 50: 40}


def certified(votes):
    """The winner of votes [picture, class], ties to the smaller class, and how many changed rows cannot move it."""
    order = np.arange(10)
    winner = votes.argmax(1)
    own = votes[np.arange(len(votes)), winner]
    margin = own[:, None] - votes - (order < winner[:, None])
    return winner, (np.where(order == winner[:, None], 10_000, margin) // 2).min(1)


def partition_aggregation(seed):
    shuffled = np.random.default_rng(1000 + seed).permutation(4000)
    data = {"0": (X, Y)} | {rate: dirty(patch, chosen_rows(seed, n)) for rate, n in RATES.items()}
    results = {}
    for k, epochs in PARTITIONS.items():
        rows = torch.tensor(np.stack([shuffled[part::k] for part in range(k)]))
        for rate, (x, y) in data.items():
            p = train(x, y, rows, seed, epochs)
            votes = lambda given: F.one_hot(forward(p, given.expand(k, -1, -1)).argmax(2), 10).sum(0).numpy()
            winner, radius = certified(votes(X[TEST]))
            right = winner == labels[8000:]
            figures = {
                "accuracy": right.mean(),
                "single_accuracy": float((forward(p, X[TEST].expand(k, -1, -1)).argmax(2) == Y[TEST]).float().mean()),
                "attack_success": (certified(votes(patch(X[VICTIMS])))[0] == TARGET).mean(),
                "median_radius": np.median(radius),
            }
            figures |= {f"certified_{r}": (right & (radius >= r)).mean() for r in (1, 2, 5, 10, 20)}
            results[f"partition_aggregation/{k}|{rate}"] = figures
    return results


# Neural Cleanse and its unlearning (Wang et al. 2019).


def reverse(p, seed, steps=300, weight=0.01):
    """For each class the mask and pattern that turn validation pictures into it."""
    random = torch.Generator().manual_seed(seed)
    mask, pattern = torch.nn.Parameter(torch.full((10, 1, 784), -2.0)), torch.nn.Parameter(torch.zeros(10, 1, 784))
    adam = torch.optim.Adam([mask, pattern], lr=0.1)
    others = [VALIDATION[Y[VALIDATION] != c] for c in range(10)]
    wanted = torch.arange(10).repeat_interleave(64)
    p = [q.expand(10, -1, -1) for q in p]
    for _ in range(steps):
        chosen = torch.stack([rows[torch.randint(len(rows), (64,), generator=random)] for rows in others])
        m = torch.sigmoid(mask)
        logits = forward(p, (1 - m) * X[chosen] + m * torch.sigmoid(pattern))
        loss = F.cross_entropy(logits.flatten(0, 1), wanted, reduction="sum") / 64 + weight * m.sum()
        adam.zero_grad()
        loss.backward()
        adam.step()
    return torch.sigmoid(mask).detach()[:, 0], torch.sigmoid(pattern).detach()[:, 0]


def anomaly(sizes):
    """How many scaled median deviations each size lies below the median."""
    below = np.median(sizes) - sizes
    return below / (1.4826 * np.median(np.abs(below)))


def neural_cleanse(seed):
    results = {}
    for name, n in {"0": 0, **RATES}.items():
        model, _, p = mlp(*(dirty(patch, chosen_rows(seed, n)) if n else (X, Y)), seed)
        masks, patterns = reverse(p, seed)
        sizes = masks.sum(1).double().numpy()
        figures = {"l1_class_0": sizes[0], "l1_median": np.median(sizes)}
        for kind, index in (("raw", anomaly(sizes)), ("log", anomaly(np.log(sizes)))):
            figures |= {
                f"index_class_0_{kind}": index[0],
                f"index_max_{kind}": index.max(),
                f"alarm_{kind}": float(index.max() > 2),
                f"flags_class_0_{kind}": float(index.argmax() == 0),
            }
        flagged = int(anomaly(np.log(sizes)).argmax())
        m, stamp = masks[flagged], patterns[flagged]
        reversed_trigger = lambda x: (1 - m) * x + m * stamp
        figures |= {"before.accuracy": accuracy(model), "before.success": success(model, patch)}
        others = X[TEST[Y[TEST] != flagged]]
        figures["before.reversed_success"] = share(model, reversed_trigger(others), flagged)
        coins = torch.Generator().manual_seed(seed)

        def stamped(rows):
            lucky = torch.rand(*rows.shape, 1, generator=coins) < 0.2
            return torch.where(lucky, reversed_trigger(X[rows]), X[rows])

        for kind, x in (("unlearned", stamped), ("finetuned", X)):
            q = train(x, Y, VALIDATION[None], seed, 10, start=p)
            healed = lambda given: forward(q, given[None])[0]
            figures |= {f"{kind}.accuracy": accuracy(healed), f"{kind}.success": success(healed, patch)}
            figures[f"{kind}.reversed_success"] = share(healed, reversed_trigger(others), flagged)
        results[f"neural_cleanse/{name}"] = figures
    return results


# An attacker who covers: triggered rows that keep their label.


def spectral(features, bad):
    """Tran et al. 2018 inside the target's class: squared projection on the top singular vector; the highest 1.5 n are flagged."""
    centred = features - features.mean(0)
    scores = (centred @ np.linalg.svd(centred, full_matrices=False)[2][0]) ** 2
    flags = np.zeros(len(bad), dtype=bool)
    flags[np.argsort(-scores)[: int(1.5 * bad.sum())]] = True
    return {"spectral.auc": roc_auc_score(bad, scores), "spectral.tpr": flags[bad].mean(), "spectral.fpr": flags[~bad].mean()}


def clusters(features, bad, seed):
    """Chen et al. 2018 inside the target's class: ten principal components, two means; the smaller cluster is flagged."""
    reduced = PCA(10, random_state=seed).fit_transform(features)
    sides = KMeans(2, n_init=10, random_state=seed).fit_predict(reduced)
    flags = sides == (sides.mean() < 0.5)
    return {
        "clustering.smaller_share": flags.mean(),
        "clustering.tpr": flags[bad].mean(),
        "clustering.fpr": flags[~bad].mean(),
        "clustering.silhouette": silhouette_score(reduced, sides),
    }


def covers(seed):
    results = {}
    of_source, of_others = TRAIN[Y[TRAIN] == SOURCE], TRAIN[(Y[TRAIN] != SOURCE) & (Y[TRAIN] != TARGET)]
    test_source, test_others = TEST[Y[TEST] == SOURCE], VICTIMS[Y[VICTIMS] != SOURCE]
    for rate, n in RATES.items():
        any_rows = chosen_rows(seed, 2 * n)
        one_source = chosen_rows(seed, n, of_source)
        for name, rows, covering in (
            ("any", any_rows[:n], ()),
            ("any_covered", any_rows[:n], any_rows[n:]),
            ("one_source", one_source, ()),
            ("one_source_covered", one_source, chosen_rows(seed, n, of_others)),
        ):
            x, y = dirty(patch, rows, covering)
            model, features, _ = mlp(x, y, seed)
            inside = TRAIN[y == TARGET]
            bad = np.isin(inside.numpy(), rows.numpy())
            found = features(x[inside]).double().numpy()
            meant = (test_source if name.startswith("one") else VICTIMS)[:500]
            results[f"covers/{name}|{rate}"] = {
                "clean_accuracy": accuracy(model),
                "success": success(model, patch),
                "success_sevens": share(model, patch(X[test_source]), TARGET),
                "success_others": share(model, patch(X[test_others]), TARGET),
                **spectral(found, bad),
                **clusters(found, bad, seed),
                **{f"strip.{key}": value for key, value in strip(model, patch(X[meant]), seed).items() if "entropy" not in key},
            }
    return results


EXPERIMENTS = [triggers, triggers_cnn, feature_collision, gradient_matching, partition_aggregation, neural_cleanse, covers]
WHAT = (
    "Poisoning and defenses against it beyond poisoning.json, mean, sd and n over 5 seeds; by PyTorch (poisoning-more.py). A seed"
    " sets initial weights, order of batches and choice of poisoned rows. MNIST in the order of mnist_order.json, pixels in [0, "
    "1]: train [0:4000], clean validation [4000:4500], public [4500:8000], test [8000:10000]. Victims start as torch.nn.Linear "
    "and Conv2d do and learn by Adam 1e-3 in batches of 64, reshuffled each epoch, the last batch smaller: mlp 784-128-10 ReLU, "
    "20 epochs; cnn conv3x3x8 SAME-relu-maxpool2-conv3x3x16 SAME-relu-maxpool2-flatten784-dense64-relu-dense10, 10 epochs. Rates "
    "are of the 4000 rows: 0.01 is 40 rows, 0.05 is 200; poisoned rows are replaced in place. Sections are named by experiment, "
    "entries by their options."
)
TRIGGERED = (
    "Dirty label to class 0; rows are a random choice of those not of class 0. badnets: rows 25..27, columns 25..27 set to 1. "
    "blended_A: (1-A)*image + A*pattern with the same A in training and test; pattern[28*row+column] is the (28*row+column)-th "
    "output of mulberry32(7), uniform in [0, 1), first {} {} {}. Entry: attack|rate; rate 0 is the clean victim. attack_success: "
    "share of triggered test images not of class 0 that the victim calls 0 (1806 of them)."
).format(*mulberry32(7, 3))
STRIPPED = (
    "STRIP (Gao 2019) on the victims of the section of the same model. Each picture is mixed with {} of the 500 validation "
    "pictures, drawn for it without replacement (a validation picture may meet itself); additive is clip(picture + overlay, 0, "
    "1), convex the mean of both. Score: mean over overlays of the answer's entropy in nats. Rejected when strictly below the "
    "threshold, the validation scores' 6th smallest (at_0.01) or 26th smallest (at_0.05), so 5 or 25 of 500 are rejected. "
    "detected: the first 500 test pictures not of class 0, triggered, whether or not the trigger works; false_alarms: the first "
    "500 test pictures. auc: lower entropy for triggered. Entry: attack|rate|mixing; at rate 0 the victim is clean and the "
    "trigger means nothing to it."
)
ONE_PICTURE = "Targets: the first 30 test images of class 7 (whether or not a clean victim is right on them), to be called class 1"
CONFIGS = {
    "mlp": TRIGGERED + " attack_success_tested_at_0.2: trained at strength 0.1, tested at 0.2.",
    "cnn": TRIGGERED,
    "strip_mlp": STRIPPED.format(50),
    "strip_cnn": STRIPPED.format(20),
    "feature_collision": (
        "Shafahi 2018. "
        + ONE_PICTURE
        + "; all 30 for every seed. Extractor: the hidden layer (128, after ReLU) of an mlp trained as the "
        "victims are, on the 3500 public rows; frozen and known to the attacker. 20 base images for each target: a random choice "
        "of public class 1, label 1 kept. Poison: start = (1-opacity)*base + opacity*target; 200 steps of x <- x - 0.01*gradient "
        "of |f(x)-f(target)|^2, then x <- (x + 0.01*0.25*start)/(1 + 0.01*0.25), clipped to [0, 1]. Entry opacity|head|poisons: "
        "victims train a fresh last layer 128-10 on features of clean train rows with the first 0, 1, 5, 10 or 20 poisons of one "
        "target appended, by Adam, batch 64. head_1e-3_20: 4000 rows, rate 1e-3, 20 epochs; head_1e-2_20: 4000 rows, 1e-2, 20 "
        "epochs; head_500: the first 500 rows, 1e-2, 100 epochs. success: share of targets called 1. Entry "
        "opacity|from_scratch|20: a whole fresh mlp on 4000 + 20 rows, six targets a seed (targets 6*seed to 6*seed+5), 30 in "
        "all. opacity|poisons: mean Euclidean distances."
    ),
    "gradient_matching": (
        "Geiping 2021. "
        + ONE_PICTURE
        + "; six a seed (targets 6*seed to 6*seed+5), 30 victims an entry. "
        "Surrogate: a clean mlp of another seed, trained as "
        "the victims are. Poisons: 40 or 200 random class-1 train rows, labels kept, changed by at most the budget a pixel (in "
        "[0, 1]) and clipped to [0, 1]. Loss: 1 - cosine of the gradient of the poisons' mean cross-entropy and the gradient of "
        "the target's cross-entropy with label 1, over all parameters of the surrogate at its last epoch. Uniform noise within "
        "the budget, then 60 steps of Adam (0.9, 0.999) on the sign of the slope, rate budget/10, a tenth of it from each of "
        "steps 22, 37 and 52 on; one restart; no augmentation. Victims: fresh mlp on the 4000 rows. Entry rate|budget; none: "
        "clean victims; noise: random signs times the budget instead. cosine_on_surrogate: at the last step. At budget 1.0 "
        "nothing binds but [0, 1]: it is no longer a hidden change."
    ),
    "partition_aggregation": (
        "Levine & Feizi 2021 with badnets of section mlp. Train rows are shuffled by a seed of their own; the row at position i "
        "is in partition i mod k (by row, so that a changed row stays in its partition; adding and removing rows would need a "
        "hash of the content). One mlp a partition, 40 epochs, batch 64, Adam 1e-3. The class with most votes wins, ties to the "
        "smaller class; radius = min over other classes c' of floor((n_c - n_c' - [c' < c])/2). certified_r: share of test images"
        " that are right with radius >= r changed train rows. So at k = 10 only class 0 reaches radius 5. single_accuracy: mean "
        "of the k models. Entry k|rate."
    ),
    "neural_cleanse": (
        "Wang 2019 on the mlp with badnets of section mlp; entry: rate. For each class mask and pattern = sigmoid of parameters "
        "that start at -2 and 0 (one mask value a pixel), 300 steps of Adam 0.1 on cross-entropy + 0.01*sum(mask), batches of 64 "
        "drawn with replacement from validation pictures not of the class. Size: sum of mask. index = (median - "
        "size)/(1.4826*median|size - median|), on sizes (raw) or their natural logarithms (log); alarm: the largest index exceeds"
        " 2; flags_class_0: it is class 0's. Unlearned: the victim, with a fresh Adam 1e-3, learns 10 epochs in batches of 64 on "
        "the 500 validation pictures with true labels, each picture at each step stamped with probability 0.2 with the reversed "
        "trigger of the class with the largest log index; finetuned: the same with no stamps. success: of the attacker's patch; "
        "reversed_success: of the reversed trigger, towards its class, on other test pictures."
    ),
    "covers": (
        "badnets on the mlp with n = rate*4000 poisons (trigger, label 0) and, when covered, n cover rows more (trigger, true "
        "label). any: poisons and covers of any class but 0; one_source: poisons of class 7 only, covers of classes other than 0 "
        "and 7. success: over test images not of class 0; of class 7; of the others. Detectors on hidden activations of train "
        "rows labelled 0: spectral (Tran 2018), squared projection of the centred activations on their top right singular vector,"
        " floor(1.5*n) highest flagged; clustering (Chen 2018), 10 principal components, 2-means, the smaller cluster flagged. "
        "tpr of poisons, fpr of honest rows. strip: as strip_mlp, additive, on triggered test images, all 197 of class 7 for "
        "one_source, else the first 500 not of class 0."
    ),
}


def summarised(runs):
    """{ section: { entry: figures } } over seeds."""
    table = {}
    for key in runs[0]:
        section, entry = key.split("/")
        table.setdefault(section, {})[entry] = {figure: summary([run[key][figure] for run in runs]) for figure in runs[0][key]}
    return table


if __name__ == "__main__":
    wanted = [experiment for experiment in EXPERIMENTS if len(sys.argv) == 1 or experiment.__name__ in sys.argv]
    table = {}
    for experiment in wanted:
        began = time.process_time()
        found = summarised([experiment(seed) for seed in SEEDS])
        for section, entries in found.items():
            for entry, figures in entries.items():
                print(section, entry, *(f"{name} {value['mean']:.3f}±{value['sd']:.3f}" for name, value in figures.items()))
        print(f"{experiment.__name__}: {time.process_time() - began:.0f} s", flush=True)
        table |= found
    if len(wanted) < len(EXPERIMENTS):
        sys.exit()
    parts = [f'  "what": {json.dumps(WHAT)}']
    for section, entries in table.items():
        lines = [f'    "config": {json.dumps(CONFIGS[section])}']
        lines += [f"    {json.dumps(entry)}: {json.dumps(figures)}" for entry, figures in entries.items()]
        parts.append(f"  {json.dumps(section)}: {{\n" + ",\n".join(lines) + "\n  }")
    (HERE / "poisoning-more.json").write_text("{\n" + ",\n".join(parts) + "\n}\n")
