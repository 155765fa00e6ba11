"""All benchmarks one after the other: `make bench`."""

from benchmarks import (
    catalogues,
    counting,
    directory_checks,
    engine,
    flow_checks,
    matching,
    never_empty,
    printed_cards,
    snapshot,
    starting,
    stores,
    telegram_talk,
    web,
    workers,
)

PARTS = (
    engine,
    flow_checks,
    matching,
    directory_checks,
    never_empty,
    catalogues,
    starting,
    printed_cards,
    snapshot,
    stores,
    counting,
    telegram_talk,
    web,
    workers,
)

if __name__ == "__main__":
    for part in PARTS:
        print(f"\n{part.__doc__.splitlines()[0]}\n" if part.__doc__ else "")
        part.main()
