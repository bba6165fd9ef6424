"""Ends with 1, naming every fault, unless each language's catalogue is whole and unbroken."""

import sys
from pathlib import Path

from tools.translations import LANGUAGES, catalogue_path, collect, problems


def check(root: Path) -> list[str]:
    """The faults of all catalogues in the checkout ``root``, one a line."""
    wanted = collect(root)
    faults = []
    for language in LANGUAGES:
        path = catalogue_path(root, language)
        if path.exists():
            found = problems(wanted, path.read_text(encoding="utf-8"), language)
            faults.extend(f"{language}: {each}" for each in found)
        else:
            faults.append(f"{language}: there is no catalogue; make messages begins one")
    return faults


if __name__ == "__main__":
    all_faults = check(Path(__file__).parent.parent)
    print(*all_faults, sep="\n", end="\n" if all_faults else "")
    sys.exit(bool(all_faults))
