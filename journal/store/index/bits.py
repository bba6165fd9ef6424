"""Sets of documents as whole numbers, a bit for each: met, joined and counted in one step."""

from collections.abc import Iterable, Iterator


def bits_of(numbers: Iterable[int], size: int) -> int:
    """Return the set of these document numbers, each below ``size``."""
    flags = bytearray(b"0") * (size + 1)
    for number in numbers:
        flags[number] = 49  # "1"
    flags.reverse()
    return int(bytes(flags), 2)


def numbers_of(bits: int) -> Iterator[int]:
    """Yield the document numbers of a set, the lowest first."""
    flags = bin(bits)[:1:-1]
    at = flags.find("1")
    while at >= 0:
        yield at
        at = flags.find("1", at + 1)
