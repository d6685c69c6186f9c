"""Pages of a long list."""

from dataclasses import dataclass

_AROUND = 2


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a list we are; `numbers` has 0 where pages are left out."""

    first: int
    last: int
    total: int
    page: int
    numbers: tuple[int, ...]
    limit: int

    @property
    def previous_offset(self) -> int | None:
        return max(self.first - 1 - self.limit, 0) if self.first > 1 else None

    @property
    def next_offset(self) -> int | None:
        return self.last if self.last < self.total else None


def make_pager(total: int, offset: int, limit: int, shown: int) -> Pager:
    """Give the pager of a list of which `shown` items are here, from `offset` on."""
    page = offset // limit + 1
    count = max(-(-total // limit), 1)
    wanted = {1, count, *range(page - _AROUND, page + _AROUND + 1)}
    numbers: list[int] = []
    for number in sorted(n for n in wanted if 1 <= n <= count):
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return Pager(offset + 1, offset + shown, total, page, tuple(numbers), limit)
