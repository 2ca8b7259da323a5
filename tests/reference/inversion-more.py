"""Makes inversion-more.json: MI-Face, its defenses, the inversion network, inversion with a prior and from labels, and gradient
leakage under defenses, on batches and on trained networks, by our own small PyTorch laboratory, written from the papers.

Run by hand from the repository's root, after `npm run setup` has made public/data/mnist.bin; some ten minutes on one thread:

    python3 tests/reference/inversion-more.py        (PyTorch 1.13, SciPy 1.10, Debian's python3-torch and python3-scipy)

Nothing here is shared with the TypeScript, random numbers neither: only means over seeds can be compared. Every configuration is in
words in the JSON. Digits keep the file's order: the victim trains on the first 4000, the next 4000 are the attacker's, the last 2000 test.
"""
import gzip
import json
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from scipy.optimize import linear_sum_assignment

HERE = pathlib.Path(__file__).parent
torch.set_num_threads(1)
SEEDS = range(5)
SIDE = 28


def load_mnist():
    packed = np.frombuffer(gzip.decompress((HERE / "../../public/data/mnist.bin").read_bytes()), dtype=np.uint8)
    pixels, labels = packed[: 10_000 * 784].astype(np.float64), packed[10_000 * 784 :].astype(np.int64)
    assert len(labels) == 10_000 and labels.max() == 9
    return torch.tensor((np.round(pixels * 1000 / 255) / 1000).reshape(-1, 784)), torch.tensor(labels)


X64, Y = load_mnist()
X = X64.float()
VICTIMS, POPULATION, TEST = slice(0, 4000), slice(4000, 8000), slice(8000, 10_000)


def random_from(seed):
    return torch.Generator().manual_seed(seed)


def one_hot(labels, classes=10, dtype=torch.float32):
    return F.one_hot(labels, classes).to(dtype)


# Networks are lists of weights [in, out] and biases.


def glorot(sizes, random, dtype=torch.float32):
    p = []
    for i, o in zip(sizes, sizes[1:]):
        uniform = torch.rand(i, o, generator=random, dtype=torch.float64) * 2 - 1
        p += [(uniform * (6 / (i + o)) ** 0.5).to(dtype), torch.zeros(o, dtype=dtype)]
    return p


def forward(p, x, act=torch.relu):
    for k in range(0, len(p) - 2, 2):
        x = act(x @ p[k] + p[k + 1])
    return x @ p[-2] + p[-1]


def fit(p, loss, n, random, epochs):
    """Adam 1e-3, batches of 64. loss(rows, epoch) is the batch's objective."""
    for q in p:
        q.requires_grad_()
    optimiser = torch.optim.Adam(p, 1e-3)
    for epoch in range(epochs):
        for rows in torch.randperm(n, generator=random).split(64):
            optimiser.zero_grad()
            loss(rows, epoch).backward()
            optimiser.step()
    return [q.detach() for q in p]


def accuracy(p, x, y, act=torch.relu):
    return float((forward(p, x, act).argmax(1) == y).float().mean())


def untrained(seed, classes=10):
    return glorot([784, 128, classes], random_from(seed))


def hsic(k, l):
    n = len(k)
    centre = torch.eye(n) - 1 / n
    return torch.trace(k @ centre @ l @ centre) / (n - 1) ** 2


def kernel(a, bandwidth=None):
    """exp(−‖a − b‖² / bandwidth); without one, the median over the batch's pairs, through which no gradient flows."""
    squares = (a**2).sum(1)
    distances = (squares[:, None] + squares - 2 * a @ a.T).clamp_min(0)
    if bandwidth is None:
        bandwidth = distances.detach()[~torch.eye(len(a), dtype=torch.bool)].median().clamp_min(1e-6)
    return torch.exp(-distances / bandwidth)


def train(seed, x=X[VICTIMS], y=Y[VICTIMS], classes=10, *, act=torch.relu, smoothing=0.0, late=False, decay=0.0, bido=None, epochs=20):
    random = random_from(seed)
    p = glorot([784, 128, classes], random)
    targets = one_hot(y, classes)

    def loss(rows, epoch):
        a = smoothing * min(1, max(0, (epoch - 5) / 10)) if late else smoothing
        hidden = act(x[rows] @ p[0] + p[1])
        wanted = targets[rows] * (1 - a) + a / classes
        objective = -(wanted * F.log_softmax(hidden @ p[2] + p[3], 1)).sum(1).mean()
        if decay:
            objective = objective + decay * sum((w**2).sum() for w in p[::2])
        if bido:
            k = kernel(hidden)
            objective = objective + bido[0] * hsic(kernel(x[rows]), k) - bido[1] * hsic(k, kernel(targets[rows], 2.0))
        return objective

    return fit(p, loss, len(x), random, epochs)


def dp_sgd(seed, sigma, clip=1.0, rate=0.5, q=0.016, steps=1250, linear=False):
    x, targets = X[VICTIMS], one_hot(Y[VICTIMS])
    random = random_from(seed)
    p = [torch.zeros(784, 10), torch.zeros(10)] if linear else glorot([784, 128, 10], random)
    for _ in range(steps):
        rows = torch.rand(len(x), generator=random) < q
        inputs, deltas = [x[rows]], []
        if not linear:
            inputs.append(F.relu(inputs[0] @ p[0] + p[1]))
        deltas.append(F.softmax(inputs[-1] @ p[-2] + p[-1], 1) - targets[rows])
        if not linear:
            deltas.insert(0, (deltas[0] @ p[2].T) * (inputs[1] > 0))
        norms = sum(((a**2).sum(1) + 1) * (d**2).sum(1) for a, d in zip(inputs, deltas)).sqrt()
        weights = (clip / norms).clamp(max=1)[:, None]
        sums = [s for a, d in zip(inputs, deltas) for s in (a.T @ (d * weights), (d * weights).sum(0))]
        for w, s in zip(p, sums):
            w -= rate * (s + sigma * clip * torch.randn(w.shape, generator=random)) / (q * len(x))
    return p


def softmax_regression(seed):
    x, targets, random = X[VICTIMS], one_hot(Y[VICTIMS]), random_from(seed)
    w, b = torch.zeros(784, 10), torch.zeros(10)
    for _ in range(20):
        for rows in torch.randperm(len(x), generator=random).split(64):
            delta = (F.softmax(x[rows] @ w + b, 1) - targets[rows]) / len(rows)
            w -= 0.1 * x[rows].T @ delta
            b -= 0.1 * delta.sum(0)
    return [w, b]


def evaluation_model(seed):
    torch.manual_seed(seed)
    net = torch.nn.Sequential(
        torch.nn.Unflatten(1, (1, SIDE, SIDE)),
        torch.nn.Conv2d(1, 8, 5), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(8, 16, 5), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Flatten(), torch.nn.Linear(256, 10),
    )
    x, y, optimiser = X[POPULATION], Y[POPULATION], torch.optim.Adam(net.parameters(), 2e-3)
    for _ in range(4):
        for rows in torch.randperm(len(x)).split(64):
            optimiser.zero_grad()
            F.cross_entropy(net(x[rows]), y[rows]).backward()
            optimiser.step()
    for q in net.parameters():
        q.requires_grad_(False)
    return net


# Metrics.


def class_means(x, y, classes=10):
    return torch.stack([x[y == c].mean(0) for c in range(classes)])


MEANS = class_means(X[VICTIMS], Y[VICTIMS])
OWN = [X[VICTIMS][Y[VICTIMS] == c] for c in range(10)]


def correlation(a, b):
    a, b = a - a.mean(-1, keepdim=True), b - b.mean(-1, keepdim=True)
    return (a * b).sum(-1) / (a.norm(dim=-1) * b.norm(dim=-1)).clamp_min(1e-12)


def ssim(a, b):
    """Mean over the 22 × 22 windows of 7 × 7 that lie inside, as scikit-image's default; variances with n − 1; data range 1."""
    a, b = torch.broadcast_tensors(a.double(), b.double())

    def window(v):
        return F.avg_pool2d(v.reshape(-1, 1, SIDE, SIDE), 7, 1)

    ma, mb = window(a), window(b)
    va, vb, vab = (49 / 48 * (m - n) for m, n in ((window(a * a), ma**2), (window(b * b), mb**2), (window(a * b), ma * mb)))
    c1, c2 = 0.01**2, 0.03**2
    return ((2 * ma * mb + c1) * (2 * vab + c2) / ((ma**2 + mb**2 + c1) * (va + vb + c2))).flatten(1).mean(1)


def judged(pictures, targets, victim, evaluation, among=10):
    """{ metric: tensor [pictures] }. Each picture is meant to show its target, one of the first `among` digits."""
    every = torch.arange(len(pictures))
    to_means = correlation(pictures[:, None], MEANS[None, :among])
    own = to_means[every, targets]
    nearest = [OWN[c][correlation(x, OWN[c]).argmax()] for x, c in zip(pictures, targets)]
    nearest = torch.stack(nearest)
    return {
        "confidence": F.softmax(forward(victim, pictures), 1)[every, targets],
        "evaluation_accuracy": (evaluation(pictures).argmax(1) == targets).float(),
        "correlation": own,
        "correlation_margin": own - (to_means.sum(1) - own) / (among - 1),
        "correlation_nearest": correlation(pictures, nearest),
        "ssim": ssim(pictures, MEANS[targets]),
        "ssim_nearest": ssim(pictures, nearest),
        "mse": ((pictures - MEANS[targets]) ** 2).mean(1),
    }


def summary(values, digits=5):
    values = [float(v) for v in values]
    return {"mean": round(float(np.mean(values)), digits), "sd": round(float(np.std(values, ddof=1)), digits), "n": len(values)}


def gathered(runs):
    """[{ row: { metric: number } }] over seeds, to { row: { metric: summary } }; a metric that a seed lacks is left out of its mean."""
    table = {}
    for row in runs[0]:
        found = {metric: [run[row][metric] for run in runs if metric in run[row]] for metric in runs[0][row]}
        table[row] = {metric: summary(values) for metric, values in found.items() if len(values) > 1}
    return table


def means_of(figures):
    return {metric: float(values.float().mean()) for metric, values in figures.items()}


# The reference rows of model_inversion.json, as a check of this script.


def check_mi_face(seed):
    rows = {}
    for name, p in (("none", softmax_regression(seed)), ("dpsgd_eps3", dp_sgd(seed, 1.04584, linear=True))):
        for start in (0.0, 0.5):
            x, iterations = torch.full((10, 784), start), torch.zeros(10)
            for _ in range(2000):
                answers = F.softmax(forward(p, x), 1)
                confidence = answers.diagonal()
                going = (confidence < 0.99)[:, None]
                if not going.any():
                    break
                x = torch.where(going, (x + 0.1 * confidence[:, None] * (p[0].T - answers @ p[0].T)).clamp(0, 1), x)
                iterations += going[:, 0]
            rows[f"{name}|init={start}"] = {
                "test_acc": accuracy(p, X[TEST], Y[TEST]),
                "conf": float(confidence.mean()),
                "iters": float(iterations.mean()),
                "mse": float(((x - MEANS) ** 2).mean()),
                "corr": float(correlation(x, MEANS).mean()),
                "ssim": float(ssim(x, MEANS).mean()),
            }
    return rows


# 1. MI-Face.


def roughness_gradient(x):
    """Of the sum, over pairs of neighbours in rows and in columns, of squared differences."""
    v = x.reshape(-1, SIDE, SIDE)
    g = torch.zeros_like(v)
    down, across = v[:, 1:] - v[:, :-1], v[:, :, 1:] - v[:, :, :-1]
    g[:, 1:] += 2 * down
    g[:, :-1] -= 2 * down
    g[:, :, 1:] += 2 * across
    g[:, :, :-1] -= 2 * across
    return g.reshape(x.shape)


MAIN = ("logit", "plain", 0.3)
WAYS = [("logit", "plain", weight) for weight in (0.1, 0.3, 1.0)] + [("logit", "unit", 0.1), ("log_p", "plain", 0.3), ("log_p", "unit", 0.1)]
STARTS = (0.5, 0.0)


def mi_face(p, ways, steps=500, starts=STARTS):
    """{ (way, start): pictures [classes, 784] }, all climbing side by side."""
    classes = p[-1].numel()
    runs = [(way, start) for way in ways for start in starts]
    target = torch.arange(classes).repeat(len(runs))

    def column(value):
        return torch.tensor([value(way, start) for way, start in runs]).repeat_interleave(classes)[:, None]

    x = column(lambda way, start: start).expand(-1, 784).clone()
    objective = column(lambda way, start: ("logit", "log_p", "p").index(way[0]))[:, 0]
    unit, weight = column(lambda way, start: way[1] == "unit"), column(lambda way, start: way[2])
    rate = torch.where(unit, 0.1, 0.01)
    every = torch.arange(len(x))
    for _ in range(steps):
        x.requires_grad_()
        logits = forward(p, x)
        own = logits[every, target]
        log_p = own - logits.logsumexp(1)
        total = torch.where(objective == 0, own, torch.where(objective == 1, log_p, log_p.exp())).sum()
        (gradient,) = torch.autograd.grad(total, x)
        x = x.detach()
        gradient = torch.where(unit, gradient / gradient.norm(dim=1, keepdim=True).clamp_min(1e-12), gradient)
        x = (x + rate * (gradient - weight * roughness_gradient(x))).clamp(0, 1)
    return dict(zip(runs, x.reshape(len(runs), classes, 784)))


DEFENSES = {
    "none": train,
    "dp_sgd_eps_3": lambda seed: dp_sgd(seed, 1.04584),
    "dp_sgd_eps_1": lambda seed: dp_sgd(seed, 2.1504),
    "weight_decay_0.001": lambda seed: train(seed, decay=1e-3),
    "label_smoothing_0.1": lambda seed: train(seed, smoothing=0.1),
    "label_smoothing_-0.05": lambda seed: train(seed, smoothing=-0.05, late=True),
    "label_smoothing_-0.3": lambda seed: train(seed, smoothing=-0.3, late=True),
    "bido_20_0": lambda seed: train(seed, bido=(20, 0)),
    "bido_30_10": lambda seed: train(seed, bido=(30, 10)),
    "bido_30_30": lambda seed: train(seed, bido=(30, 30)),
    "untrained": untrained,
}
DIGITS = torch.arange(10)


def mi_face_experiment(seed, evaluation):
    """{ row: { metric: number } } and, for the undefended victim, { start: { metric: [classes] } }."""
    rows, by_class = {}, {}
    undefended = {}
    for name, victim_of in DEFENSES.items():
        p = victim_of(seed)
        test_accuracy = accuracy(p, X[TEST], Y[TEST])
        found = mi_face(p, WAYS)
        for start in STARTS:
            figures = judged(found[MAIN, start], DIGITS, p, evaluation)
            row = {"test_accuracy": test_accuracy, **means_of(figures)}
            if name == "none":
                by_class[start] = figures
            unit = found[("logit", "unit", 0.1), start]
            row["correlation_unit_step"] = float(correlation(unit, MEANS).mean())
            row["margin_unit_step"] = float(judged(unit, DIGITS, p, evaluation)["correlation_margin"].mean())
            row["correlation_strongest"] = max(float(correlation(found[way, start], MEANS).mean()) for way in WAYS)
            if name == "none":
                undefended[start] = row.copy()
            else:
                for metric in ("correlation", "correlation_margin", "correlation_unit_step", "correlation_strongest"):
                    row[f"{metric}_change"] = row[metric] - undefended[start][metric]
            rows[f"{name}|start={start}"] = row
        if name in ("none", "untrained"):
            for (way, start), x in mi_face(p, [("p", "plain", 0.0), ("p", "plain", 0.3)]).items():
                moved = ((x - start).abs().max(1).values > 0.01).float().mean()
                figures = means_of(judged(x, DIGITS, p, evaluation))
                rows[f"{name}|start={start}|probability instead of logit|lambda={way[2]}"] = {
                    "pictures_that_moved": float(moved),
                    **{metric: figures[metric] for metric in ("confidence", "evaluation_accuracy", "correlation", "correlation_margin")},
                }
            if name == "none":
                for way in WAYS:
                    for start in STARTS:
                        figures = means_of(judged(found[way, start], DIGITS, p, evaluation))
                        rows[f"none|start={start}|{way[0]} {way[1]} lambda={way[2]}"] = {
                            metric: figures[metric] for metric in ("confidence", "evaluation_accuracy", "correlation", "correlation_margin")
                        }
    return rows, by_class


def mi_face_baselines():
    every = correlation(MEANS[:, None], MEANS[None])
    mean = X[VICTIMS].mean(0)
    greys = {str(g): round(float(((MEANS - g) ** 2).mean()), 5) for g in (0.5, 0.0)}
    greys["mean pixel"] = round(float(((MEANS - X[VICTIMS].mean()) ** 2).mean()), 5)
    return {
        "mse_of_constant_picture": greys,
        "mse_of_constant_picture_by_class": {str(g): [round(float(v), 4) for v in ((MEANS - g) ** 2).mean(1)] for g in (0.5, 0.0)},
        "correlation_of_another_class_mean": round(float((every.sum() - 10) / 90), 5),
        "correlation_of_the_mean_picture": round(float(correlation(mean, MEANS).mean()), 5),
        "ssim_of_the_mean_picture": round(float(ssim(mean, MEANS).mean()), 5),
        "margin_of_the_class_mean_itself": round(float(1 - (every.sum() - 10) / 90), 5),
    }


# 2. Inversion network.


def cut(answers, how):
    if how.startswith("top"):
        values, places = answers.topk(int(how[3:]), 1)
        return torch.zeros_like(answers).scatter(1, places, values)
    if how == "label":
        return one_hot(answers.argmax(1))
    return (answers * 10).round() / 10 if how == "rounded" else answers


def as_input(answers, clamp):
    """Log-probabilities moved and scaled to [0, 1], or the probabilities themselves."""
    return answers if clamp is None else 1 - answers.clamp_min(clamp).log() / np.log(clamp)


def inversion_network(seed, inputs, pictures, loss="mse", epochs=15):
    random = random_from(seed)
    p = glorot([inputs.shape[1], 256, 784], random)

    def objective(rows, _):
        logits = forward(p, inputs[rows])
        if loss == "bce":
            return F.binary_cross_entropy_with_logits(logits, pictures[rows])
        return F.mse_loss(torch.sigmoid(logits), pictures[rows])

    p = fit(p, objective, len(pictures), random, epochs)
    return lambda inputs: torch.sigmoid(forward(p, inputs))


def likeness(made, true):
    values = {"mse": ((made - true) ** 2).mean(1), "correlation": correlation(made, true), "ssim": ssim(made, true)}
    return {metric: float(value.mean()) for metric, value in values.items()}


NETWORKS = [("full", clamp, "mse") for clamp in (None, 1e-4, 1e-7, 1e-12)] + [("full", 1e-7, "bce")]
NETWORKS += [("top3", 1e-7, "mse"), ("top1", 1e-7, "mse"), ("label", None, "mse"), ("rounded", 1e-7, "mse")]
FEWER = [("full", clamp, "mse") for clamp in (None, 1e-7, 1e-12)] + [(how, 1e-7, "mse") for how in ("top3", "top1", "rounded")]


def inversion_network_experiment(seed):
    rows = {}
    for victim, p, networks in (("mlp", train(seed), NETWORKS), ("softmax", softmax_regression(seed), FEWER)):
        answers = F.softmax(forward(p, X), 1)
        guess = answers.argmax(1)
        by_guess, by_label = class_means(X[POPULATION], guess[POPULATION]), class_means(X[POPULATION], Y[POPULATION])
        for where, part in (("train", VICTIMS), ("test", TEST)):
            true = X[part]
            rows[f"{victim}|{where}|baseline: population's mean of the predicted class"] = {
                "victim_accuracy": float((guess[part] == Y[part]).float().mean()),
                **likeness(by_guess[guess[part]], true),
            }
            rows[f"{victim}|{where}|baseline: population's mean of the true class"] = likeness(by_label[Y[part]], true)
            rows[f"{victim}|{where}|baseline: population's mean picture"] = likeness(X[POPULATION].mean(0).expand_as(true), true)
        for how, clamp, loss in networks:
            inverse = inversion_network(seed, as_input(cut(answers[POPULATION], how), clamp), X[POPULATION], loss)
            name = f"{how}|{'probabilities' if clamp is None else f'log, clamp {clamp:g}'}" + ("|bce" if loss == "bce" else "")
            for where, part in (("train", VICTIMS), ("test", TEST)):
                rows[f"{victim}|{where}|{name}"] = likeness(inverse(as_input(cut(answers[part], how), clamp)), X[part])
            if (how, clamp, loss) == ("full", 1e-7, "mse"):
                for fed in ("top3", "top1", "rounded"):  # an attacker who was not told of the defense
                    made = inverse(as_input(cut(answers[VICTIMS], fed), clamp))
                    rows[f"{victim}|train|{name}, trained on full, fed with {fed}"] = likeness(made, X[VICTIMS])
    return rows


# 3. Inversion with a prior from other classes, by gradients and by labels.


def autoencoder(seed, x):
    random = random_from(seed)
    p = glorot([784, 128, 16, 128, 784], random)

    def encode(x):
        return forward(p[:4], x)

    def decode(z):
        return torch.sigmoid(forward(p[4:], z))

    p = fit(p, lambda rows, _: F.mse_loss(decode(encode(x[rows])), x[rows]), len(x), random, 30)
    codes = encode(x)
    factor = torch.linalg.cholesky(torch.cov(codes.T) + 1e-4 * torch.eye(16))
    return encode, decode, lambda w: decode(w @ factor.T + codes.mean(0))  # w is standard normal on the public pictures


def repelled(label, draw, seed, classes, samples, steps=100, radius=2.0, growth=1.3, bound=2.0):
    """BREP-MI (Kahla et al. 2022) in small: { start, found } of lists of codes (None where no start was found), and queries."""
    random = random_from(seed)
    start, found, queries, radii = [None] * classes, [None] * classes, [], []
    for c in range(classes):
        asked, w = 0, None
        for _ in range(2000):
            w = torch.randn(1, 16, generator=random)
            asked += 1
            if int(label(draw(w))) == c:
                break
        else:
            queries.append(asked)
            continue
        start[c] = found[c] = w
        r = radius
        for _ in range(steps):
            away = F.normalize(torch.randn(samples, 16, generator=random))
            inside = label(draw(w + r * away)) == c
            asked += samples
            if inside.all():
                found[c], r = w, r * growth
                continue
            direction = F.normalize(-(away[~inside].sum(0, keepdim=True)))
            moved = (w + min(r / 3, 3) * direction).clamp(-bound, bound)
            asked += 1
            if int(label(draw(moved))) == c:
                w = moved
        queries.append(asked)
        radii.append(r)
    return start, found, float(np.mean(queries)), float(np.mean(radii)) if radii else 0.0


def latent_ascent(p, draw, weight, classes, seed, starts=0):
    """Ascends logit − weight/2 · ‖w‖² by Adam 0.05, 300 steps, from w = 0 or from random codes, of which the highest counts."""
    w = torch.randn(classes, starts, 16, generator=random_from(seed)) if starts else torch.zeros(classes, 1, 16)
    w.requires_grad_()
    optimiser, every = torch.optim.Adam([w], 0.05), torch.arange(classes)

    def heights():
        return forward(p, draw(w))[every, :, every] - weight / 2 * (w**2).sum(2)

    for _ in range(300):
        optimiser.zero_grad()
        (-heights().sum()).backward()
        optimiser.step()
    return draw(w.detach()[every, heights().argmax(1)])


def prior_experiment(seed, evaluation):
    classes, rows = 5, {}
    low = Y[VICTIMS] < classes
    private, private_labels = X[VICTIMS][low], Y[VICTIMS][low]
    public = X[POPULATION][Y[POPULATION] >= classes]
    encode, decode, draw = autoencoder(seed, public)
    tested = Y[TEST] < classes
    rebuilt = decode(encode(private))
    rows["setting"] = {
        "evaluation_test_accuracy": float((evaluation(X[TEST]).argmax(1) == Y[TEST]).float().mean()),
        "evaluation_calls_public_a_private_digit": float((evaluation(public).argmax(1) < classes).float().mean()),
        "autoencoder_mse_public": float(((decode(encode(public)) - public) ** 2).mean()),
        "autoencoder_mse_private": float(((rebuilt - private) ** 2).mean()),
        "evaluation_accuracy_on_private_through_autoencoder": float((evaluation(rebuilt).argmax(1) == private_labels).float().mean()),
        "correlation_of_the_public_mean": float(correlation(public.mean(0), MEANS[:classes]).mean()),
    }
    kept = ("confidence", "evaluation_accuracy", "correlation", "correlation_margin", "correlation_nearest", "ssim", "mse")

    def row(pictures, targets, p, **more):
        """Classes without a picture count as failures of accuracy and are left out of the rest."""
        if len(targets) == 0:
            return {"evaluation_accuracy": 0.0, **more}
        figures = means_of(judged(pictures, torch.tensor(targets), p, evaluation, classes))
        figures["evaluation_accuracy"] *= len(targets) / classes
        return {**{metric: figures[metric] for metric in kept}, **more}

    all_classes = list(range(classes))
    for name, p in (("trained", train(seed, private, private_labels, classes)), ("untrained", untrained(seed, classes))):
        if name == "trained":
            rows["setting"]["victim_test_accuracy"] = accuracy(p, X[TEST][tested], Y[TEST][tested])

        def label(x):
            return forward(p, x).argmax(1)

        for samples in (8, 32, 128) if name == "trained" else (32,):
            start, found, queries, radius = repelled(label, draw, seed, classes, samples)
            held = [c for c in all_classes if found[c] is not None]
            more = {"classes_with_a_start": len(held) / classes, "queries_a_class": queries, "final_radius": radius}
            made = torch.cat([draw(found[c]) for c in held]) if held else None
            rows[f"{name}|label-only|N={samples}"] = row(made, held, p, **more)
            if samples == 32:
                made = torch.cat([draw(start[c]) for c in held]) if held else None
                rows[f"{name}|label-only|its start: first random code with the label"] = row(made, held, p)
        w = torch.randn(3300 * classes, 16, generator=random_from(seed + 100))
        answers = label(draw(w))
        held = [c for c in all_classes if (answers == c).any()]
        middle = torch.cat([draw(w[answers == c].mean(0, keepdim=True)) for c in held])
        rows[f"{name}|label-only|mean of the random codes with the label, 3300 queries a class"] = row(middle, held, p)
        for weight in (0.1, 1.0):
            rows[f"{name}|prior|weight={weight}|from 0"] = row(latent_ascent(p, draw, weight, classes, seed), all_classes, p)
            rows[f"{name}|prior|weight={weight}|best of 8"] = row(latent_ascent(p, draw, weight, classes, seed, 8), all_classes, p)
        for (_, start), pictures in mi_face(p, [MAIN]).items():
            rows[f"{name}|mi-face, no prior|start={start}"] = row(pictures, all_classes, p)
    return rows


# 4 and 5. Gradient leakage.


def gradients_of(p, x, targets, act, create_graph=False):
    loss = -(targets * F.log_softmax(forward(p, x, act), 1)).sum(1).mean()
    return torch.autograd.grad(loss, p, create_graph=create_graph)


def shared_gradient(p, rows, act):
    q = [w.clone().requires_grad_() for w in p]
    dtype = p[0].dtype
    return [g.detach() for g in gradients_of(q, X64[rows].to(dtype), one_hot(Y[rows], 10, dtype), act)]


def label_of(gradient):
    return gradient[3].argmin()[None]  # iDLG: the only negative entry


def matched(p, shared, seed, labels=None, batch=1, act=torch.sigmoid, masks=None, scale=1.0, search=True):
    """DLG, or iDLG with labels: pictures, labels, final loss."""
    random, dtype = random_from(seed), p[0].dtype
    x = torch.rand(batch, 784, generator=random, dtype=torch.float64).to(dtype).requires_grad_()
    free = [x]
    if labels is None:
        free.append(torch.randn(batch, 10, generator=random, dtype=torch.float64).to(dtype).requires_grad_())
    weights = [w.clone().requires_grad_() for w in p]
    masks = masks or [1.0] * len(shared)

    def targets():
        return F.softmax(free[1], 1) if labels is None else one_hot(labels, 10, dtype)

    def distance():
        mine = gradients_of(weights, x, targets(), act, True)
        return sum((((a - b) * m * scale) ** 2).sum() for a, b, m in zip(mine, shared, masks))

    def closure():
        value = distance()
        for v, g in zip(free, torch.autograd.grad(value, free)):
            v.grad = g
        return value

    if search:
        careful = {"tolerance_grad": 1e-12, "tolerance_change": 1e-16, "line_search_fn": "strong_wolfe"}
        torch.optim.LBFGS(free, lr=1, max_iter=600, history_size=100, **careful).step(closure)
    else:
        optimiser, last = torch.optim.LBFGS(free, lr=1, max_iter=20, history_size=100), None
        for _ in range(50):
            value = float(optimiser.step(closure))
            if not np.isfinite(value) or value == last:
                break
            last = value
    final = float(distance())
    return x.detach(), targets().argmax(1).detach(), final if np.isfinite(final) else float("inf")


def best_matched(p, shared, seed, starts, **how):
    return min((matched(p, shared, 1000 * seed + start, **how) for start in range(starts)), key=lambda found: found[2])


def analytic(gradient, how):
    w, b = gradient[0], gradient[1]
    if how == "one unit":
        k = b.abs().argmax()
        return w[:, k] / b[k]
    if how == "all units":  # least squares of dW = x·dbᵀ
        return w @ b / (b @ b)
    kept = (w != 0) & (b != 0)  # the same, from what was not pruned; a pixel of which nothing is left is 0
    below = (b**2 * kept).sum(1)
    return torch.where(below > 0, (w * b * kept).sum(1) / below.clamp_min(1e-30), torch.zeros_like(below))


def error(made, true):
    """Of the picture clipped to [0, 1]."""
    return float(((torch.nan_to_num(made, 0.0, 1.0, 0.0).clamp(0, 1) - true) ** 2).mean())


def errors_summary(errors):
    errors = np.asarray(errors, dtype=float)
    psnr = -10 * np.log10(np.maximum(errors, 1e-20))
    return {
        "mse_median": float(f"{np.median(errors):.3g}"),
        "mse_mean": float(f"{errors.mean():.3g}"),
        "psnr": summary(psnr, 2),
        "below_0.01": summary(errors < 0.01, 4),
    }


def pruned(gradient, share, together):
    if together:
        sizes = torch.cat([g.abs().flatten() for g in gradient])
        least = sizes.topk(round(share * len(sizes)))[0][-1]
        return [g * (g.abs() >= least) for g in gradient]
    return [g * (g.abs() >= g.abs().flatten().topk(int(np.ceil(share * g.numel())))[0][-1]) for g in gradient]


def defended(gradient, defense, seed):
    kind, value = defense
    if kind == "noise":
        random = random_from(seed)
        return [g + value * torch.randn(g.shape, generator=random).to(g.dtype) for g in gradient]
    return gradient if kind == "none" else pruned(gradient, value, kind == "prune_all")


SHARED = [("none", 0)] + [("noise", s) for s in (1e-4, 1e-3, 1e-2, 1e-1, 1.0)]
SHARED += [(kind, share) for kind in ("prune_each", "prune_all") for share in (0.5, 0.1, 0.01)]
ACTS = {"sigmoid": torch.sigmoid, "relu": torch.relu}


def defense_name(defense):
    return defense[0] if defense[0] == "none" else f"{defense[0]} {defense[1]:g}"


def fresh(i, dtype=torch.float32):
    return glorot([784, 128, 10], random_from(800 + i), dtype)


def leakage(network, images, few, act_name, defenses, starts):
    """{ defense: { attack: figures } }; network(i) is the one that image i's gradient is taken of. The `few` first are matched."""
    act, table = ACTS[act_name], {}
    for defense in defenses:
        errors, labels = {}, {}

        def note(attack, made, i, label=None):
            errors.setdefault(attack, []).append(error(made.flatten(), X64[i]))
            if label is not None:
                labels.setdefault(attack, []).append(int(label) == int(Y[i]))

        for place, i in enumerate(images):
            p = network(i)
            gradient = defended(shared_gradient(p, slice(i, i + 1), act), defense, i)
            label = label_of(gradient)
            for how in ("one unit", "all units") + (("kept entries",) if defense[0].startswith("prune") else ()):
                note(f"analytic, {how}", analytic(gradient, how), i, label if how == "one unit" else None)
            if act_name == "relu" or place >= few:
                continue
            for attack, known in (("dlg", None), ("idlg", label)):
                x, guess, _ = best_matched(p, gradient, i, starts, labels=known)
                note(attack, x, i, guess)
                if defense[0] == "prune_each":
                    kept = [g != 0 for g in gradient]
                    x, guess, _ = best_matched(p, gradient, i, starts, labels=known, masks=kept)
                    note(f"{attack}, kept entries only", x, i, guess)
                    note(f"{attack}, kept entries only, pixels without any set to 0", x * kept[0].any(1), i)
        rows = {attack: errors_summary(found) for attack, found in errors.items()}
        for attack, right in labels.items():
            rows[attack]["label_recovered"] = summary(right, 4)
        table[defense_name(defense)] = rows
    return table


def check_leakage():
    table = {}
    for name, dtype in (("float32", torch.float32), ("float64", torch.float64)):
        for attack in ("dlg", "idlg"):
            errors, right = [], 0
            for i in range(10):
                p = fresh(i, dtype)
                gradient = shared_gradient(p, slice(i, i + 1), torch.sigmoid)
                x, label, _ = matched(p, gradient, i, labels=label_of(gradient) if attack == "idlg" else None, search=False)
                errors.append(float(((x - X64[i].to(dtype)) ** 2).mean()))
                right += int(label) == int(Y[i])
            table[f"{attack}|lbfgs|{name}"] = {
                "mse_median": float(f"{np.median(errors):.3g}"),
                "runs_that_diverged": sum(not e < 1 for e in errors),
                "label_correct": right / 10,
            }
        for act in ACTS:
            worst = []
            for i in range(100):
                gradient = shared_gradient(fresh(i, dtype), slice(i, i + 1), ACTS[act])
                worst.append(float((analytic(gradient, "one unit") - X64[i].to(dtype)).abs().max()))
            table[f"analytic {act}|{name}"] = {
                "max_abs_err_max": float(f"{max(worst):.3g}"),
                "max_abs_err_median": float(f"{np.median(worst):.3g}"),
            }
    return table


def isolated(p, gradient):
    """Pictures of a batch that some ReLU unit saw alone, without knowing the truth; and the batch's size, which is the rank."""
    exact = gradient[0].dtype == torch.float64
    w, b = gradient[0], gradient[1]
    everything = torch.cat([w, b[None]])
    largest = torch.linalg.svdvals(everything)[0]

    def rank(m):
        return int((torch.linalg.svdvals(m) > largest * (1e-9 if exact else 1e-4)).sum()) if m.numel() else 0

    alive = b.abs() > b.abs().max() * (1e-10 if exact else 1e-4)
    ratios = (w[:, alive] / b[alive]).T
    ratios = ratios[((ratios > -1e-3) & (ratios < 1.001)).all(1)]
    same = ((ratios[:, None] - ratios) ** 2).mean(2) < 1e-10
    size, used, found = rank(everything), torch.zeros(len(ratios), dtype=torch.bool), []
    for k in same.sum(1).argsort(descending=True, stable=True):
        if used[k] or len(found) == size:
            continue
        used |= same[k]
        x = ratios[k]
        silent = x @ p[0] + p[1] <= 0
        if rank(everything[:, silent]) == size:
            continue  # the units that x leaves silent see as many pictures as all do, so x is none of them
        if found:
            basis = torch.linalg.qr(torch.stack(found).T)[0]
            if (x - basis @ (basis.T @ x)).norm() < 1e-3 * x.norm():
                continue  # a mixture of what was found
        found.append(x)
    return found, size


def counted_labels(gradient, batch):
    g, labels = gradient[3].clone(), []
    for _ in range(batch):
        c = int(g.argmin())
        labels.append(c)
        g[c] += 1 / batch
    return labels


def batches(network, starts, act=torch.relu):
    """The gradient of the s-th batch, which begins at starts(batch)[s], is taken of network(s, dtype)."""
    table = {}
    for dtype in (torch.float64, torch.float32):
        for batch in (1, 2, 4, 8, 16):
            columns = {}
            for s, start in enumerate(starts(batch)):
                rows = slice(start, start + batch)
                p, x = network(s, dtype), X64[rows].to(dtype)
                gradient = shared_gradient(p, rows, act)
                ratios = torch.nan_to_num((gradient[0] / gradient[1]).T, 9.0, 9.0, 9.0)
                found, size = isolated(p, gradient)
                errors = torch.stack([((f - x) ** 2).mean(1) for f in found]) if found else torch.ones(0, batch, dtype=dtype)
                hits, likenesses = errors < 1e-6, errors < 0.01
                true, said = Y[rows].tolist(), counted_labels(gradient, batch)
                negative = set((gradient[3] < 0).nonzero()[:, 0].tolist())
                both = np.minimum(np.bincount(true, minlength=10), np.bincount(said, minlength=10)).sum()
                for metric, value in {
                    "recovered_if_the_truth_is_known": (((ratios[:, None] - x) ** 2).mean(2) < 1e-6).any(0).double().mean(),
                    "recovered": hits.any(0).double().mean(),
                    "recovered_below_0.01": likenesses.any(0).double().mean(),
                    "false_pictures_a_batch": len(found) - int(hits.any(1).sum()),
                    "false_pictures_not_below_0.01": len(found) - int(likenesses.any(1).sum()),
                    "rank_is_batch_size": size == batch,
                    "present_labels_with_negative_entry": len(negative & set(true)) / len(set(true)),
                    "negative_entries_that_are_present": len(negative & set(true)) / max(1, len(negative)),
                    "labels_counted_right": both / batch,
                }.items():
                    columns.setdefault(metric, []).append(value)
            name = "float64" if dtype == torch.float64 else "float32"
            table[f"batch {batch}|{name}"] = {metric: summary(values, 4) for metric, values in columns.items()}
    return table


def matched_batches(act=torch.sigmoid, runs=10):
    table = {}
    for batch in (1, 2, 4):
        errors, whole = [], []
        for s in range(runs):
            rows = slice(s * batch, s * batch + batch)
            p, true = fresh(s), X[rows]
            x, _, _ = best_matched(p, shared_gradient(p, rows, act), s, 2, labels=Y[rows], batch=batch)
            costs = np.array([[error(a, b) for b in true] for a in x])
            pairs = linear_sum_assignment(costs)
            errors += costs[pairs].tolist()
            whole.append(costs[pairs].max() < 0.01)
        table[f"batch {batch}"] = {**errors_summary(errors), "batches_all_below_0.01": summary(whole, 4)}
    return table


def trained_leakage():
    table = {}
    for act in ACTS:
        p = train(0, act=ACTS[act])
        table[f"{act}|victim"] = {"test_accuracy": round(accuracy(p, X[TEST], Y[TEST], ACTS[act]), 4)}
        for where, first in (("member", 0), ("test", 8000)):
            images = range(first, first + 100)
            gradients = [shared_gradient(p, slice(i, i + 1), ACTS[act]) for i in images]
            norms = [float(sum((g**2).sum() for g in gradient) ** 0.5) for gradient in gradients]
            largest = [float(gradient[1].abs().max()) for gradient in gradients]
            table[f"{act}|{where}|gradient"] = {
                "norm_median": float(f"{np.median(norms):.3g}"),
                "norm_least": float(f"{min(norms):.3g}"),
                "largest_entry_of_first_bias_median": float(f"{np.median(largest):.3g}"),
            }
            some = [d for d in SHARED if d[0] in ("none", "noise") or d == ("prune_each", 0.01)]
            for defense, rows in leakage(lambda i: p, images, 0, act, some, 0).items():
                table[f"{act}|{where}|{defense}"] = rows
            if act == "relu":
                for name, row in batches(
                    lambda s, dtype: [q.to(dtype) for q in p], lambda b: range(first, first + 20 * b, b)
                ).items():
                    table[f"{act}|{where}|{name}"] = row
                continue
            rows = {}
            for search in (False, True):
                for attack in ("dlg", "idlg"):
                    errors, right = [], []
                    for i, gradient, norm in list(zip(images, gradients, norms))[:10]:
                        how = {"labels": label_of(gradient) if attack == "idlg" else None, "scale": 1 / norm, "search": search}
                        x, label, _ = best_matched(p, gradient, i, 2, **how)
                        errors.append(error(x[0], X64[i]))
                        right.append(int(label) == int(Y[i]))
                    rows[f"{attack}, {'strong Wolfe' if search else 'no line search'}"] = {
                        **errors_summary(errors), "label_recovered": summary(right, 4)
                    }
            table[f"{act}|{where}|matching"] = rows
    return table


def leakage_baselines():
    few, many = X64[:10], X64[:100]
    mean = X64[POPULATION].mean(0)
    return {
        f"images [0:{len(x)}]": {
            name: round(float(((x - constant) ** 2).mean()), 5)
            for name, constant in (("grey 0.5", 0.5), ("black", 0.0), ("population's mean picture", mean))
        }
        for x in (few, many)
    }


def untrained_gradients():
    table = {}
    for name, act in ACTS.items():
        gradients = [shared_gradient(fresh(i), slice(i, i + 1), act) for i in range(100)]
        table[name] = {
            tensor: {
                "norm": round(float(np.mean([g[k].norm() for g in gradients])), 3),
                "largest": round(float(np.mean([g[k].abs().max() for g in gradients])), 3),
                "zeros": round(float(np.mean([(g[k] == 0).float().mean() for g in gradients])), 3),
            }
            for k, tensor in enumerate(("dW1", "db1", "dW2", "db2"))
        }
    return table


WHAT = (
    "Model inversion and gradient leakage beyond model_inversion.json and gradient_leakage_mnist.json, by PyTorch (inversion-more.py). "
    "MNIST, 10,000 digits in the file's order, pixels in [0, 1]: the victim trains on [0:4000], the attacker has [4000:8000], test is "
    "[8000:10000]. Unless a section says otherwise: mlp is 784-128-10, ReLU, weights Glorot uniform, biases 0, cross-entropy, Adam "
    "1e-3, batch 64, 20 epochs, float32; mean, sd (n - 1) and n are over seeds 0..4, each with its own weights, orders and evaluation "
    "model; each seed's value is the mean over its classes or pictures. Evaluation model: a CNN, conv 5x5 of 8, ReLU, max pool 2, conv "
    "5x5 of 16, ReLU, max pool 2, linear 256-10, no padding, Adam 2e-3, batch 64, 4 epochs on [4000:8000]. Correlation is Pearson's "
    "over the 784 pixels (0 for a constant picture). SSIM: mean over all 22 x 22 windows of 7 x 7 inside the picture, variances with n "
    "- 1, C1 = 0.01^2, C2 = 0.03^2."
)
CONFIG = {
    "check_model_inversion": "The rows of model_inversion.json again, with its configuration, to check this script.",
    "mi_face": (
        "For each class c: x starts constant (start), 500 steps of x <- clip(x + r * (g - lambda * grad R(x)), 0, 1), R = sum of "
        "squared differences of neighbouring pixels in rows and columns. plain: g = gradient of the objective, r = 0.01; unit: g "
        "divided by its 2-norm, r = 0.1. Main: logit, plain, lambda 0.3. correlation_unit_step and margin_unit_step: logit, unit, "
        "lambda 0.1. correlation_strongest: the highest mean over the classes of logit, plain, lambda 0.1, 0.3, 1; logit, unit, 0.1; "
        "log_p, plain, 0.3; log_p, unit, 0.1 (chosen by the truth: an upper bound). Against the class means of [0:4000]; margin: "
        "correlation to the own mean less the mean of those to the nine others; nearest: the picture of the class in [0:4000] with the "
        "highest correlation. *_change: less the undefended victim of the same seed. dp_sgd: per-example clipping at 1, Poisson q = "
        "0.016, 1250 steps, rate 0.5, gradient sum plus noise divided by 64, sigma 1.04584 (eps 3) and 2.1504 (eps 1) at delta 1e-4 by "
        "RDP, as in model_inversion.json. weight_decay: loss + 0.001 * sum of squared weights (not biases). label_smoothing a: targets "
        "(1 - a) * onehot + a/10; negative a: 0 in epochs 0..5, then linear to a at epoch 15. bido_lx_ly: loss + lx * HSIC(x, h) - ly "
        "* HSIC(h, y) on each batch, h the hidden activations after ReLU, HSIC = trace(KHLH)/(n - 1)^2, kernels exp(-d^2/s), s = "
        "median squared distance of the batch's pairs (no gradient through it) for x and h, s = 2 for one-hot y. untrained: Glorot "
        "uniform, biases 0; from start 0 all its ReLUs stand at 0 and nothing moves. pictures_that_moved: share of classes with a "
        "pixel that differs by more than 0.01 from the start."
    ),
    "inversion_network": (
        "10-256-784, ReLU, sigmoid; mean squared error over all pixels (bce: binary cross-entropy), Adam 1e-3, batch 64, 15 epochs, "
        "trained on the victim's answers on [4000:8000] and evaluated on its answers on train [0:4000] and test. Input: softmax "
        "probabilities p, or log: 1 - ln(max(p, clamp))/ln(clamp), which lies in [0, 1]. top3, top1: the other probabilities 0; "
        "rounded: one decimal; label: one-hot. The network is trained on answers cut in the same way, unless the row says fed with. "
        "mlp as above; softmax: 784-10 from 0, SGD 0.1, batch 64, 20 epochs."
    ),
    "prior": (
        "n = 10 seeds. Victim: mlp 784-128-5 on the pictures 0..4 of [0:4000]. Public: pictures 5..9 of [4000:8000]. Autoencoder "
        "784-128-16-128-784, ReLU, linear code, sigmoid, mean squared error, Adam 1e-3, batch 64, 30 epochs, on public alone. w: codes "
        "whitened by mean and covariance (+ 1e-4) of the public codes (Cholesky), so that w ~ N(0, I). label-only: start: the first w "
        "~ N(0, I) with the label (at most 2000 draws); then 100 rounds: N points on the sphere of radius R about w (R = 2 at first); "
        "if all have the label, note w and R <- 1.3 R; else go min(R/3, 3) along minus the mean direction of those without it, clamp w "
        "to [-2, 2] a coordinate, and stay where the new point has not the label. The last w noted is the answer (the start if none "
        "was). prior: Adam 0.05, 300 steps on logit - weight/2 * |w|^2 from w = 0, or best of 8 (the highest objective) from N(0, I). "
        "mi-face: as mi_face's main. evaluation_accuracy: the CNN for ten digits says the class; correlations, margin (against the "
        "other four), SSIM and MSE against the class means of [0:4000]. A class without a start counts as a failure and is left out of "
        "the other metrics. untrained: the null."
    ),
    "leakage": (
        "One image at a time, untrained mlp with seed 800 + i for image i. Cross-entropy with hard label; the gradient shared: dW1, "
        "db1, dW2, db2. analytic (images [0:100]): one unit: dW1[:, k]/db1[k], k = argmax |db1|; all units: dW1 db1 / |db1|^2; kept "
        "entries: the same sum over entries that are not 0 in both, a pixel of which none is left is 0. label: argmin of db2. dlg and "
        "idlg (sigmoid, images [0:10]): x ~ U(0, 1), label logits ~ N(0, 1) or the label from db2; sum of squared differences over all "
        "four gradients; L-BFGS, rate 1, history 100, at most 600 iterations, strong Wolfe, tolerances 1e-12 (gradient) and 1e-16 "
        "(change), float32; the better of 2 starts by final loss. noise s: s * N(0, 1) added to every entry. prune_each f: in each of "
        "the four tensors the ceil(f * size) largest by absolute value stay, the others are 0; prune_all f: the same over all four "
        "together. kept entries only: the attacker knows of the pruning and compares the entries that are not 0. Errors are of the "
        "picture clipped to [0, 1]; psnr = -10 log10(mse), at most 200; below_0.01: share of images with mse < 0.01 (20 dB); n counts "
        "images."
    ),
    "check_gradient_leakage": (
        "The rows of gradient_leakage_mnist.json again: its configuration (L-BFGS without line search, 50 times max_iter 20), errors "
        "not clipped, images [0:10]; analytic on images [0:100]."
    ),
    "batches_analytic": (
        "ReLU, untrained, n = 20 batches: batch s is [s*B : s*B + B], seed 800 + s, mean loss over the batch. An image counts as "
        "recovered at mse < 1e-6. recovered_if_the_truth_is_known: some ratio dW1[:, k]/db1[k] equals the image "
        "(gradient_leakage_mnist.json's figure). recovered: blind, as follows. G = dW1 stacked on db1 (785 x 128); its rank (singular "
        "values above 1e-9 of the largest in float64, 1e-4 in float32) is the batch's size. Candidates: ratios of units with |db1[k]| "
        "above 1e-10 (float32: 1e-4) of the largest, all pixels in [-0.001, 1.001]. Those within mse 1e-10 of each other are one; most "
        "frequent first, a candidate x is accepted, until there are as many as the rank, if (a) G restricted to the units that x "
        "leaves silent (x W1 + b1 <= 0) has a lower rank, and (b) x is further than 0.001 |x| from the span of those accepted. "
        "false_pictures_a_batch: accepted and equal to no image at mse < 1e-6; the same for mse < 0.01, a near copy. Labels: classes "
        "with a negative entry of db2; labels_counted_right: B times take argmin of db2 and add 1/B to that entry; share of the "
        "multiset that is right."
    ),
    "batches_matched": (
        "Sigmoid, untrained, labels known, otherwise as idlg above, the better of 2 starts, 10 batches; pictures matched to the truth "
        "by optimal assignment of squared errors; n counts images, or batches for batches_all_below_0.01."
    ),
    "trained": (
        "The mlp after 20 epochs (seed 0), member: images [0:100], test: [8000:8100]. analytic, label, noise, pruning as in leakage. "
        "matching (sigmoid, the first 10 of them): as dlg and idlg above with the differences divided by the norm of the shared "
        "gradient; strong Wolfe, or no line search as in check_gradient_leakage. batches (ReLU): as batches_analytic, batch s "
        "beginning at s*B from where the images begin; float64 has the same weights, trained in float32."
    ),
}


def printed(key, value):
    """A section: its configuration and rows, a row a line."""
    lines = [f"    {json.dumps(name)}: {json.dumps(row)}" for name, row in value.items()]
    return f"  {json.dumps(key)}: {{\n" + ",\n".join(lines) + "\n  }"


if __name__ == "__main__":
    began, busy = time.time(), time.process_time()
    sections = {}

    def done(name, rows):
        sections[name] = {"config": CONFIG[name], **rows}
        print(f"{name}: {time.time() - began:.0f} s, {time.process_time() - busy:.0f} s of processor", flush=True)

    evaluations = [evaluation_model(seed) for seed in range(10)]
    done("check_model_inversion", gathered([check_mi_face(seed) for seed in SEEDS]))

    runs = [mi_face_experiment(seed, evaluations[seed]) for seed in SEEDS]
    by_class = {
        f"by class, none|start={start}, mean over seeds": {
            metric: [round(float(v), 4) for v in torch.stack([run[1][start][metric] for run in runs]).mean(0)]
            for metric in runs[0][1][start]
        }
        for start in STARTS
    }
    done("mi_face", {"baselines": mi_face_baselines(), **gathered([run[0] for run in runs]), **by_class})

    done("inversion_network", gathered([inversion_network_experiment(seed) for seed in SEEDS]))
    done("prior", gathered([prior_experiment(seed, evaluations[seed]) for seed in range(10)]))

    done("check_gradient_leakage", check_leakage())
    table = {"baselines, mse": leakage_baselines(), "size of the undefended gradient, means over images [0:100]": untrained_gradients()}
    for act in ACTS:
        for defense, rows in leakage(fresh, range(100), 10, act, SHARED, 2).items():
            table |= {f"{act}|{defense}|{attack}": figures for attack, figures in rows.items()}
    done("leakage", table)
    done("batches_analytic", batches(fresh, lambda batch: range(0, 20 * batch, batch)))
    done("batches_matched", matched_batches())
    table = {}
    for name, row in trained_leakage().items():
        nested = any(isinstance(value, dict) and "mse_median" in value for value in row.values())
        table |= {f"{name}|{attack}": figures for attack, figures in row.items()} if nested else {name: row}
    done("trained", table)

    parts = [f'  "what": {json.dumps(WHAT)}', *(printed(key, value) for key, value in sections.items())]
    (HERE / "inversion-more.json").write_text("{\n" + ",\n".join(parts) + "\n}\n")
