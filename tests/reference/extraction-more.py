"""Makes extraction-more.json: stealing a model, and defenses against it, in PyTorch, written from the papers.

Run by hand from the repository's root, after `npm run setup` has made public/data/mnist.bin; about a quarter of an hour on one thread:

    python3 tests/reference/extraction-more.py    (PyTorch 1.13, SciPy 1.10, Debian's python3-torch, -scipy and python3-sklearn)

Digits, victim and thief are those of extraction.json, and the rows `as_before` repeat some of its figures. Nothing is shared with
the TypeScript, random numbers neither: only means over seeds can be compared. Five victims are trained side by side, stacked for
bmm, and five thieves after them, a thief to a victim; `n` counts these pairs. Within an experiment all rows see the same victims.
"""
import json
import sys
import time
import zlib

import numpy as np
import torch
import torch.nn.functional as F
from scipy import stats

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


def as_before(victim):
    rows = {"victim": {"accuracy": per_model(said(victim, IMAGES[TEST]) == LABELS[TEST])}}
    thieves = {}
    for n in (200, 4000):
        x = IMAGES[POOL][:n]
        given = answers(victim, x)
        for kind, answer in (("probs", given), ("labels", labels_only(given)), ("rounded1", (given * 10).round() / 10)):
            thieves[kind, n] = train(x, answer, generator("as before", kind, n))
            rows[f"{kind}/{n}"] = scores(thieves[kind, n], victim)
    return rows, thieves


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


def active(victim, pool, budgets, kinds):
    rows, truth = {}, answers(victim, pool)
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


def bandit(victim, pool, action, rewards, rate):
    """Knockoff nets' adaptive policy: pictures of an action are drawn without replacement; returns the rows asked."""
    random, actions = generator("bandit"), int(action.max()) + 1
    preference, taken = torch.zeros(MODELS, actions), torch.zeros(MODELS, actions)
    piles = [[p[torch.randperm(len(p), generator=random)].tolist() for p in ((action == a).nonzero()[:, 0] for a in range(actions))] for _ in range(MODELS)]
    thief, asked, given, past = initial(LARGE, random), torch.zeros(MODELS, 0, dtype=torch.long), torch.zeros(MODELS, 0, CLASSES), []
    while asked.shape[1] < QUERIES:
        acts = torch.multinomial(F.softmax(preference, 1), AT_ONCE, True, generator=random)
        rows = torch.tensor([[pile[a].pop() for a in line] for pile, line in zip(piles, acts.tolist())])
        got, guess = answers(victim, pool[rows]), answers(thief, pool[rows])
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


def knockoff_adaptive(victim):
    pool, group, classes = mixed_pool()
    every = ("certainty", "diversity", "loss")
    asked = {"random": chosen(len(pool), generator("mixed random"), QUERIES), "digits_only": chosen(4000, generator("digits"), QUERIES)}
    asked["100_digits"] = asked["digits_only"][:, :100]
    for name, action in (("groups", group), ("groups_and_classes", group * CLASSES + classes)):
        asked[f"{name}/rate_1_over_N"] = bandit(victim, pool, action, every, None)
        asked[f"{name}/rate_1"] = bandit(victim, pool, action, every, 1.0)
    for one in every:
        asked[f"groups/rate_1/{one}_alone"] = bandit(victim, pool, group, (one,), 1.0)
    rows = {}
    for name, those in asked.items():
        rows[name] = scores(train(pool[those], answers(victim, pool[those]), generator("mixed thief", those.shape[1])), victim)
        rows[name]["digits_share"] = per_model(group[those] == 0)
    return rows


AUGMENTATIONS, LAMBDA = 4, 0.1


def by_picture(p, x, label):
    """∂ log p_label / ∂ x [stack, n, pixels]."""
    hidden = torch.baddbmm(p[1], x, p[0])
    away = one_hot(label) - answers(p, x)
    return ((away @ p[2].transpose(1, 2)) * (hidden > 0)) @ p[0].transpose(1, 2)


def jacobian(victim):
    """Returns the rows, and the queries of each thief in their order, for PRADA."""
    random, rows, streams = generator("jacobian seeds"), {}, {}
    by_class = [(LABELS[POOL] == c).nonzero()[:, 0] for c in range(CLASSES)]
    seeds = torch.stack([torch.cat([c[torch.randperm(len(c), generator=random)[:10]] for c in by_class]) for _ in range(MODELS)])
    seeds = seeds.gather(1, torch.rand(seeds.shape, generator=random).argsort(1))
    others = chosen(4000, random, 100 * 2**AUGMENTATIONS)
    for way in ("jacobian", "random_sign", "random_digits"):
        x = IMAGES[POOL][seeds]
        for k in range(AUGMENTATIONS + 1):
            if way == "random_digits":
                x = IMAGES[POOL][others[:, : 100 * 2**k]]
            label = said(victim, x)
            if k or way != "random_sign":
                thief = train(x, one_hot(label), generator("jacobian", k))
                rows[f"{way}/{x.shape[1]}"] = scores(thief, victim)
            if way == "jacobian":
                direction = by_picture(thief, x, label).sign()
            else:
                direction = torch.randint(2, x.shape, generator=random) * 2.0 - 1
            if k < AUGMENTATIONS:
                x = torch.cat([x, (x + LAMBDA * direction).clamp(0, 1)], 1)
        streams[way] = x
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


def adaptive_misinformation(victim):
    rows, liar = {}, train(IMAGES[TRAIN], one_hot(LABELS[TRAIN]), generator("liar"), epochs(4000), loss=reverse_cross_entropy)
    exposed = outlier_exposed(generator("exposed"))
    rows["liar_accuracy"] = per_model(said(liar, IMAGES[TEST]) == LABELS[TEST])
    for name, defended, thresholds in (("plain", victim, (None, 0.5, 0.7, 0.9)), ("outlier_exposure", exposed, (None, 0.7, 0.9))):
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
                    if threshold or kind == "shuffled" or name != "plain":
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


def turned_by(m, y, candidates):
    """Cosine of the gradients that y and each candidate give a thief; m [n, classes, classes], candidates [k, classes] -> [n, k]."""
    towards = candidates @ m  # [n, k, classes]
    lengths = (towards * candidates).sum(2).clamp_min(1e-12).sqrt() * torch.einsum("na,nab,nb->n", y, m, y).clamp_min(1e-12).sqrt()[:, None]
    return torch.einsum("nka,na->nk", towards, y) / lengths


def extremes(best, keep_argmax):
    if not keep_argmax:
        return torch.eye(CLASSES)
    kept = SUBSETS[SUBSETS[:, best] > 0].clone()
    kept[:, best] += 1e-3
    return kept / kept.sum(1, keepdim=True)


def poisoned(given, budget, keep_argmax, m=None, random=None):
    """MAD: towards the extreme that turns the surrogate's gradient most, as far as the L1 budget lets; without m a random extreme."""
    out = given.clone()
    for model in range(MODELS):
        for best in range(CLASSES):
            rows = (given[model].argmax(1) == best).nonzero()[:, 0]
            if len(rows) == 0:
                continue
            y, ends = given[model, rows], extremes(best, keep_argmax)
            if m is None:
                picked = torch.randint(len(ends), (len(rows),), generator=random)
            else:
                picked = turned_by(m[model, rows], y, ends).argmin(1)
            way = ends[picked] - y
            out[model, rows] = y + way * (budget / way.abs().sum(1, keepdim=True).clamp_min(1e-9)).clamp_max(1)
    return out


def prediction_poisoning(victim):
    x, rows = IMAGES[POOL], {}
    given = answers(victim, x)
    m = torch.cat([gram(initial(LARGE, generator("surrogate")), x[at : at + 500]) for at in range(0, 4000, 500)], 1)
    surrogate_test = gram(initial(LARGE, generator("surrogate")), IMAGES[TEST])
    for keep, budgets in ((True, (0.2, 0.5, 1.0)), (False, (0.5, 1.0, 1.5))):
        for budget in budgets:
            for way in ("mad", "random"):
                random = generator("poison", budget)
                answer = poisoned(given, budget, keep, m if way == "mad" else None, random)
                honest = poisoned(answers(victim, IMAGES[TEST]), budget, keep, surrogate_test if way == "mad" else None, random)
                row = {"honest_accuracy": per_model(honest.argmax(2) == LABELS[TEST]), "l1": summary((answer - given).abs().sum(2).mean(1).tolist())}
                cosines = torch.stack([turned_pairs(m[k], given[k], answer[k]) for k in range(MODELS)])
                row["angle_degrees"] = summary(torch.rad2deg(cosines.clamp(-1, 1).acos()).mean(1).tolist())
                for n in (200, 4000) if keep else (4000,):
                    row[str(n)] = scores(train(x[:n], answer[:, :n], generator("poison", n)), victim)
                rows[f"{'argmax_kept' if keep else 'argmax_free'}/{way}/{budget}"] = row
    return rows


def turned_pairs(m, y, z):
    length = lambda v: torch.einsum("na,nab,nb->n", v, m, v).clamp_min(1e-12).sqrt()
    return torch.einsum("na,nab,nb->n", y, m, z) / (length(y) * length(z))


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


def detection(victim, streams):
    rows, n = {}, 100 * 2**AUGMENTATIONS
    random = generator("prada")
    order = chosen(4000, random, n)
    queries = {
        "jacobian": streams["jacobian"],
        "random_sign": streams["random_sign"],
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


def watermark(plain, plain_thieves):
    random = generator("watermark")
    trigger, wanted = torch.rand(MODELS, TRIGGERS, 784, generator=random), torch.randint(CLASSES, (MODELS, TRIGGERS), generator=random)
    x = torch.cat([stacked(IMAGES[TRAIN]), trigger], 1)
    marked = train(x, torch.cat([stacked(one_hot(LABELS[TRAIN])), one_hot(wanted)], 1), generator("marked"), epochs(4000))
    pool = stacked(IMAGES[POOL])
    near = (trigger.repeat(1, 20, 1) + 0.1 * torch.randn(MODELS, 20 * TRIGGERS, 784, generator=random)).clamp(0, 1)
    asked = {
        "thief/pool/probs": pool,
        "thief/pool/labels": pool,
        "thief/pool_and_1000_noise": torch.cat([pool, torch.rand(MODELS, 1000, 784, generator=random)], 1),
        "thief/pool_and_1000_near_triggers": torch.cat([pool, near], 1),
        "thief/pool_and_50_triggers": torch.cat([pool, trigger], 1),
    }
    models = {"victim": marked, "unmarked_same_data": plain, "unmarked_other_data": independent(), "thief_of_unmarked": plain_thieves["probs", 4000]}
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


def independent():
    return train(IMAGES[POOL], one_hot(LABELS[POOL]), generator("independent"), epochs(4000))


WALKS, PACES, PACE = 5, 25, 0.04


def walks(p, x, labels, random):
    """Blind walk: paces until the model's answer is not the label [stack, n, 3·WALKS]; the same noise for all models."""
    paces = torch.zeros(MODELS, len(x), 3 * WALKS)
    for k in range(3 * WALKS):
        if k < WALKS:
            noise = (torch.rand(x.shape, generator=random) * 2 - 1) * 3**0.5
        elif k < 2 * WALKS:
            noise = torch.randn(x.shape, generator=random)
        else:
            u = torch.rand(x.shape, generator=random) - 0.5
            noise = -u.sign() * torch.log1p(-2 * u.abs()) / 2**0.5
        on = torch.arange(len(x))
        walking = torch.ones(MODELS, len(x), dtype=torch.bool)
        for pace in range(1, PACES + 1):
            right = said(p, (x[on] + pace * PACE * noise[on]).clamp(0, 1)) == labels[on]
            walking[:, on] &= right
            paces[:, :, k] += walking
            on = walking.any(0).nonzero()[:, 0]
            if len(on) == 0:
                break
    return paces


def regressor(features, sign, random):
    """Linear(15, 100), ReLU, Linear(100, 1), tanh; minimises the mean of sign·output, sign −1 for the owner's data."""
    p = [q.requires_grad_() for q in initial((features.shape[2], 100, 1), random)]
    optimizer = torch.optim.SGD(p, lr=0.1)
    for _ in range(1000):
        optimizer.zero_grad()
        (sign * torch.tanh(logits(p, features))[:, :, 0]).mean(1).sum().backward()
        optimizer.step()
    return [q.detach() for q in p]


def dataset_inference(victim, thieves):
    own, unseen = torch.arange(0, 600), torch.arange(8000, 8600)
    rows, side = {}, torch.cat([own, unseen])
    fit = torch.cat([torch.arange(0, 300), torch.arange(600, 900)])
    judge = {"own": slice(300, 600), "unseen": slice(900, 1200)}
    models = {"victim": victim, "thief/probs/4000": thieves["probs", 4000], "thief/labels/4000": thieves["labels", 4000], "thief/probs/200": thieves["probs", 200]}
    models |= {"independent_other_data": independent()}
    judges = None
    for name, model in models.items():
        f = walks(model, IMAGES[side], LABELS[side], generator("walks")) / PACES
        if judges is None:
            centre, spread = f[:, fit].mean(1, keepdim=True), f[:, fit].std(1, keepdim=True).clamp_min(1e-6)
            sign = torch.where(fit < 600, -1.0, 1.0)
            judges = regressor((f[:, fit] - centre) / spread, sign, generator("regressor"))
        out = torch.tanh(logits(judges, (f - centre) / spread))[:, :, 0].double().numpy()
        row = {"paces_own": summary(f[:, judge["own"]].mean((1, 2)).mul(PACES).tolist()), "paces_unseen": summary(f[:, judge["unseen"]].mean((1, 2)).mul(PACES).tolist())}
        rng = np.random.default_rng(1)
        for m in (10, 20, 50, 100):
            p = []
            for k in range(MODELS):
                for _ in range(100):
                    a, b = (rng.choice(out[k, judge[s]], m, replace=False) for s in ("own", "unseen"))
                    p.append(stats.ttest_ind(a, b, equal_var=False, alternative="greater").pvalue if a.std() + b.std() else 1.0)
            row[str(m)] = {"median_p": float(f"{np.median(p):.3g}"), "p_below_.01": round(float(np.mean(np.array(p) < 0.01)), 4)}
        a, b = out[:, judge["own"]], out[:, judge["unseen"]]
        row["300"] = {"p": [float(f"{stats.ttest_ind(a[k], b[k], equal_var=False, alternative='greater').pvalue:.3g}") for k in range(MODELS)]}
        rows[name] = row
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
