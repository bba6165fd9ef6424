"""Sets of documents as whole numbers, a bit for each: met, joined and counted in one step."""

from collections.abc import Iterable, Iterator

_SPARSE = 64
"""Where fewer than one in so many has its bit, setting each takes less time than writing all out as digits."""


def bits_of(numbers: Iterable[int], size: int) -> int:
    """Return the set of these document numbers, each below ``size``."""
    given = list(numbers)
    if len(given) < size // _SPARSE:
        flags = bytearray(size // 8 + 1)
        for number in given:
            flags[number >> 3] |= 1 << (number & 7)
        return int.from_bytes(flags, "little")
    digits = bytearray(b"0") * (size + 1)
    for number in given:
        digits[number] = 49  # "1"
    digits.reverse()
    return int(bytes(digits), 2)


def ranks_of(bits: int, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield those of some numbers, given in order, that a set has, each with how many of the set are below it."""
    flags = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    below, last = 0, 0
    for number in numbers:
        at, bit = divmod(number, 8)
        if at >= len(flags):
            return
        below += int.from_bytes(flags[last:at], "little").bit_count()
        last = at
        if flags[at] >> bit & 1:
            yield number, below + (flags[at] & (1 << bit) - 1).bit_count()


def numbers_of(bits: int) -> Iterator[int]:
    """Yield the document numbers of a set, the lowest first."""
    flags = bin(bits)[:1:-1]
    at = flags.find("1")
    while at >= 0:
        yield at
        at = flags.find("1", at + 1)
