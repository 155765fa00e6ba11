"""What a served bot and those who try it must agree on."""

TOKEN = "700000001:AAbenchmarkbenchmarkbenchmark00000"  # noqa: S105  # of no bot at all
SECRET = "measured-measured-measured-measured-0"  # noqa: S105
PATH = "hook-abcdefghijklmnopqrstuvwx"
