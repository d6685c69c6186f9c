"""Plain loops over tokens as an oracle: what matches, and its score."""

from corpus.document import Passage
from index.analysis import Token, analyse_text
from index.open_index import OpenIndex
from search.live import LiveIndex
from search.query import And, Forms, Near, Node, Not, Or, Term
from search.scoring import K1, B, idf
from search.translate import HEADLINE_BOOST


def headline_tokens(passage: Passage) -> list[Token]:
    start, end = passage.headline_span
    return [token for token in analyse_text(passage.text) if start <= token.start < end]


class Oracle:
    """The same collection as lists of tokens, one passage at a time."""

    def __init__(self, live: LiveIndex) -> None:
        index: OpenIndex = live.index
        self.docs = [int(doc) for doc in live.source.live.nonzero()[0]]
        self.tokens = {d: analyse_text(live.passage_at(d).text) for d in self.docs}
        self.headlines = {d: headline_tokens(live.passage_at(d)) for d in self.docs}
        self.length = {
            field: {d: index.reader.doc_field_length(d, field) for d in self.docs}
            for field in ("text", "headline", "exact")
        }

    def matches(self, node: Node, doc: int) -> bool:
        match node:
            case Term() | Forms():
                return any(self.meets(node, token) for token in self.tokens[doc])
            case Near():
                return bool(self.occurrences(node, doc))
            case And(children):
                return all(self.matches(child, doc) for child in children)
            case Or(children):
                return any(self.matches(child, doc) for child in children)
            case Not(child):
                return not self.matches(child, doc)
        raise AssertionError(node)

    def score(self, node: Node, doc: int) -> float:
        match node:
            case Term(keys=keys):
                inside = self.bm25(self.tokens, "text", keys, doc)
                return inside + HEADLINE_BOOST * self.bm25(self.headlines, "headline", keys, doc)
            case Forms():
                tf = sum(self.meets(node, token) for token in self.tokens[doc])
                return self.weigh(tf, self.frequency(node), "exact", doc)
            case Near(parts):
                weight = sum(idf(self.frequency(part), len(self.docs)) for part in parts)
                return self.saturate(len(self.occurrences(node, doc)), "text", doc) * weight
            case And(children) | Or(children):
                held = [c for c in children if not isinstance(c, Not) and self.matches(c, doc)]
                return sum(self.score(child, doc) for child in held)
        return 0.0

    def frequency(self, word: Term | Forms) -> int:
        return sum(any(self.meets(word, t) for t in self.tokens[d]) for d in self.docs)

    def occurrences(self, near: Near, doc: int) -> list[int]:
        tokens = self.tokens[doc]
        if not near.slop:
            return [
                at
                for at in range(len(tokens) - len(near.words) + 1)
                if all(self.meets(w, tokens[at + k]) for k, w in enumerate(near.words))
            ]
        return [
            at
            for at, token in enumerate(tokens)
            if self.meets(near.words[0], token)
            and all(
                any(self.meets(w, t) for t in tokens[max(0, at - near.slop) : at + near.slop + 1])
                for w in near.words[1:]
            )
        ]

    def bm25(self, tokens: dict, field: str, keys: tuple[str, ...], doc: int) -> float:
        def count(d: int) -> int:
            return sum(bool(set(keys) & set(token.keys)) for token in tokens[d])

        frequency = sum(count(d) > 0 for d in self.docs)
        return self.weigh(count(doc), frequency, field, doc)

    def weigh(self, tf: int, frequency: int, field: str, doc: int) -> float:
        return self.saturate(tf, field, doc) * idf(frequency, len(self.docs)) if tf else 0.0

    def saturate(self, tf: int, field: str, doc: int) -> float:
        lengths = self.length[field]
        mean = sum(lengths.values()) / len(lengths)
        return tf / (tf + K1 * (1 - B + B * lengths[doc] / mean))

    @staticmethod
    def meets(word: Term | Forms, token: object) -> bool:
        if isinstance(word, Forms):
            return token.form in word.forms  # type: ignore[attr-defined]
        return bool(set(word.keys) & set(token.keys))  # type: ignore[attr-defined]
