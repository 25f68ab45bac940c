"""Groups descriptions of voices by speaker, in bounded time and memory."""

import numpy as np

# Largest number of voices that are grouped at once; more are grouped in blocks. Eight minutes of speech; the eigenvectors
# of so many take 0.4 s, and those of 4,000 took 51 s.
BLOCK = 800
# Groups more alike than this are of one speaker.
SAME_SPEAKER = 0.75
# Of a block, which has more voices to a group, groups have to be more alike.
SAME_IN_BLOCK = 0.8
# A group has at least so many voices, 2.5 s of speech; others go to the most similar one.
LEAST_VOICES = 4
MOST_SPEAKERS = 15


class Groups:
    """Groups of voices. `sums` are sums of unit vectors times their weights; `weights` are sums of weights.

    `members[i]` are the numbers of the voices in group i.
    """

    def __init__(self, sums, weights, members):
        self.sums, self.weights, self.members = sums, weights, members

    def __len__(self):
        return len(self.weights)

    def take(self, order):
        return Groups(self.sums[order], self.weights[order], [self.members[i] for i in order])

    def centres(self):
        """Returns the directions of the groups, as unit vectors."""
        return self.sums / np.maximum(np.linalg.norm(self.sums, axis=1, keepdims=True), 1e-9)


def single(voices, weights):
    """Returns a group for each voice."""
    return Groups(voices * weights[:, None], weights, [[i] for i in range(len(weights))])


def join_similar(groups, threshold, count=None):
    """Joins the two most similar groups again and again.

    Stops when no two groups are as similar as the threshold, or, with a count, when as many groups are left.
    Similarity is the cosine of the groups' directions.
    """
    sums, weights = groups.sums.copy(), groups.weights.copy()
    members = [list(member) for member in groups.members]
    n = len(members)
    centres = groups.centres()
    alike = centres @ centres.T
    np.fill_diagonal(alike, -2)
    best = alike.argmax(1) if n > 0 else np.zeros(0, int)
    value = alike[np.arange(n), best] if n > 0 else np.zeros(0)
    alive = np.ones(n, bool)
    left = n
    while left > (count or 1):
        i = int(value.argmax())
        if count is None and value[i] < threshold:
            break
        j = int(best[i])
        sums[i] += sums[j]
        weights[i] += weights[j]
        members[i] += members[j]
        alive[j] = False
        left -= 1
        centres[i] = sums[i] / max(np.linalg.norm(sums[i]), 1e-9)
        row = centres @ centres[i]
        row[~alive] = -2
        row[i] = -2
        alike[i], alike[:, i] = row, row
        alike[j], alike[:, j] = -2, -2
        # Rows whose best partner was one of the two look again; the others only at the new group.
        stale = np.flatnonzero(alive & ((best == i) | (best == j)))
        best[stale] = alike[stale].argmax(1)
        value[stale] = alike[stale, best[stale]]
        nearer = alive & (row > value)
        best[nearer], value[nearer] = i, row[nearer]
        best[i] = int(row.argmax())
        value[i] = row[best[i]]
        value[j] = -2
    rest = np.flatnonzero(alive)
    return Groups(sums[rest], weights[rest], [members[i] for i in rest])


def label_voices(voices, count=None):
    """Returns the speaker of each voice (unit vectors, in the order of time), from 0."""
    blocks = [range(at, min(at + BLOCK, len(voices))) for at in range(0, len(voices), BLOCK)]
    groups = []
    for block in blocks:
        part = voices[block.start : block.stop]
        labels = tidy(spectral(part, count if len(blocks) == 1 else None), part, count is None)
        for label in np.unique(labels):
            inside = np.flatnonzero(labels == label)
            groups.append((part[inside].sum(0), float(len(inside)), [block.start + int(i) for i in inside]))
    joined = Groups(np.array([g[0] for g in groups]), np.array([g[1] for g in groups]), [g[2] for g in groups])
    if len(blocks) > 1 or count is not None:
        joined = join_similar(joined, SAME_SPEAKER, count)
    labels = np.zeros(len(voices), int)
    for number, member in enumerate(joined.members):
        labels[member] = number
    return labels


def spectral(voices, count):
    """Returns labels by spectral clustering on the nearest neighbours; the largest gap of eigenvalues gives the number."""
    n = len(voices)
    if n < 2:
        return np.zeros(n, int)
    alike = voices @ voices.T
    # 1.2 % of the voices, as in 3D-Speaker, and at least 6.
    nearest = min(n, max(int(np.ceil(0.012 * n)), 6))
    kept = np.zeros_like(alike)
    order = np.argsort(-alike, 1)[:, :nearest]
    np.put_along_axis(kept, order, np.take_along_axis(alike, order, 1), 1)
    kept = (kept + kept.T) / 2
    np.fill_diagonal(kept, 0)
    values, vectors = np.linalg.eigh(np.diag(np.abs(kept).sum(1)) - kept)
    if count is None:
        count = int(np.argmax(np.diff(values[: MOST_SPEAKERS + 1]))) + 1
    return k_means(vectors[:, : min(count, n)], min(count, n))


def k_means(points, count):
    """Returns labels; begins with points that are far from each other, so that it is the same each time."""
    chosen = [0]
    for _ in range(1, count):
        distances = ((points[:, None] - points[chosen][None]) ** 2).sum(-1).min(1)
        chosen.append(int(distances.argmax()))
    centres = points[chosen].copy()
    for _ in range(50):
        labels = ((points[:, None] - centres[None]) ** 2).sum(-1).argmin(1)
        moved = np.stack(
            [points[labels == i].mean(0) if (labels == i).any() else centres[i] for i in range(count)]
        )
        if np.allclose(moved, centres):
            break
        centres = moved
    return labels


def tidy(labels, voices, joins):
    """Gives the voices of small groups to the most similar large one, and joins large groups that are alike."""
    while True:
        names, sizes = np.unique(labels, return_counts=True)
        large = names[sizes >= LEAST_VOICES]
        if len(large) == 0:
            return np.zeros_like(labels)
        centres = np.stack([voices[labels == name].mean(0) for name in large])
        centres /= np.linalg.norm(centres, axis=1, keepdims=True)
        for i in np.flatnonzero(~np.isin(labels, large)):
            labels[i] = large[(centres @ voices[i]).argmax()]
        if len(large) == 1 or not joins:
            return labels
        alike = centres @ centres.T
        np.fill_diagonal(alike, -1)
        i, j = np.unravel_index(alike.argmax(), alike.shape)
        if alike[i, j] < SAME_IN_BLOCK:
            return labels
        labels[labels == large[j]] = large[i]
