"""Makes extraction-more.json: stealing a model, and defenses against it, in PyTorch, written from the papers.

Run by hand from the repository's root, after `npm run setup` has made public/data/mnist.bin; about a quarter of an hour on one thread:

    python3 tests/reference/extraction-more.py    (PyTorch 1.13, SciPy 1.10, Debian's python3-torch, -scipy and python3-sklearn)

Digits, victim and thief are those of extraction.json, and the rows `as_before` repeat some of its figures. Nothing is shared with
the TypeScript, random numbers neither: only means over seeds can be compared. Five victims are trained side by side, stacked for
bmm, and five thieves after them, a thief to a victim; `n` counts these pairs. Within an experiment all rows see the same victims.
"""
import functools
import json
import sys
import time
import warnings
import zlib

import numpy as np
import torch
import torch.nn.functional as F
from scipy import stats
from sklearn.linear_model import LogisticRegression

from defenses import CLASSES, HERE, load_mnist, one_hot, summary

torch.set_num_threads(1)
torch.set_flush_denormal(True)
MODELS = 5
STEPS, BATCH = 2000, 64
LARGE, SMALL = (784, 128, CLASSES), (64, 64, CLASSES)
TRAIN, POOL, TEST = slice(0, 4000), slice(4000, 8000), slice(8000, 10000)

pixels, LABELS = load_mnist()
IMAGES, LABELS = torch.tensor(pixels, dtype=torch.float32), torch.tensor(LABELS)


def generator(*key):
    return torch.Generator().manual_seed(zlib.crc32(repr(key).encode()))


# Models. A stack is five models side by side: parameters [stack, rows, columns], pictures [stack, n, pixels], or [n, pixels] for all.


def stacked(x):
    return x if x.dim() == 3 else x.expand(MODELS, *x.shape)


def initial(sizes, random):
    p = []
    for i, o in zip(sizes, sizes[1:]):
        limit = (6 / (i + o)) ** 0.5  # Glorot
        p += [(torch.rand(MODELS, i, o, generator=random) * 2 - 1) * limit, torch.zeros(MODELS, 1, o)]
    return p


def logits(p, x):
    return torch.baddbmm(p[3], F.relu(torch.baddbmm(p[1], stacked(x), p[0])), p[2])


def answers(p, x):
    return F.softmax(logits(p, x), 2)


def said(p, x):
    return logits(p, x).argmax(2)


def labels_only(given):
    return one_hot(given.argmax(2))


def gradients(p, x, by_logit):
    """Of all parameters, from the loss's gradient by each logit."""
    hidden = F.relu(torch.baddbmm(p[1], x, p[0]))
    by_hidden = (by_logit @ p[2].transpose(1, 2)) * (hidden > 0)
    return [x.transpose(1, 2) @ by_hidden, by_hidden.sum(1, keepdim=True), hidden.transpose(1, 2) @ by_logit, by_logit.sum(1, keepdim=True)]


class Adam:
    def __init__(self, p, rate=1e-3):
        self.p, self.rate, self.t = p, rate, 0
        self.m, self.v = [torch.zeros_like(q) for q in p], [torch.zeros_like(q) for q in p]

    def step(self, by_parameter):
        self.t += 1
        c1, c2 = 1 - 0.9**self.t, (1 - 0.999**self.t) ** 0.5
        for q, g, m, v in zip(self.p, by_parameter, self.m, self.v):
            m.lerp_(g, 0.1)
            v.mul_(0.999).addcmul_(g, g, value=0.001)
            q.addcdiv_(m, v.sqrt().add_(1e-8 * c2), value=-self.rate * c2 / c1)


def batches(n, steps, random):
    """Row numbers [stack, batch]: each epoch in a new order, an incomplete last batch dropped."""
    size = min(BATCH, n)
    for k in range(steps):
        at = k % (n // size) * size
        if at == 0:
            order = torch.rand(MODELS, n, generator=random).argsort(1)
        yield order[:, at : at + size]


def soft_cross_entropy(z, t):
    """−Σ t·log p: its gradient by the logits. Answers that were rounded or poisoned need not sum to 1."""
    return F.softmax(z, 2) * t.sum(2, keepdim=True) - t


def reverse_cross_entropy(z, t):
    """−log(1 − p_label): likewise."""
    p = F.softmax(z, 2)
    true = (p * t).sum(2, keepdim=True)
    return true * (t - (1 - t) * p / (1 - true).clamp_min(1e-6))


def train(x, targets, random, steps=STEPS, sizes=LARGE, p=None, loss=soft_cross_entropy):
    x, targets = stacked(x), stacked(targets)
    p = p or initial(sizes, random)
    # Pixels that are 0 in all pictures have no gradient and keep their weights: leaving them out changes nothing but the time.
    seen = (x != 0).flatten(0, 1).any(0)
    seen = slice(None) if seen.all() else seen
    x, narrow, each = x[:, :, seen].contiguous(), [p[0][:, seen].contiguous(), *p[1:]], torch.arange(MODELS)[:, None]
    optimizer = Adam(narrow)
    for rows in batches(x.shape[1], steps, random):
        xb = x[each, rows]
        optimizer.step(gradients(narrow, xb, loss(logits(narrow, xb), targets[each, rows]) / rows.shape[1]))
    p[0][:, seen] = narrow[0]
    return p


def epochs(n, count=20):
    return count * (n // BATCH)


def scores(thief, victim, x=IMAGES[TEST]):
    opinion, truth = said(thief, x), said(victim, x)
    return {"fidelity": per_model(opinion == truth), "accuracy": per_model(opinion == LABELS[TEST])}


def per_model(right):
    return summary(right.double().mean(1).tolist())


def chosen(pool, random, n):
    """Other n rows for each model [stack, n]."""
    return torch.stack([torch.randperm(pool, generator=random)[:n] for _ in range(MODELS)])


# Pictures.


def shuffled(x, random):
    return x.gather(1, torch.rand(x.shape, generator=random).argsort(1))


def turned(x):
    return 1 - torch.rot90(x.reshape(-1, 28, 28), 1, (1, 2)).reshape(-1, 784)


def small(x):
    """28×28 to 8×8: means of blocks of 3.5×3.5 pixels."""
    doubled = x.reshape(-1, 28, 28).repeat_interleave(2, 1).repeat_interleave(2, 2)
    return doubled.reshape(-1, 8, 7, 8, 7).mean((2, 4)).reshape(-1, 64)


GROUPS = ("digits", "noise", "turned", "shuffled")


def mixed_pool():
    """16,000 pictures, 4,000 of each of GROUPS, the group of each, and a class that the thief knows (a random one for noise)."""
    random, digits = generator("mixed pool"), IMAGES[POOL]
    x = torch.cat([digits, torch.rand(digits.shape, generator=random), turned(digits), shuffled(digits, random)])
    classes = LABELS[POOL].repeat(4)
    classes[4000:8000] = torch.randint(CLASSES, (4000,), generator=random)
    return x, torch.arange(4).repeat_interleave(4000), classes


# Attacks.


@functools.cache
def plain_victim():
    return train(IMAGES[TRAIN], one_hot(LABELS[TRAIN]), generator("victim"), epochs(4000))


@functools.cache
def independent():
    return train(IMAGES[POOL], one_hot(LABELS[POOL]), generator("independent"), epochs(4000))


@functools.cache
def knockoff(kind, n):
    """Asks for the first n pictures of the pool."""
    given = answers(plain_victim(), IMAGES[POOL][:n])
    given = {"probs": given, "labels": labels_only(given), "rounded1": (given * 10).round() / 10}[kind]
    return train(IMAGES[POOL][:n], given, generator("as before", kind, n))


def as_before():
    rows = {"victim": {"accuracy": per_model(said(plain_victim(), IMAGES[TEST]) == LABELS[TEST])}}
    for kind in ("probs", "labels", "rounded1"):
        for n in (200, 4000):
            rows[f"{kind}/{n}"] = scores(knockoff(kind, n), plain_victim())
    return rows


def uncertain(p, n):
    """The n rows of highest entropy."""
    return -(p * (p + 1e-12).log()).sum(1).topk(n).indices


def k_center(p, centres, n):
    """n rows of p, each the farthest from all centres so far."""
    picked, distance = [], torch.cdist(p, p[centres]).min(1).values
    for _ in range(n):
        picked.append(int(distance.argmax()))
        distance = torch.minimum(distance, (p - p[picked[-1]]).norm(dim=1))
    return torch.tensor(picked)


ROUNDS = 4


def active(pool, budgets, kinds):
    victim, rows = plain_victim(), {}
    truth = answers(victim, pool)
    for budget in budgets:
        share, order = budget // ROUNDS, chosen(len(pool), generator("active", len(pool)), budget)
        for kind in kinds:
            given = truth if kind == "probs" else labels_only(truth)

            def thief(asked):
                each = torch.arange(MODELS)[:, None]
                return train(pool[asked], given[each, asked], generator("active thief", asked.shape[1]))

            first = thief(order[:, :share])
            rows[f"random/{kind}/{budget}"] = scores(thief(order), victim)
            for way in ("uncertainty", "k_center"):
                asked, now = order[:, :share], first
                for _ in range(ROUNDS - 1):
                    guess, new = answers(now, pool), []
                    for p, known in zip(guess, asked):
                        if way == "k_center":
                            new.append(k_center(p, known, share))
                        else:
                            rest = torch.ones(len(pool), dtype=torch.bool)
                            rest[known] = False
                            rest = rest.nonzero()[:, 0]
                            new.append(rest[uncertain(p[rest], share)])
                    asked = torch.cat([asked, torch.stack(new)], 1)
                    now = thief(asked)
                rows[f"{way}/{kind}/{budget}"] = scores(now, victim)
                if len(pool) > 4000:
                    rows[f"{way}/{kind}/{budget}"]["digits_share"] = per_model(asked < 4000)
    return rows


QUERIES, AT_ONCE, ONLINE, WINDOW = 400, 10, 25, 50


def bandit(pool, action, rewards, rate):
    """Knockoff nets' adaptive policy: pictures of an action are drawn without replacement; returns the rows asked."""
    random, actions = generator("bandit"), int(action.max()) + 1
    preference, taken = torch.zeros(MODELS, actions), torch.zeros(MODELS, actions)
    piles = [[p[torch.randperm(len(p), generator=random)].tolist() for p in ((action == a).nonzero()[:, 0] for a in range(actions))] for _ in range(MODELS)]
    thief, asked, given, past = initial(LARGE, random), torch.zeros(MODELS, 0, dtype=torch.long), torch.zeros(MODELS, 0, CLASSES), []
    while asked.shape[1] < QUERIES:
        acts = torch.multinomial(F.softmax(preference, 1), AT_ONCE, True, generator=random)
        rows = torch.tensor([[pile[a].pop() for a in line] for pile, line in zip(piles, acts.tolist())])
        got, guess = answers(plain_victim(), pool[rows]), answers(thief, pool[rows])
        loss = -(got * (guess + 1e-9).log()).sum(2) / np.log(CLASSES)
        for k in range(AT_ONCE):
            given = torch.cat([given, got[:, k : k + 1]], 1)
            best = got[:, k].topk(2, 1).values
            parts = {
                "certainty": best[:, 0] - best[:, 1],
                "diversity": (got[:, k] - given[:, -WINDOW:].mean(1)).clamp_min(0).sum(1),
                "loss": loss[:, k].clamp_max(1),
            }
            reward = sum(parts[name] for name in rewards) / len(rewards)
            baseline = torch.stack(past[-WINDOW:]).mean(0) if past else 0
            past.append(reward)
            act = F.one_hot(acts[:, k], actions)
            taken += act
            step = 1 / taken.gather(1, acts[:, k : k + 1]) if rate is None else rate
            preference += step * (reward - baseline)[:, None] * (act - F.softmax(preference, 1))
        asked = torch.cat([asked, rows], 1)
        if "loss" in rewards:
            thief = train(pool[asked], given, random, ONLINE, p=thief)
    return asked


def knockoff_adaptive():
    victim = plain_victim()
    pool, group, classes = mixed_pool()
    every = ("certainty", "diversity", "loss")
    asked = {"random": chosen(len(pool), generator("mixed random"), QUERIES), "digits_only": chosen(4000, generator("digits"), QUERIES)}
    asked["100_digits"] = asked["digits_only"][:, :100]
    for name, action in (("groups", group), ("groups_and_classes", group * CLASSES + classes)):
        asked[f"{name}/rate_1_over_N"] = bandit(pool, action, every, None)
        asked[f"{name}/rate_1"] = bandit(pool, action, every, 1.0)
    for one in every:
        asked[f"groups/rate_1/{one}_alone"] = bandit(pool, group, (one,), 1.0)
    rows = {}
    for name, those in asked.items():
        rows[name] = scores(train(pool[those], answers(victim, pool[those]), generator("mixed thief", those.shape[1])), victim)
        rows[name]["digits_share"] = per_model(group[those] == 0)
    return rows


AUGMENTATIONS, LAMBDAS = 4, (0.1, 1.0)


def by_picture(p, x, label):
    """∂ log p_label / ∂ x [stack, n, pixels]."""
    hidden = torch.baddbmm(p[1], x, p[0])
    away = one_hot(label) - answers(p, x)
    return ((away @ p[2].transpose(1, 2)) * (hidden > 0)) @ p[0].transpose(1, 2)


@functools.cache
def jacobian():
    """Returns the rows, and the queries of each thief in their order, for PRADA."""
    victim = plain_victim()
    random, rows, streams = generator("jacobian seeds"), {}, {}
    by_class = [(LABELS[POOL] == c).nonzero()[:, 0] for c in range(CLASSES)]
    seeds = torch.stack([torch.cat([c[torch.randperm(len(c), generator=random)[:10]] for c in by_class]) for _ in range(MODELS)])
    seeds = seeds.gather(1, torch.rand(seeds.shape, generator=random).argsort(1))
    others = chosen(4000, random, 100 * 2**AUGMENTATIONS)
    for step in LAMBDAS:
        for way in ("jacobian", "random_sign"):
            x = IMAGES[POOL][seeds]
            for k in range(AUGMENTATIONS + 1):
                label, name = said(victim, x), f"{way}/{step}/{x.shape[1]}"
                if k == 0:
                    name = f"seeds_alone/{x.shape[1]}"
                if way == "jacobian" or k == AUGMENTATIONS:
                    thief = train(x, one_hot(label), generator("jacobian", k))
                    rows[name] = scores(thief, victim)
                if k < AUGMENTATIONS:
                    direction = by_picture(thief, x, label).sign() if way == "jacobian" else torch.randint(2, x.shape, generator=random) * 2.0 - 1
                    x = torch.cat([x, (x + step * direction).clamp(0, 1)], 1)
            streams[f"{way}/{step}"] = x
    for k in range(AUGMENTATIONS + 1):
        x = IMAGES[POOL][others[:, : 100 * 2**k]]
        rows[f"random_digits/{x.shape[1]}"] = scores(train(x, one_hot(said(victim, x)), generator("jacobian", k)), victim)
    return rows, streams


LATENT, GENERATOR_WIDTH, FAKES, STUDENT_STEPS, DIRECTIONS, EPSILON = 32, 64, 16, 8, 3, 1e-3
MARKS = (25_000, 50_000, 100_000, 200_000, 400_000)


def centred_logits(given):
    """Logits up to a constant, recovered from probabilities."""
    z = given.clamp_min(1e-7).log()
    return z - z.mean(2, keepdim=True)


def data_free(victim, test, objective, queries, replays=0):
    """DFME; `queries` noise leaves the generator out. Returns the fidelity of each model at each mark."""
    random = generator("data free", objective, queries, replays)
    student, maker = initial(SMALL, random), initial((LATENT, GENERATOR_WIDTH, 64), random)
    learn, make = Adam(student), Adam(maker, 1e-2)
    used, reached, kept = 0, {}, []

    def disagreement(x):
        if objective == "logits":
            return (centred_logits(answers(victim, x)) - logits(student, x)).abs().sum(2)
        return (answers(victim, x) - answers(student, x)).abs().sum(2)

    def study(x, given):
        z = logits(student, x)
        by_logit = (z - centred_logits(given)).sign() / CLASSES if objective == "logits" else F.softmax(z, 2) - given
        learn.step(gradients(student, x, by_logit / FAKES))

    while len(reached) < len(MARKS):
        if queries == "generator":
            z = torch.randn(MODELS, FAKES, LATENT, generator=random)
            before = logits(maker, z)
            here, slope = disagreement(torch.sigmoid(before)), 0
            for _ in range(DIRECTIONS):
                u = F.normalize(torch.randn(before.shape, generator=random), dim=2)
                slope = slope + 64 / DIRECTIONS * ((disagreement(torch.sigmoid(before + EPSILON * u)) - here) / EPSILON)[:, :, None] * u
            make.step(gradients(maker, z, -slope / FAKES))
            used += FAKES * (1 + DIRECTIONS)
        for _ in range(STUDENT_STEPS):
            if queries == "generator":
                x = torch.sigmoid(logits(maker, torch.randn(MODELS, FAKES, LATENT, generator=random)))
            else:
                x = torch.rand(MODELS, FAKES, 64, generator=random)
            given = answers(victim, x)
            study(x, given)
            used += FAKES
            if replays:
                kept.append((x, given))
                for _ in range(replays):
                    study(*kept[int(torch.randint(len(kept), (1,), generator=random))])
        for mark in MARKS:
            if used >= mark and mark not in reached:
                reached[mark] = scores(student, victim, test)
    return {str(mark): row for mark, row in reached.items()}


def data_free_extraction():
    x = small(IMAGES)
    victim = train(x[TRAIN], one_hot(LABELS[TRAIN]), generator("small victim"), epochs(4000), SMALL)
    rows = {"victim": {"accuracy": per_model(said(victim, x[TEST]) == LABELS[TEST])}}
    for name, how in {
        "generator/logits": ("logits", "generator"),
        "generator/probabilities": ("probabilities", "generator"),
        "noise/logits": ("logits", "noise"),
        "noise/probabilities": ("probabilities", "noise"),
        "noise/logits/replayed": ("logits", "noise", 4),
    }.items():
        rows[name] = data_free(victim, x[TEST], *how)
    return rows


# Defenses.


def query_sets():
    return {"heldout": IMAGES[POOL], "shuffled": shuffled(IMAGES[POOL], generator("shuffled queries"))}


def misinformed(victim, liar, x, threshold, slope=1000):
    """The answers, and the weight of the lie."""
    given = answers(victim, x)
    lie = torch.sigmoid(-slope * (given.max(2, keepdim=True).values - threshold))
    return (1 - lie) * given + lie * answers(liar, x), lie[:, :, 0]


def outlier_exposed(random):
    """A victim that also learns to answer uniformly on turned digits of its training set."""
    x = torch.cat([IMAGES[TRAIN], turned(IMAGES[TRAIN])])
    t = torch.cat([one_hot(LABELS[TRAIN]), torch.full((4000, CLASSES), 1 / CLASSES)])
    return train(x, t, random, epochs(8000))


def adaptive_misinformation():
    victim = plain_victim()
    rows, liar = {}, train(IMAGES[TRAIN], one_hot(LABELS[TRAIN]), generator("liar"), epochs(4000), loss=reverse_cross_entropy)
    exposed = outlier_exposed(generator("exposed"))
    rows["liar_accuracy"] = per_model(said(liar, IMAGES[TEST]) == LABELS[TEST])
    for name, defended, thresholds in (("plain", victim, (None, 0.5, 0.7, 0.9)), ("outlier_exposure", exposed, (None, 0.7))):
        for threshold in thresholds:
            row = {}
            given, lie = misinformed(defended, liar, IMAGES[TEST], threshold or 0)
            row["honest_accuracy"] = per_model(given.argmax(2) == LABELS[TEST])
            row["misinformed"] = {"test": summary(lie.mean(1).tolist())}
            row["misinformed"]["noise"] = summary(misinformed(defended, liar, torch.rand(2000, 784, generator=generator("noise")), threshold or 0)[1].mean(1).tolist())
            for kind, x in query_sets().items():
                given, lie = misinformed(defended, liar, x, threshold or 0)
                row["misinformed"][kind] = summary(lie.mean(1).tolist())
                for n in (200, 4000):
                    if threshold or n == 4000 or kind == "shuffled":
                        row[f"{kind}/{n}"] = scores(train(x[:n], given[:, :n], generator("misinformation", kind, n)), defended)
            rows[f"{name}/{threshold or 'none'}"] = row
    return rows


SUBSETS = torch.tensor([[k >> c & 1 for c in range(CLASSES)] for k in range(1, 2**CLASSES)], dtype=torch.float32)


def gram(p, x):
    """Inner products of the parameters' gradients of log p_j and log p_k [stack, n, classes, classes], without forming any of them."""
    x = stacked(x)
    hidden = F.relu(torch.baddbmm(p[1], x, p[0]))
    by_logit = torch.eye(CLASSES) - answers(p, x)[:, :, None]
    by_hidden = (by_logit @ p[2].transpose(1, 2)[:, None]) * (hidden > 0)[:, :, None]
    outer = by_logit @ by_logit.transpose(2, 3) * (1 + (hidden**2).sum(2))[:, :, None, None]
    return outer + by_hidden @ by_hidden.transpose(2, 3) * (1 + (x**2).sum(2))[:, :, None, None]


def extremes(best, keep_argmax):
    """Corners of the simplex; or of the part of it where `best` stays the answer: equal weights on each subset that contains it."""
    if not keep_argmax:
        return torch.eye(CLASSES)
    kept = SUBSETS[SUBSETS[:, best] > 0].clone()
    kept[:, best] += 1e-3
    return kept / kept.sum(1, keepdim=True)


def cosine(m, y, z):
    """Of the gradients that the answers y [n, classes] and z [n, k, classes] give to the thief whose gram matrices are m."""
    products = torch.einsum("nka,nab,nb->nk", z, m, y)
    lengths = ((z @ m) * z).sum(2) * torch.einsum("na,nab,nb->n", y, m, y)[:, None]
    return products / lengths.clamp_min(1e-12).sqrt()


def poisoned(given, budget, keep_argmax, m=None, random=None):
    """From each answer a step of L1 length `budget` towards an extreme, or to it where it is nearer: with m (MAD) towards the one
    where the surrogate's gradient ends up turned most, without m towards a random one."""
    out = given.clone()
    for model in range(MODELS):
        for best in range(CLASSES):
            rows = (given[model].argmax(1) == best).nonzero()[:, 0]
            if len(rows) == 0:
                continue
            y, ends = given[model, rows], extremes(best, keep_argmax)
            if m is None:
                ends = ends[torch.randint(len(ends), (len(rows), 1), generator=random)]
            way = ends - y[:, None]  # [n, k, classes]
            z = y[:, None] + way * (budget / way.abs().sum(2, keepdim=True).clamp_min(1e-9)).clamp_max(1)
            picked = 0 if m is None else cosine(m[model, rows], y, z).argmin(1)
            out[model, rows] = z[torch.arange(len(rows)), picked]
    return out


def prediction_poisoning():
    victim = plain_victim()
    x, rows = IMAGES[POOL], {}
    given = answers(victim, x)
    m = torch.cat([gram(initial(LARGE, generator("surrogate")), x[at : at + 500]) for at in range(0, 4000, 500)], 1)
    surrogate_test = gram(initial(LARGE, generator("surrogate")), IMAGES[TEST])
    for keep, budgets in ((True, (0.2, 0.5, 1.0)), (False, (0.5, 0.9, 1.5))):
        for budget in budgets:
            for way in ("mad", "random"):
                random = generator("poison", budget)
                answer = poisoned(given, budget, keep, m if way == "mad" else None, random)
                honest = poisoned(answers(victim, IMAGES[TEST]), budget, keep, surrogate_test if way == "mad" else None, random)
                row = {"honest_accuracy": per_model(honest.argmax(2) == LABELS[TEST]), "l1": summary((answer - given).abs().sum(2).mean(1).tolist())}
                cosines = torch.stack([cosine(m[k], given[k], answer[k][:, None])[:, 0] for k in range(MODELS)])
                row["angle_degrees"] = summary(torch.rad2deg(cosines.clamp(-1, 1).acos()).mean(1).tolist())
                for n in (200, 4000) if keep else (4000,):
                    row[str(n)] = scores(train(x[:n], answer[:, :n], generator("poison", n)), victim)
                rows[f"{'argmax_kept' if keep else 'argmax_free'}/{way}/{budget}"] = row
    return rows


def prada(x, label, deltas, least=100):
    """Juuti et al. 2019, algorithm 3: the number of the first query at which each delta fires, and W after all queries."""
    grown, gaps, limit, distances, fired = {}, {}, {}, [], {}
    for count, (picture, c) in enumerate(zip(x, label), 1):
        if c not in grown:
            grown[c], gaps[c], limit[c] = [picture], [0.0], 0.0
        else:
            gap = float(np.sqrt(((np.stack(grown[c]) - picture) ** 2).sum(1).min()))
            distances.append(gap)
            if gap > limit[c]:
                grown[c].append(picture)
                gaps[c].append(gap)
                limit[c] = max(limit[c], np.mean(gaps[c]) - np.std(gaps[c]))
        d = np.array(distances)
        if len(d) <= least:
            continue
        w = stats.shapiro(d[np.abs(d - d.mean()) < 3 * d.std()])[0]
        for delta in deltas:
            if w < delta:
                fired.setdefault(delta, count)
    return [fired.get(delta) for delta in deltas], float(w)


DELTAS = (0.9, 0.95, 0.96)


def detection():
    victim, (_, streams) = plain_victim(), jacobian()
    rows, n = {}, 100 * 2**AUGMENTATIONS
    random = generator("prada")
    order = chosen(4000, random, n)
    queries = {
        **streams,
        "honest": IMAGES[POOL][order],
        "noise": torch.rand(MODELS, n, 784, generator=random),
        "shuffled": query_sets()["shuffled"][order],
    }
    for name, x in queries.items():
        label = said(victim, x)
        runs = [prada(x[k].numpy(), label[k].tolist(), DELTAS) for k in range(MODELS)]
        rows[name] = {f"fires_at/{delta}": [run[0][i] for run in runs] for i, delta in enumerate(DELTAS)}
        rows[name]["W_after_all"] = summary([run[1] for run in runs])
    return rows


# Ownership.

TRIGGERS = 50


def watermark():
    random = generator("watermark")
    trigger, wanted = torch.rand(MODELS, TRIGGERS, 784, generator=random), torch.randint(CLASSES, (MODELS, TRIGGERS), generator=random)
    x = torch.cat([stacked(IMAGES[TRAIN]), trigger], 1)
    marked = train(x, torch.cat([stacked(one_hot(LABELS[TRAIN])), one_hot(wanted)], 1), generator("marked"), epochs(4000))
    pool = stacked(IMAGES[POOL])
    near = (trigger.repeat(1, 20, 1) + 0.1 * torch.randn(MODELS, 20 * TRIGGERS, 784, generator=random)).clamp(0, 1)
    asked = {
        "thief/pool/probs": pool,
        "thief/pool/labels": pool,
        "thief/pool_and_200_noise": torch.cat([pool, torch.rand(MODELS, 200, 784, generator=random)], 1),
        "thief/pool_and_1000_noise": torch.cat([pool, torch.rand(MODELS, 1000, 784, generator=random)], 1),
        "thief/pool_and_1000_near_triggers": torch.cat([pool, near], 1),
        "thief/pool_and_50_triggers": torch.cat([pool, trigger], 1),
    }
    models = {"victim": marked, "unmarked_same_data": plain_victim(), "unmarked_other_data": independent(), "thief_of_unmarked": knockoff("probs", 4000)}
    for name, queries in asked.items():
        given = answers(marked, queries)
        models[name] = train(queries, labels_only(given) if name.endswith("labels") else given, generator("marked thief"))
    enough = int(stats.binom.isf(0.01, TRIGGERS, 1 / CLASSES)) + 1
    rows = {"hits_for_p_below_.01": enough}
    for name, model in models.items():
        hits = said(model, trigger) == wanted
        rows[name] = {"trigger_accuracy": per_model(hits), "claimed": int((hits.sum(1) >= enough).sum())}
        rows[name] |= scores(model, marked) if name.startswith("thief/") else {"accuracy": per_model(said(model, IMAGES[TEST]) == LABELS[TEST])}
    return rows


WALKS = 2
SIZES = [0.0] + [0.02 * 1.25**k for k in range(18)]


def walks(p, x, labels):
    """Blind walk: how many of SIZES until the answer is not the label [stack, n, 3·WALKS]; the same noise, of deviation 1, for all models."""
    random, paces = generator("walks"), torch.zeros(MODELS, len(x), 3 * WALKS)
    for k in range(3 * WALKS):
        if k < WALKS:
            noise = (torch.rand(x.shape, generator=random) * 2 - 1) * 3**0.5
        elif k < 2 * WALKS:
            noise = torch.randn(x.shape, generator=random)
        else:  # Laplace
            u = torch.rand(x.shape, generator=random) - 0.5
            noise = -u.sign() * torch.log1p(-2 * u.abs()) / 2**0.5
        on, walking = torch.arange(len(x)), torch.ones(MODELS, len(x), dtype=torch.bool)
        for size in SIZES:
            walking[:, on] &= said(p, (x[on] + size * noise[on]).clamp(0, 1)) == labels[on]
            paces[:, :, k] += walking
            on = walking.any(0).nonzero()[:, 0]
    return paces.numpy()


def p_value(own, unseen):
    """Welch's t-test, one-sided: the owner's examples score higher."""
    if own.std() + unseen.std() == 0:
        return 1.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # many equal values
        return float(stats.ttest_ind(own, unseen, equal_var=False, alternative="greater").pvalue)


def tested(own, unseen):
    """own, unseen [models, examples]"""
    random, row = np.random.default_rng(1), {}
    for m in (10, 20, 50, 100):
        p = [p_value(random.choice(a, m, False), random.choice(b, m, False)) for a, b in zip(own, unseen) for _ in range(100)]
        row[str(m)] = {"median_p": float(f"{np.median(p):.3g}"), "p_below_.01": round(float(np.mean(np.array(p) < 0.01)), 4)}
    row["all"] = {"p": [float(f"{p_value(a, b):.3g}") for a, b in zip(own, unseen)]}
    return row


def dataset_inference():
    overfit = train(IMAGES[:1000], one_hot(LABELS[:1000]), generator("overfit"), epochs(1000, 60))
    from_overfit = train(IMAGES[POOL], answers(overfit, IMAGES[POOL]), generator("overfit thief"))
    suspects = {
        "victim": (1000, {"victim": plain_victim(), "thief/probs": knockoff("probs", 4000), "thief/labels": knockoff("labels", 4000), "independent": independent()}),
        "overfit_victim": (500, {"victim": overfit, "thief/probs": from_overfit, "independent": independent()}),
    }
    rows = {}
    for case, (n, models) in suspects.items():
        x = torch.cat([torch.arange(2 * n), torch.arange(8000, 8000 + n), torch.arange(9000, 10000)])
        fit, is_own = np.r_[0:n, 2 * n : 3 * n], np.r_[np.ones(n), np.zeros(n)]
        regressors = None
        for name, model in models.items():
            paces = walks(model, IMAGES[x], LABELS[x])
            if regressors is None:
                centre, spread = paces[:, fit].mean(1, keepdims=True), paces[:, fit].std(1, keepdims=True)
                regressors = [LogisticRegression(C=0.1).fit(f, is_own) for f in ((paces - centre) / spread)[:, fit]]
            score = np.stack([r.decision_function(f) for r, f in zip(regressors, (paces - centre) / spread)])
            right = (said(model, IMAGES[x]) == LABELS[x]).double().numpy()
            row = {"accuracy_own": summary(right[:, n : 2 * n].mean(1)), "accuracy_unseen": summary(right[:, 3 * n :].mean(1))}
            row["paces_own"], row["paces_unseen"] = summary(paces[:, n : 2 * n].mean((1, 2))), summary(paces[:, 3 * n :].mean((1, 2)))
            rows[f"{case}/{name}"] = row | {"walks": tested(score[:, n : 2 * n], score[:, 3 * n :]), "rightness": tested(right[:, n : 2 * n], right[:, 3 * n :])}
    return rows


# Equation solving.


def softmax_regression(seed):
    """Zero initial weights, SGD 0.1, batch 64, 20 epochs; [pixels + 1, classes], the last line the biases; double precision."""
    random, w = np.random.default_rng(seed), np.zeros((785, CLASSES))
    x, t = np.c_[pixels[TRAIN], np.ones(4000)], np.eye(CLASSES)[LABELS[TRAIN].numpy()]
    for _ in range(20):
        order = random.permutation(4000)
        for at in range(0, 4000 - BATCH + 1, BATCH):
            rows = order[at : at + BATCH]
            w -= 0.1 / BATCH * x[rows].T @ (probabilities(x[rows], w) - t[rows])
    return w


def probabilities(x, w):
    z = x @ w
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def equation_scores(solved, truth):
    """solved, truth [pixels + 1, classes] relative to class 0."""
    x = np.c_[pixels[TEST], np.ones(2000)]
    return float(np.abs(solved - truth)[:-1].max()), float(((x @ solved).argmax(1) == (x @ truth).argmax(1)).mean())


def equation_summary(runs):
    errors, agreed = zip(*runs)
    return {"max_weight_error": [float(f"{e:.3g}") for e in errors], "fidelity": summary(agreed)}


def relative(p, floor):
    z = np.log(np.maximum(p, floor))
    return z - z[:, :1]


@functools.cache
def equation_solving():
    rows, noisy = {}, {}
    victims = [softmax_regression(seed) for seed in range(MODELS)]
    accuracy = [float((probabilities(np.c_[pixels[TEST], np.ones(2000)], w).argmax(1) == LABELS[TEST].numpy()).mean()) for w in victims]
    scales = {"uniform": (0, 1), "uniform_x0.1": (0, 0.1), "plus_minus_0.1": (-0.1, 0.1)}
    for seed, w in enumerate(victims):
        rng, truth = np.random.default_rng(100 + seed), w - w[:, :1]
        for name, (low, high) in scales.items():
            for n in (785, 2000):
                x = np.c_[rng.uniform(low, high, (n, 784)), np.ones(n)]
                p = probabilities(x, w)
                answer = {"exact": relative(p, 1e-300)}
                for decimals in range(6, 0, -1):
                    answer[f"decimals_{decimals}"] = relative(np.round(p, decimals), 0.5 * 10.0**-decimals)
                if name == "uniform_x0.1" and n == 2000:
                    for deviation in (0.001, 0.01, 0.1):
                        for repeats in (1, 10, 100, 1000):
                            normal = rng.normal(0, deviation / repeats**0.5, p.shape)
                            answer[f"normal/{deviation}/{repeats}"] = relative(p + normal, 1e-6)
                            # A sum of Laplace draws is a difference of two gamma draws.
                            laplace = (rng.gamma(repeats, size=p.shape) - rng.gamma(repeats, size=p.shape)) * deviation / 2**0.5 / repeats
                            answer[f"laplace/{deviation}/{repeats}"] = relative(p + laplace, 1e-6)
                solved = np.linalg.lstsq(x, np.concatenate(list(answer.values()), 1), rcond=None)[0]
                for k, key in enumerate(answer):
                    got = equation_scores(solved[:, k * CLASSES : (k + 1) * CLASSES], truth)
                    if "/" in key:
                        noisy.setdefault(key, []).append(got)
                    else:
                        rows.setdefault(f"{name}/{n}/{key}", []).append(got)
        x = np.c_[rng.uniform(0, 0.1, (20_000, 784)), np.ones(20_000)]
        p = probabilities(x, w)
        for deviation in (0.001, 0.01, 0.1):
            z = relative(p + rng.normal(0, deviation, p.shape), 1e-6)
            noisy.setdefault(f"normal/{deviation}/20000_distinct", []).append(equation_scores(np.linalg.solve(x.T @ x, x.T @ z), truth))
    return {"victim_accuracy": summary(accuracy)} | {k: equation_summary(v) for k, v in rows.items()}, {k: equation_summary(v) for k, v in noisy.items()}


CONFIG = {
    "as_before": "Rows of extraction.json again: the first 200 or 4,000 pictures of the pool; answers as probabilities, labels, or probabilities rounded to one decimal and not renormalised.",
    "active_extraction": "Pal et al. 2020. Four rounds of budget/4 queries from the pool; the first round is random, the next ones are chosen by the thief of the round before, which is trained afresh each round. uncertainty: the highest entropy of the thief's probabilities. k_center: greedily the picture whose vector of the thief's probabilities is farthest (L2) from its nearest among those asked or just chosen. random: as many random pictures, the first round's among them. mixed/...: the pool is the 16,000 pictures of knockoff_adaptive.",
    "knockoff_adaptive": "Orekondy et al. 2019. Pool of 16,000: the 4,000 digits of the pool; 4,000 pictures of uniform noise in [0, 1]; the digits turned by 90 degrees counter-clockwise and inverted (1 - x); the digits with their pixels shuffled, each in its own order. 400 queries, probabilities. Policy: softmax of preferences H, 0 at first; actions are the 4 groups, or 40 pairs of group and class (noise has random classes); a picture of the action is drawn without replacement. Queries go out 10 at a time; then for each in turn reward r = mean of certainty (best minus second probability of the victim), diversity (sum over classes of max(0, y - mean of the last 50 answers, this one included)) and loss (cross-entropy of thief to victim / ln 10, at most 1); H += step * (r - mean of the last 50 rewards before) * (one-hot of the action - softmax H), step 1/N(action), or 1 in rate_1. After each 10 the thief goes on for 25 minibatch steps on all answers so far (Adam begins anew; only where the loss is a reward). At last a thief is trained afresh on the 400. ..._alone: only one of the rewards. digits_share: share of digits among the queries. digits_only, 100_digits: random digits, 400 or 100.",
    "jacobian_extraction": "Papernot et al. 2017. 100 digits of the pool, 10 a class by their true labels; four times all pictures x so far are joined by x + lambda * sign(gradient of the thief's log probability of the victim's label), clipped to [0, 1], so 100, 200, ..., 1,600 queries; labels only; the thief is trained afresh for 2,000 steps each time. Names: way/lambda/queries. random_sign: random signs instead. random_digits: as many random pictures of the pool.",
    "data_free_extraction": "Truong et al. 2021. Digits averaged to 8x8 (means of blocks of 3.5x3.5 pixels); victim and student MLP 64-64-10, victim as usual. Generator MLP 32-64-64 with ReLU and sigmoid, Adam 0.01 (beta .9, .999), from normal latents; student Adam 0.001. Each turn: one generator step on 16 pictures, up the disagreement of victim and student, gradient by forward differences of step 0.001 in 3 random unit directions before the sigmoid, times 64/3 (64 queries); then 8 student steps on 16 new pictures each (128 queries). logits: disagreement is L1 between the student's logits and the victim's log probabilities (at least 1e-7) less their mean, the student minimises its mean; probabilities: the generator's is L1 between probabilities, the student minimises cross-entropy. noise/...: the student alone, on uniform noise in [0, 1]; replayed: after each step four more on random earlier batches. Row by number of queries.",
    "adaptive_misinformation": "Kariyappa & Qureshi 2020. Answer (1 - a) f(x) + a g(x), a = sigmoid(-1000 (max f(x) - tau)); g: same architecture, trained like the victim but on -log(1 - p_label). Names: victim/tau. plain: the usual victim; outlier_exposure: trained on the 4,000 digits and 4,000 targets 1/10 for these digits turned by 90 degrees and inverted, one set, 20 epochs. misinformed: mean a on test digits, heldout (the pool), shuffled (the pool with each picture's pixels in its own random order) and 2,000 of uniform noise. Thieves by queries/budget (first pictures of each set, probabilities); fidelity is to f. honest_accuracy: argmax of the answers on the test digits.",
    "prediction_poisoning": "Orekondy et al. 2020, MAD, thief's gradients by all weights of an untrained MLP 784-128-10 (Glorot). The answer y moves by L1 length epsilon on the line to an extreme (stops there if nearer). argmax_free: extremes are the 10 one-hot vectors. argmax_kept: for each set of classes that contains argmax y, equal weights and 0.001 more on argmax y, normalised. mad: of these points that whose gradient makes the largest angle with that of y; random: a random extreme. Names: variant/way/epsilon; inside thieves by number of queries (first pictures of the pool). angle_degrees: mean angle between both gradients; l1: mean L1 distance reached; honest_accuracy: argmax of the poisoned answers on test digits.",
    "prada": "Juuti et al. 2019, one client. A query of class c (the victim's label): the first only enters the growing set of c; later its least L2 distance to that set joins D, and if above T_c the query enters and T_c = max(T_c, mean - sd of the set's entry distances, 0 for the first). At every query while D has more than 100 entries: Shapiro-Wilk W of those within 3 sd of D's mean; fires when W < delta. fires_at/delta: number of the first query that fires, a model each, null: never in 1,600. Streams: those of jacobian_extraction (way/lambda: 100 seeds, then each round's new pictures), honest (random pictures of the pool), noise (uniform), shuffled (the pool, each picture's pixels in its own order).",
    "watermark": "Adi et al. 2018. 50 pictures of uniform noise with random labels, other ones for each model, are added to the 4,000 of training (20 epochs, 63 batches each). trigger_accuracy: share of trigger labels a model says, chance .1; claimed: of five models, how many say as many as a guesser would with probability below .01. Thieves ask for the 4,000 of the pool, plus: fresh uniform noise; 20 neighbours of each trigger (normal noise of sd 0.1, clipped); the triggers. Probabilities but for `labels`.",
    "dataset_inference": "Maini et al. 2021, Blind Walk. For each example 2 directions each of uniform, normal and Laplace noise of deviation 1; feature: how many of the sizes 0, 0.02 * 1.25^0, ..., 0.02 * 1.25^17 in turn, times the noise, added and clipped to [0, 1], leave the model's answer at the true label (0 to 19). The owner fits a logistic regression (standardised features, L2, C = 0.1) on its model, own against unseen examples; its score on other own and unseen examples, by the suspect's features, goes to Welch's t-test, one-sided. victim: the usual one; fitted on own [0:1000], unseen [8000:9000]; tested on own [1000:2000], unseen [9000:10000]. overfit_victim: trained on [0:1000] only, 60 epochs; fitted on own [0:500], unseen [8000:8500]; tested on own [500:1000], unseen [9000:10000]. Thieves: 4,000 queries; independent: trained on the pool like the usual victim. m examples of each side: 100 draws for each of 5 models. rightness: the same test on whether the suspect is right, without walks.",
    "equation_solving": "Softmax regression 784-10, zero initial weights, SGD 0.1, batch 64 (the incomplete last one dropped), 20 epochs on the training digits, double precision. Least squares (smallest norm) on log(p / p_0), 784 weights and a bias; before the logarithm p is at least half a unit of the last decimal. Names: queries/number/answers. max_weight_error: max |W - W'| of differences to class 0, without biases, one for each victim. uniform: x in [0, 1]; uniform_x0.1: in [0, 0.1]; plus_minus_0.1: in [-0.1, 0.1].",
    "equation_solving_noise": "As before with 2,000 queries in [0, 0.1], each asked n times; each probability of each answer has independent noise (normal or Laplace, of the standard deviation named), the attacker takes means, at least 1e-6. Names: noise/deviation/n. 20000_distinct: 20,000 different queries once, so as many as 2,000 ten times. A noise that is the same whenever a query is repeated leaves n = 1.",
}
COMMON = (
    "MNIST in the order of mnist.bin: victim's training [0:4000], thief's pool [4000:8000], test [8000:10000]. Victim MLP 784-128-10, ReLU, Glorot uniform weights, zero "
    "biases, Adam 0.001, batch 64, 20 epochs. Thief: same architecture, fresh weights, Adam 0.001, soft cross-entropy -sum(answer * log p), 2,000 minibatch steps, batch "
    "min(64, queries); both drop an incomplete last batch of an epoch. fidelity: argmax agrees with the victim's on the 2,000 test digits; accuracy: with the label. mean and "
    "sd over 5 victims, each with its own thief."
)
EXPERIMENTS = {
    "as_before": as_before,
    "active_extraction": lambda: active(IMAGES[POOL], (100, 200, 400), ("probs", "labels")) | {f"mixed/{k}": v for k, v in active(mixed_pool()[0], (400,), ("probs",)).items()},
    "knockoff_adaptive": knockoff_adaptive,
    "jacobian_extraction": lambda: jacobian()[0],
    "data_free_extraction": data_free_extraction,
    "adaptive_misinformation": adaptive_misinformation,
    "prediction_poisoning": prediction_poisoning,
    "prada": detection,
    "watermark": watermark,
    "dataset_inference": dataset_inference,
    "equation_solving": lambda: equation_solving()[0],
    "equation_solving_noise": lambda: equation_solving()[1],
}


def write(file, known):
    parts = [f'  "what": {json.dumps("Model extraction and defenses against it, by PyTorch (extraction-more.py). " + COMMON)}']
    for name in EXPERIMENTS:
        if name in known:
            lines = ",\n".join(f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in known[name].items())
            parts.append(f"  {json.dumps(name)}: {{\n{lines}\n  }}")
    file.write_text("{\n" + ",\n".join(parts) + "\n}\n")


if __name__ == "__main__":
    file = HERE / "extraction-more.json"
    known = json.loads(file.read_text()) if len(sys.argv) > 1 and file.exists() else {}
    for name in sys.argv[1:] or EXPERIMENTS:
        began = time.process_time()
        known[name] = {"config": CONFIG[name]} | EXPERIMENTS[name]()
        write(file, known)
        print(f"{name}: {time.process_time() - began:.0f} s of processor time", flush=True)
