"""Train the recogniser of names: `python -m corpus.actors.training DATA [FILE]`.

DATA is the file of named entities of the National Corpus of Polish that `corpus.actors.nkjp`
reads. A tenth of its documents is kept aside and scored. The same data and the same
dictionary give the same file of weights. Needs the extra `training`.
"""

import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.actors.document_flags import read_flags
from corpus.actors.features import PLACES, expand_group, list_keys
from corpus.actors.nkjp import OUTSIDE, LabelledDocument, read_nkjp
from corpus.actors.passage_view import PassageView
from corpus.actors.tagging import WEIGHTS, NameKind, Tagger, find_chains, read_names

_ITERATIONS = 60
_SETTINGS = {"c1": 0.3, "c2": 0.02, "feature.minfreq": 3, "max_iterations": _ITERATIONS}
_NEGLIGIBLE = 0.05
_UNSEEN_TRANSITION = -4.0
_KEPT_ASIDE = 10
_KINDS: tuple[NameKind, ...] = ("person", "organisation", "place")


def is_kept_aside(document: LabelledDocument) -> bool:
    """Tell whether a document is never trained on."""
    return crc32(document.name.encode()) % _KEPT_ASIDE == 0


def train(documents: Iterable[LabelledDocument]) -> tuple[bytes, Tagger]:
    """Give the weights learned from some documents, as a file's content and at work."""
    import pycrfsuite  # Only training needs it.

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=_SETTINGS, verbose=False)
    for document in documents:
        flags = read_flags([document.words])
        view = PassageView(document.words)
        for first, end in find_chains(document.words):
            features = [
                [
                    feature
                    for place, key in zip(PLACES, list_keys(view, at, flags), strict=True)
                    for feature in expand_group(place, key)
                ]
                for at in range(first, end)
            ]
            trainer.append(features, _begin(document.labels[first:end]))
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder, "model"))
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        learned = tagger.info()
        return _pack(tagger.labels(), learned.state_features, learned.transitions)


def score(tagger: Tagger, documents: Iterable[LabelledDocument]) -> dict[NameKind, float]:
    """Give F1 over names with the right words and kind, for each kind."""
    right = dict.fromkeys(_KINDS, 0)
    both = dict.fromkeys(_KINDS, 0)
    for document in documents:
        found = {(n.first, n.end, n.kind) for n in tagger.tag([document.words])[0]}
        wanted = {(n.first, n.end, n.kind) for n in read_names(document.labels)}
        for kind in _KINDS:
            right[kind] += sum(name[2] == kind for name in found & wanted)
            both[kind] += sum(name[2] == kind for name in [*found, *wanted])
    return {kind: 2 * right[kind] / max(1, both[kind]) for kind in _KINDS}


def _begin(labels: Sequence[str]) -> list[str]:
    """Give the labels of a chain; a name that began before it begins with it."""
    first = labels[0]
    return [f"B{first[1:]}" if first[0] == "I" else first, *labels[1:]]


def _pack(
    labels: Sequence[str],
    state_weights: dict[tuple[str, str], float],
    transition_weights: dict[tuple[str, str], float],
) -> tuple[bytes, Tagger]:
    """Write the weights in eight bits each, those close to zero left out."""
    ordered = sorted(labels, key=lambda label: (label != OUTSIDE, label))
    column = {label: index for index, label in enumerate(ordered)}
    kept = {key: weight for key, weight in state_weights.items() if abs(weight) >= _NEGLIGIBLE}
    features = sorted({feature for feature, _ in kept})
    row = {feature: index for index, feature in enumerate(features)}
    weights = np.zeros((len(features), len(ordered)), np.float32)
    for (feature, label), weight in kept.items():
        weights[row[feature], column[label]] = weight
    transitions = np.full((len(ordered), len(ordered)), _UNSEEN_TRANSITION, np.float32)
    for (before, label), weight in transition_weights.items():
        transitions[column[before], column[label]] = weight
    scale = np.float32(np.abs(weights).max() / 127)
    small = np.round(weights / scale).astype(np.int8)
    content = _write_arrays(
        {
            "features": np.frombuffer("\n".join(features).encode(), np.uint8),
            "weights": small,
            "scale": np.array(scale),
            "transitions": transitions,
            "labels": np.array(ordered),
        }
    )
    return content, Tagger(features, small.astype(np.float32) * scale, transitions, ordered)


def _write_arrays(arrays: dict[str, NDArray[np.generic]]) -> bytes:
    """Give a compressed npz that is the same for the same arrays: no time stands in it."""
    with tempfile.TemporaryFile() as file:
        with ZipFile(file, "w") as archive:
            for name, array in arrays.items():
                undated = ZipInfo(f"{name}.npy")
                undated.compress_type = ZIP_DEFLATED
                with archive.open(undated, "w") as entry:
                    np.lib.format.write_array(entry, array, allow_pickle=False)
        file.seek(0)
        return file.read()


def main(arguments: Sequence[str]) -> int:
    """Train on a file, write the weights, and tell how well they do on what was kept aside."""
    data = Path(arguments[0])
    target = (
        Path(arguments[1]) if len(arguments) > 1 else Path(__file__).parents[1] / "data" / WEIGHTS
    )
    documents = list(read_nkjp(data))
    content, tagger = train(d for d in documents if not is_kept_aside(d))
    target.write_bytes(content)
    aside = [document for document in documents if is_kept_aside(document)]
    figures = ", ".join(f"{kind} {f1:.3f}" for kind, f1 in score(tagger, aside).items())
    sys.stdout.write(f"{target}: {len(content)} bytes; F1 on {len(aside)} documents: {figures}\n")
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
