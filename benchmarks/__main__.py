"""All benchmarks one after the other: `make bench`."""

from benchmarks import catalogues, directory_checks, engine, matching, starting, telegram_talk

if __name__ == "__main__":
    for part in (engine, matching, directory_checks, catalogues, starting, telegram_talk):
        print(f"\n{part.__doc__.splitlines()[0]}\n" if part.__doc__ else "")
        part.main()
