"""Stopping a process for a while, as a busy machine or a suspended one does (SIGSTOP, SIGCONT)."""

import asyncio
import signal
import subprocess


async def pause(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Let it stand still for `seconds`; its clock that never goes back goes on meanwhile.

    Raises ProcessLookupError where it has ended.
    """
    process.send_signal(signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        process.send_signal(signal.SIGCONT)
