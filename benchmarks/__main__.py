"""All benchmarks one after the other: `make bench`."""

from benchmarks import catalogues, engine, matching, never_empty, starting, telegram_talk

if __name__ == "__main__":
    for part in (engine, matching, never_empty, catalogues, starting, telegram_talk):
        print(f"\n{part.__doc__.splitlines()[0]}\n" if part.__doc__ else "")
        part.main()
