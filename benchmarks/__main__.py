"""All benchmarks one after the other: `make bench`."""

from benchmarks import catalogues, engine, matching, snapshot, starting, telegram_talk, web

if __name__ == "__main__":
    for part in (engine, matching, catalogues, starting, snapshot, telegram_talk, web):
        print(f"\n{part.__doc__.splitlines()[0]}\n" if part.__doc__ else "")
        part.main()
