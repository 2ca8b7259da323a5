"""The benchmark's work in PyTorch, one thread: steps of plain SGD on MNIST digits, and LiRA from the digits to its scores.

    python3 bench/twin.py [--device cuda]      measures everything and prints a line of JSON for each row
    python3 bench/twin.py --serve              one line of JSON in, the work done once, one line out: how `lab -- bench` measures in turns

Run from the root of the project, which has the digits. Networks are trained one after another, or as one: with `bmm` (convolutions in
groups), or with `vmap`. Making the networks is not counted in a step; in LiRA everything is.
"""
import argparse
import gzip
import json
import math
import statistics
import sys
import time

import torch
import torch.nn.functional as F

try:
    from torch.func import grad, vmap
except ImportError:  # before PyTorch 2
    try:
        from functorch import grad, vmap
    except ImportError:
        grad = vmap = None

BATCH, RATE = 64, 0.1
# Each layer's shape for one network; a bias follows. PyTorch keeps the outputs of a convolution first.
SHAPES = {
    "mlp": [(784, 128), (128, 10)],
    "cnn": [(8, 1, 3, 3), (16, 8, 3, 3), (784, 10)],
}
WAYS = ["one after another", "bmm"] + (["vmap"] if vmap else [])


def load():
    raw = bytearray(gzip.open("public/data/mnist.bin").read())
    pixels = torch.frombuffer(raw, dtype=torch.uint8)
    images = (pixels[:7840000].reshape(10000, 784).double() * 1000 / 255).round() / 1000
    return images.float(), pixels[7840000:].long()


def initial(model, networks, device):
    """Glorot-uniform weights and zero biases, [networks, …] each."""
    parameters = []
    for shape in SHAPES[model]:
        dense = len(shape) == 2
        fans = sum(shape) if dense else 9 * (shape[0] + shape[1])
        weights = (torch.rand(networks, *shape) * 2 - 1) * math.sqrt(6 / fans)
        parameters += [weights.to(device), torch.zeros(networks, shape[1] if dense else shape[0], device=device)]
    return parameters


def forward(model, parameters, x):
    """One network: [batch, 784] to logits [batch, 10]."""
    if model == "mlp":
        w1, b1, w2, b2 = parameters
        return torch.relu(x @ w1 + b1) @ w2 + b2
    w1, b1, w2, b2, w3, b3 = parameters
    x = F.max_pool2d(torch.relu(F.conv2d(x.reshape(-1, 1, 28, 28), w1, b1, padding=1)), 2)
    x = F.max_pool2d(torch.relu(F.conv2d(x, w2, b2, padding=1)), 2)
    return x.flatten(1) @ w3 + b3


def forward_stack(model, parameters, x):
    """K networks as one: [K, batch, 784] to logits [K, batch, 10]."""
    networks, batch, _ = x.shape
    if model == "mlp":
        w1, b1, w2, b2 = parameters
        hidden = torch.relu(torch.baddbmm(b1.unsqueeze(1), x, w1))
        return torch.baddbmm(b2.unsqueeze(1), hidden, w2)
    w1, b1, w2, b2, w3, b3 = parameters
    x = x.transpose(0, 1).reshape(batch, networks, 28, 28)  # a network's channels side by side: a convolution in K groups
    for w, b in ((w1, b1), (w2, b2)):
        x = F.conv2d(x, w.flatten(0, 1), b.flatten(), padding=1, groups=networks)
        x = F.max_pool2d(torch.relu(x), 2)
    x = x.reshape(batch, networks, 784).transpose(0, 1)
    return torch.baddbmm(b3.unsqueeze(1), x, w3)


def train(model, how, parameters, images, labels, members, steps):
    """`steps` steps of every network, in place. `members`: [networks, examples], the rows that each of them sees."""
    networks, examples = members.shape
    if how == "one after another" and networks > 1:
        for k in range(networks):
            own = [parameter[k : k + 1] for parameter in parameters]
            train(model, how, own, images, labels, members[k : k + 1], steps)
        return
    if how == "vmap":
        per_network = vmap(grad(lambda own, x, y: F.cross_entropy(forward(model, own, x), y)))
    left = steps
    while left > 0:
        order = torch.stack([rows[torch.randperm(examples, device=rows.device)] for rows in members])
        for batch in order.split(BATCH, 1)[:left]:
            left -= 1
            if how == "vmap":
                gradients = per_network(tuple(parameters), images[batch], labels[batch])
            elif how == "bmm":
                leaves = [parameter.detach().requires_grad_() for parameter in parameters]
                logits = forward_stack(model, leaves, images[batch])
                # The sum over networks of their mean losses: each gradient is its own network's.
                loss = F.cross_entropy(logits.flatten(0, 1), labels[batch].flatten(), reduction="sum") / batch.shape[1]
                gradients = torch.autograd.grad(loss, leaves)
            else:
                leaves = [parameter[0].detach().requires_grad_() for parameter in parameters]
                loss = F.cross_entropy(forward(model, leaves, images[batch[0]]), labels[batch[0]])
                gradients = [gradient.unsqueeze(0) for gradient in torch.autograd.grad(loss, leaves)]
            for parameter, gradient in zip(parameters, gradients):
                parameter.sub_(gradient, alpha=RATE)


def wait(device):
    """A GPU only queues its work."""
    if device != "cpu":
        torch.cuda.synchronize()


def stack(model, networks, steps, how, device, data):
    """Milliseconds a step of one network, on the first 1,000 digits. One after another costs each the same: one is timed."""
    images, labels = (table[:1000].to(device) for table in data)
    networks = 1 if how == "one after another" else networks
    examples = min(1000, steps * BATCH)
    members = torch.arange(examples, device=device).repeat(networks, 1)
    parameters = initial(model, networks, device)
    wait(device)
    began = time.perf_counter()
    train(model, how, parameters, images, labels, members, steps)
    wait(device)
    milliseconds = 1000 * (time.perf_counter() - began) / steps / networks
    with torch.no_grad():
        losses = F.cross_entropy(forward(model, [parameter[0] for parameter in parameters], images[:examples]), labels[:examples])
    return {"milliseconds": milliseconds, "loss": losses.item()}


def lira(model, networks, epochs, how, device, data):
    """Milliseconds from 2,000 digits to their scores: a target on the first half, shadow models on random halves; online, one variance."""
    wait(device)
    began = time.perf_counter()
    images, labels = (table[:2000].to(device) for table in data)
    halves = [half for _ in range(networks // 2) for half in torch.randperm(2000).split(1000)]
    members = torch.stack([torch.arange(1000)] + halves).to(device)
    parameters = initial(model, networks + 1, device)
    train(model, how, parameters, images, labels, members, epochs * math.ceil(1000 / BATCH))
    with torch.no_grad():
        phis = torch.stack([confidence(forward(model, [p[k] for p in parameters], images), labels) for k in range(networks + 1)])
        sees = torch.zeros(networks, 2000, dtype=torch.bool, device=device)
        sees.scatter_(1, members[1:], True)
        seen, unseen = (gaussian(phis[1:], mask) for mask in (sees, ~sees))
        scores = (log_density(phis[0], *seen) - log_density(phis[0], *unseen)).cpu()
    milliseconds = 1000 * (time.perf_counter() - began)
    ranks = scores.argsort().argsort().double() + 1
    auc = (ranks[:1000].sum().item() / 1000 - 500.5) / 1000
    return {"milliseconds": milliseconds, "auc": auc}


def confidence(logits, labels):
    """φ = ln(p / (1 − p)) of the true class."""
    p = logits.double().softmax(1)
    true = p.gather(1, labels[:, None])
    others = p.scatter(1, labels[:, None], 0).sum(1)
    return true[:, 0].clamp_min(1e-30).log() - others.clamp_min(1e-30).log()


def gaussian(phis, mask):
    """Each example's median over the models in question, and one deviation for all."""
    centres = phis.masked_fill(~mask, math.nan).nanmedian(0).values
    return centres, (phis - centres)[mask].std(unbiased=False)


def log_density(x, centre, deviation):
    return -(((x - centre) / deviation) ** 2) / 2 - deviation.log()


def answer(request, data):
    work = {"stack": stack, "lira": lira}[request.pop("bench")]
    return work(data=data, **request)


def serve(data):
    for line in sys.stdin:
        try:
            said = answer(json.loads(line), data)
        except Exception as error:
            said = {"error": str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__}
        print(json.dumps(said), flush=True)


def measure_all(device, data):
    """What `lab -- bench` measures, without anything beside it."""
    works = [
        {"bench": "stack", "model": model, "networks": networks, "how": how, "device": device}
        for model in SHAPES
        for networks in (1, 4, 16, 64)
        for how in WAYS[: 1 if networks == 1 else None]
    ]
    for work in works:
        once = answer({**work, "steps": 16}, data)  # untimed; tells how many steps take some 200 ms
        together = 1 if work["how"] == "one after another" else work["networks"]
        steps = 16 * max(1, min(30, round(200 / once["milliseconds"] / together / 16)))
        times = [answer({**work, "steps": steps}, data)["milliseconds"] for _ in range(5)]
        print(json.dumps({**work, "milliseconds": statistics.median(times), "repetitions": times}), flush=True)
    for networks, repetitions in ((16, 3), (64, 1)):
        for how in WAYS:
            work = {"bench": "lira", "model": "mlp", "networks": networks, "how": how, "device": device}
            answer({**work, "networks": 4, "epochs": 1}, data)
            runs = [answer({**work, "epochs": 50}, data) for _ in range(repetitions)]
            times = [run["milliseconds"] for run in runs]
            row = {**work, "milliseconds": statistics.median(times), "repetitions": times, "auc": [run["auc"] for run in runs]}
            print(json.dumps(row), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    flags = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    devices = ["cpu"] + (["cuda"] if torch.cuda.is_available() else [])
    machine = {"torch": torch.__version__, "devices": devices, "ways": WAYS}
    if "cuda" in devices:
        machine["gpu"] = torch.cuda.get_device_name()
    data = load()
    print(json.dumps(machine), flush=True)
    serve(data) if flags.serve else measure_all(flags.device, data)


main()
