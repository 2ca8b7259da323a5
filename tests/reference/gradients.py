"""Makes self-test.json and gradients.json: what PyTorch says of our models, losses and optimisers, in float64; and streams.json,
the first numbers of a few random streams.

Run by hand from the repository's root, after `npm run setup` has made public/data/mnist.bin:

    python3 tests/reference/gradients.py        (PyTorch 1.13, Debian's python3-torch)

Nothing here is shared with the TypeScript: layers are torch.nn.functional's, per-example gradients are taken one example
at a time. Only the numbers that go in are the same, because both sides draw them from mulberry32.
"""
import gzip
import json
import pathlib

import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
M32 = 0xFFFFFFFF


def mulberry32(seed):
    state = seed & M32
    while True:
        state = (state + 0x6D2B79F5) & M32
        mixed = ((state ^ (state >> 15)) * (state | 1)) & M32
        mixed ^= (mixed + (((mixed ^ (mixed >> 7)) * (mixed | 61)) & M32)) & M32
        yield (mixed ^ (mixed >> 14)) / 4294967296


def sfc32(path):
    """The uniform stream of that path in src/core/random.ts: cyrb128 of the text seeds sfc32."""
    a, b, c, d = 1779033703, 3144134277, 1013904242, 2773480762
    for code in map(ord, path):
        a = b ^ ((a ^ code) * 597399067 & M32)
        b = c ^ ((b ^ code) * 2869860233 & M32)
        c = d ^ ((c ^ code) * 951274213 & M32)
        d = a ^ ((d ^ code) * 2716044179 & M32)
    a = (c ^ (a >> 18)) * 597399067 & M32
    b = (d ^ (b >> 22)) * 2869860233 & M32
    c = (a ^ (c >> 17)) * 951274213 & M32
    d = (b ^ (d >> 19)) * 2716044179 & M32
    a, b, c, d = a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a

    def bits():
        nonlocal a, b, c, d
        result = (a + b + d) & M32
        d = (d + 1) & M32
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & M32
        c = (((c << 21) | (c >> 11)) + result) & M32
        return result

    for _ in range(15):
        bits()
    while True:
        yield bits() / 4294967296


def draw(random, shape, scale=1.0):
    """(2u − 1) · scale, row by row."""
    count = int(torch.tensor(shape).prod())
    return torch.tensor([(2 * next(random) - 1) * scale for _ in range(count)]).reshape(shape)


def rounded(x):
    return [float(f"{value:.9g}") for value in torch.as_tensor(x).detach().flatten().tolist()]


def softmax_net(p, x):
    return x.flatten(1) @ p[0] + p[1]


def mlp_net(p, x):
    x = x.flatten(1)
    for layer in range(0, len(p) - 2, 2):
        x = F.relu(x @ p[layer] + p[layer + 1])
    return x @ p[-2] + p[-1]


def cnn_net(p, x):
    x = x.permute(0, 3, 1, 2)  # [batch, height, width, channels] → PyTorch's [batch, channels, height, width]
    for layer in (0, 2):
        weights = p[layer].reshape(3, 3, -1, p[layer].shape[1]).permute(3, 2, 0, 1)
        x = F.max_pool2d(F.relu(F.conv2d(x, weights, p[layer + 1].flatten(), padding=1)), 2)
    return x.permute(0, 2, 3, 1).flatten(1) @ p[4] + p[5]


def layered(*widths):
    """Weights [inputs, outputs], then bias [1, outputs], one layer after another."""
    return [shape for i, o in zip(widths, widths[1:]) for shape in ((i, o), (1, o))]


def losses_of(logits, targets):
    return -(targets * F.log_softmax(logits, 1)).sum(1)


def mean_gradient(net, p, x, t):
    return torch.autograd.grad(losses_of(net(p, x), t).mean(), p)


def flat(gradients):
    return torch.cat([g.flatten() for g in gradients])


def one_at_a_time(net, p, x, t):
    return torch.stack([flat(mean_gradient(net, p, x[i : i + 1], t[i : i + 1])) for i in range(len(x))])


def prepared(net, shapes, input_shape, batch, classes, seed, scale=1.0):
    random = mulberry32(seed)
    p = [draw(random, shape, scale).requires_grad_() for shape in shapes]
    x = draw(random, (batch, *input_shape))
    t = F.one_hot(torch.arange(batch) % classes, classes).double()
    return p, x, t


def self_test():
    p, x, t = prepared(mlp_net, layered(6, 5, 3), (6,), 4, 3, seed=7)
    logits = mlp_net(p, x)
    return {
        "what": "Mean cross-entropy gradient of an MLP 6-5-3 with ReLU on a batch of 4, by PyTorch in float64 (gradients.py).",
        "drawn": "All numbers are 2u - 1 with u from one mulberry32(seed): first the parameters in our order (weights [6, 5] row by row, "
        "bias [5], weights [5, 3] row by row, bias [3]), then the inputs [4, 6] row by row. Example i has label i mod 3.",
        "seed": 7,
        "inputs": 6,
        "hidden": [5],
        "classes": 3,
        "batch": 4,
        "loss": float(losses_of(logits, t).mean()),
        "logits": rounded(logits),
        "gradient": rounded(flat(mean_gradient(mlp_net, p, x, t))),
    }


def model_case(says, net, shapes, input_shape, batch, classes, seed, scale):
    p, x, t = prepared(net, shapes, input_shape, batch, classes, seed, scale)
    each = one_at_a_time(net, p, x, t)
    norms = each.norm(dim=1)
    # Half-way between the two middle norms: half of the examples are clipped.
    clip = round(float(norms.sort().values[batch // 2 - 1 : batch // 2 + 1].mean()), 2)
    clipped = (each * (clip / norms).clamp(max=1).unsqueeze(1)).sum(0)
    smooth = 0.8 * t + 0.2 / classes  # label smoothing 0.2
    smooth_each = one_at_a_time(net, p, x, smooth)
    return {
        "what": says,
        "seed": seed,
        "scale": scale,
        "shape": list(input_shape),
        "classes": classes,
        "batch": batch,
        "logits": rounded(net(p, x)),
        "losses": rounded(losses_of(net(p, x), t)),
        "gradient": rounded(flat(mean_gradient(net, p, x, t))),
        "norms": rounded(norms),
        "clip": clip,
        "clippedSum": rounded(clipped),
        "smoothing": 0.2,
        "smoothLosses": rounded(losses_of(net(p, x), smooth)),
        "smoothGradient": rounded(flat(mean_gradient(net, p, x, smooth))),
        "smoothNorms": rounded(smooth_each.norm(dim=1)),
    }


def relax_loss():
    """Chen, Yu & Fritz 2022, algorithm 1, on the mean loss of one batch; the gradient is of each example's own loss."""
    logits = draw(mulberry32(11), (6, 4), 2.0).requires_grad_()
    t = F.one_hot(torch.arange(6) % 4, 4).double()
    mean = float(losses_of(logits, t).mean())

    def gradient(alpha, epoch):
        losses = losses_of(logits, t)
        if mean >= alpha:
            objective = losses
        elif epoch % 2 == 0:
            objective = -losses  # ascent
        else:
            p_true = (F.softmax(logits, 1) * t).sum(1, keepdim=True).detach()
            objective = losses_of(logits, torch.where(t == 1, p_true, (1 - p_true) / 3))
        return rounded(torch.autograd.grad(objective.sum(), logits)[0])

    above, below = round(mean - 0.2, 2), round(mean + 0.2, 2)
    return {
        "what": "logits [6, 4] are (2u - 1) * 2 from mulberry32(seed); example i has label i mod 4; weights are 1/6",
        "seed": 11,
        "scale": 2,
        "meanLoss": mean,
        "cases": [
            {"where": where, "alpha": alpha, "epoch": epoch, "logitGradient": gradient(alpha, epoch)}
            for where, alpha in (("above", above), ("below", below))
            for epoch in (0, 1)
        ],
    }


OPTIMIZERS = {
    "sgd": lambda p, **more: torch.optim.SGD(p, **more),
    "momentum": lambda p, **more: torch.optim.SGD(p, momentum=0.9, **more),
    "adam": lambda p, **more: torch.optim.Adam(p, eps=1e-8, **more),
}


def trajectories():
    """Five steps down the bowl Σ c (w − t)² / 2; curvatures are c = 0.5, 1, … 3 and start and goal are drawn."""
    random = mulberry32(13)
    start, goal = draw(random, (6,)), draw(random, (6,))
    curvature = torch.arange(1, 7) / 2
    paths = {}
    for name, make in OPTIMIZERS.items():
        w = start.clone().requires_grad_()
        optimizer = make([w], lr=0.1)
        path = []
        for _ in range(5):
            optimizer.zero_grad()
            (curvature * (w - goal) ** 2 / 2).sum().backward()
            optimizer.step()
            path.append(rounded(w))
        paths[name] = path
    return {
        "what": "start [6] and goal [6] are 2u - 1 from mulberry32(seed); gradient c * (w - goal) with c = 0.5, 1, … 3",
        "seed": 13,
        "learningRate": 0.1,
        "paths": paths,
    }


def trained():
    """Whole trainings with one batch an epoch, so that no order matters: mean loss plus weight decay, five steps."""
    shapes = layered(64, 16, 8, 4)
    _, x, t = prepared(mlp_net, shapes, (8, 8, 1), 6, 4, seed=2, scale=0.5)
    member = "training/0"
    results = {}
    for name, make in OPTIMIZERS.items():
        random = sfc32(member + "/weights")
        p = []
        for rows, columns in shapes:
            limit = (6 / (rows + columns)) ** 0.5
            values = draw(random, (rows, columns), limit) if rows > 1 else torch.zeros(1, columns)
            p.append(values.float().double().requires_grad_())  # float32, as weights are stored
        optimizer = make(p, lr=0.05, weight_decay=0.01)
        for _ in range(5):
            optimizer.zero_grad()
            losses_of(mlp_net(p, x), t).mean().backward()
            optimizer.step()
        results[name] = rounded(flat(p))
    return {
        "what": "mlp of `mlp`'s shape on its six inputs, Glorot-uniform weights from the stream `weights` of the seed `member`",
        "member": member,
        "learningRate": 0.05,
        "weightDecay": 0.01,
        "epochs": 5,
        "weights": results,
    }


def mnist_clipped():
    """What forward_backward.json leaves open: the clipped mean of its MLP 784-128-10 on the first eight digits."""
    known = json.loads((HERE / "forward_backward.json").read_text())
    packed = gzip.decompress((HERE / "../../public/data/mnist.bin").read_bytes())
    grey = [round(byte * 1000 / 255) / 1000 for byte in packed[: 8 * 784]]
    x = torch.tensor(grey).reshape(8, 784)
    t = F.one_hot(torch.tensor(known["labels"]), 10).double()
    random = mulberry32(123)
    w1, w2 = draw(random, (784, 128), 0.08), draw(random, (128, 10), 0.2)
    p = [q.requires_grad_() for q in (w1, torch.zeros(1, 128), w2, torch.zeros(1, 10))]
    each = one_at_a_time(mlp_net, p, x, t)
    norms = each.norm(dim=1)
    assert torch.allclose(norms, torch.tensor(known["per_sample_grad_norm"]), atol=1e-9)
    return [
        {"clip": clip, "meanNorm": float(mean.norm()), "bias2": rounded(mean[-10:])}
        for clip in (1, 7)  # 1 clips all eight, 7 clips five
        for mean in [(each * (clip / norms).clamp(max=1).unsqueeze(1)).mean(0)]
    ]


def gradients():
    cnn = [(9, 2), (1, 2), (18, 4), (1, 4), (16, 4), (1, 4)]
    odd = [(18, 3), (1, 3), (27, 6), (1, 6), (12, 3), (1, 3)]  # 9 × 6 pixels → 4 × 3 → 2 × 1
    return {
        "what": "By PyTorch in float64 (gradients.py). Parameters, then inputs, are drawn from mulberry32(seed) as in self-test.json, "
        "parameters times `scale`; example i has label i mod classes. Norms are of each example's own gradient; clippedSum sums "
        "the gradients clipped to `clip`.",
        "softmax": model_case("64-4", softmax_net, layered(64, 4), (8, 8, 1), 6, 4, seed=1, scale=0.3),
        "mlp": model_case("64-16-8-4", mlp_net, layered(64, 16, 8, 4), (8, 8, 1), 6, 4, seed=2, scale=0.5),
        "cnn": model_case("two channels, then four", cnn_net, cnn, (8, 8, 1), 6, 4, seed=3, scale=0.7),
        "oddCnn": model_case("odd sides, two input channels", cnn_net, odd, (9, 6, 2), 6, 3, seed=4, scale=0.7),
        "relaxLoss": relax_loss(),
        "optimizers": trajectories(),
        "trained": trained(),
        "mnistClipped": mnist_clipped(),
    }


def write(name, value):
    lines = (f"  {json.dumps(key)}: {json.dumps(entry, ensure_ascii=False)}" for key, entry in value.items())
    (HERE / name).write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    write("self-test.json", self_test())
    write("gradients.json", gradients())
    streams = {path: sfc32(path) for path in ("1", "1/split", "seed/1/weights")}
    write("streams.json", {path: [next(stream) for _ in range(5)] for path, stream in streams.items()})
