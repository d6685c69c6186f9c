"""Bounded caches forget what was not used for longest."""

from search.caches import RecentCache


def test_what_was_used_last_is_kept() -> None:
    cache: RecentCache[int] = RecentCache(size=2)
    made: list[str] = []

    def make(name: str) -> int:
        made.append(name)
        return len(name)

    for name in ("a", "b", "a", "c", "a", "b"):
        assert cache.get(name, lambda name=name: make(name)) == 1  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]


def test_what_is_kept_is_found() -> None:
    cache: RecentCache[int] = RecentCache(size=1)
    assert cache.find("a") is None
    cache.keep("a", 0)
    assert cache.find("a") == 0
    cache.keep("b", 1)
    assert (cache.find("a"), cache.find("b")) == (None, 1)
