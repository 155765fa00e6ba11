"""The SQLite store: sessions in one file, preferably on tmpfs.

Calls are made inline: a read and a write cost less than handing them to a thread. The journal is
a WAL, emptied within a second after something was erased, because it keeps copies of old rows.
A disk that is full must not keep a row from being erased: a file of ballast beside the database
is given up first. A database that cannot be used is moved aside, and a new one begun.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.exceptions import StoreUnavailable
from bot.sessions.memory import (
    HARDLY_ANSWERED,
    MOST_SESSIONS,
    REMEMBERED,
    REPAIRED_AFTER,
    some_of,
)
from bot.sessions.model import Due, Lifetimes, Painted, Stored

BALLAST_BYTES = 256 * 1024
PAGE_BYTES = 8192  # a page holds thirteen rows, where 4096 would hold six
JOURNAL_PAGES = 20  # with the ballast given up there must be room to empty the whole journal
BUSY_SECONDS = 1.0  # how long another process may hold the file

_TABLES = """
create table if not exists sessions (
    key text primary key, data blob not null, version integer not null,
    began real not null, expires real not null, due real, painted integer not null
);
create index if not exists waiting on sessions (due) where due is not null;
create index if not exists ending on sessions (expires) where due is null;
create table if not exists seen (number integer primary key autoincrement, name text unique);
"""
_COLUMNS = {
    "sessions": ("key", "data", "version", "began", "expires", "due", "painted"),
    "seen": ("number", "name"),
}
_SAVE = """
insert into sessions values (?1, ?2, 1, ?3, ?3 + min(?4, ?5), ?6, 0)
on conflict (key) do update set data = excluded.data, version = 1, began = excluded.began,
    expires = excluded.expires, due = excluded.due, painted = 0
where sessions.due is null and sessions.expires <= ?3
"""
_SAVE_AGAIN = """
update sessions set data = ?2, version = version + 1,
    began = case when ?8 then ?3 else began end,
    expires = min(?3 + ?4, (case when ?8 then ?3 else began end) + ?5),
    due = ?6, painted = 0
where key = ?1 and version = ?7 and (due is not null or expires > ?3)
"""
_LOAD = "select data, version, expires, due from sessions where key = ?"
_DUE = """
select key, data, version, expires, painted from sessions
where due <= ? order by due, key limit ?
"""
_UNPAINTED = """
select key, data, version, expires, painted from sessions
where due is not null and (due <= ? or not painted) order by due, key limit ?
"""
_EXPIRED = "delete from sessions where due is null and expires <= ?"
_DELETE = "delete from sessions where key = ?1 and (?2 is null or version = ?2)"
_COUNT = "select count(*) from sessions"
_CROWDED = """
delete from sessions where key in (
    select key from sessions where key <> ?1 order by version > ?2, expires limit ?3
)
"""
_SETTLE = """
update sessions set painted = 1, due = min(?1 + ?2, expires)
where key = ?3 and version = ?4 and due is not null
"""
_HOLD = "update sessions set due = max(due, ?) where key = ? and due is not null"
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}  # what a quota or a lack of room looks like
_PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL}
_OUTSIDE = {  # faults of the machine, not of what stands in the file
    *_FULL, *_PASSING, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL,
}  # fmt: skip


class SqliteStore:
    """A `SessionStore` in the file `path`. `now` gives seconds that only grow within one boot.

    It holds `limit` sessions and one in a hundred more. Then of those that hardly anything was
    answered in the longest quiet go, and only where there are none, others. The card of one that
    goes stays in its chat. A row whose time lies further ahead than any session can live was
    written before the machine started anew, and is forgotten.
    """

    def __init__(
        self,
        path: Path,
        now: Callable[[], float],
        lifetimes: Lifetimes = Lifetimes(),  # noqa: B008  # frozen
        limit: int = MOST_SESSIONS,
    ) -> None:
        self._path = path
        self._now = now
        self._lifetimes = lifetimes
        self._limit = limit
        self._uncounted = some_of(limit)  # new sessions; how many there were before is not known
        self._erased = True  # a process that was killed may have left something in the journal
        self._open()

    # ---- the door to the file

    def _open(self) -> None:
        try:
            self._database = self._connected()
        except (sqlite3.Error, UnicodeDecodeError, OSError) as error:
            raise StoreUnavailable("the database cannot be opened") from error
        self._put_ballast()

    def _connected(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if _code(error) in _FULL:
                self._ballast.unlink(missing_ok=True)
            elif _code(error) in _OUTSIDE:
                raise
            else:
                self._move_aside()
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            self._path.chmod(0o600)
            database.execute(f"pragma page_size = {PAGE_BYTES}")
            database.execute("pragma secure_delete = on")
            database.execute("pragma journal_mode = wal")
            database.execute("pragma synchronous = normal")
            database.execute(f"pragma wal_autocheckpoint = {JOURNAL_PAGES}")
            database.executescript(_TABLES)
            _check(database)
            # Another program may save while this waits for its turn: that row is no old one.
            latest = self._now() + self._lifetimes.idle_seconds + 2 * BUSY_SECONDS
            database.execute("delete from sessions where expires > ?", (latest,))
        except BaseException:
            database.close()
            raise
        return database

    def _move_aside(self) -> None:
        """Out of the way, whatever it is; its rows are sealed, and their keys soon wiped."""
        self._path.replace(self._path.with_name(f"{self._path.name}.broken"))
        for end in ("-wal", "-shm"):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)

    def close(self) -> None:
        """Empty the journal and let go of the file."""
        self.checkpoint(always=True)
        with contextlib.suppress(sqlite3.Error):
            self._database.close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Every fault of the database as the one exception that callers know."""
        try:
            yield
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if _code(error) not in _PASSING:
                self._database.close()
                self._open()
            raise StoreUnavailable("the session database does not answer") from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("begin immediate")
        try:
            yield
            self._database.execute("commit")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("rollback")
            raise

    # ---- sessions

    async def load(self, key: str) -> Stored | None:
        """What is kept for `key`."""
        with self._faults():
            row = self._database.execute(_LOAD, (key,)).fetchone()
        if row is None:
            return None
        data, version, expires, due = row
        expired = expires <= self._now()
        if expired and due is None:
            await self.delete(key)
            return None
        return Stored(data, version, expired)

    async def save(
        self,
        key: str,
        data: bytes,
        expected_version: int,
        *,
        tended: bool = False,
        update: str = "",
        anew: bool = False,
    ) -> bool:
        """Compare and set in one statement, with the mark of `update` in one transaction."""
        now = self._now()
        row: Sequence[object] = (
            key, data, now, self._lifetimes.idle_seconds, self._lifetimes.most_seconds,
            now + REPAIRED_AFTER if tended else None,
        )  # fmt: skip
        with self._faults():
            done = self._saved(row, expected_version, update, anew=anew)
        if done and expected_version == 0:
            self._make_room(key)
        return done

    def _saved(
        self, row: Sequence[object], expected_version: int, update: str, *, anew: bool
    ) -> bool:
        if not update:
            return self._set(row, expected_version, anew=anew)
        try:
            with self._transaction():
                done = self._set(row, expected_version, anew=anew)
                if done:
                    self._remember(update)
                return done
        except sqlite3.IntegrityError:
            return False  # the update was seen before: all of it is taken back

    def _set(self, row: Sequence[object], expected_version: int, *, anew: bool) -> bool:
        if expected_version == 0:
            done = self._database.execute(_SAVE, row)
        else:
            done = self._database.execute(_SAVE_AGAIN, (*row, expected_version, anew))
        return done.rowcount > 0

    def _make_room(self, key: str) -> None:
        """Let some sessions but `key` go where there are too many. Nothing is raised.

        Rows are counted once in many new talks: to count them takes longer than to save one.
        """
        self._uncounted += 1
        if self._uncounted < some_of(self._limit):
            return
        self._uncounted = 0
        with contextlib.suppress(StoreUnavailable):
            with self._faults():
                (rows,) = self._database.execute(_COUNT).fetchone()
            if rows > self._limit:
                self._erase(_CROWDED, key, HARDLY_ANSWERED, rows - self._limit)

    def _remember(self, update: str) -> None:
        """Mark the update as seen. Raises IntegrityError when it was seen before."""
        done = self._database.execute("insert into seen (name) values (?)", (update,))
        if done.lastrowid and done.lastrowid % 256 == 0:
            self._database.execute(
                "delete from seen where number <= ?", (done.lastrowid - REMEMBERED,)
            )

    async def delete(self, key: str, version: int | None = None) -> None:
        """Forget `key`; the journal is emptied with the next `checkpoint`."""
        self._erase(_DELETE, key, version)

    def _erase(self, statement: str, *values: object) -> None:
        try:
            with self._faults():
                self._forget(statement, *values)
        except StoreUnavailable as error:
            if _code(error.__cause__) not in _FULL:
                raise
            # Harm prevented: a full disk would keep the row, because erasing writes to the journal.
            self._ballast.unlink(missing_ok=True)
            with self._faults():
                self._forget(statement, *values)
            self._empty_journal()
            self._put_ballast()

    def _forget(self, statement: str, *values: object) -> None:
        gone = self._database.execute(statement, values)
        self._erased = self._erased or gone.rowcount > 0

    async def seen(self, update: str) -> bool:
        """Whether `update` was saved before."""
        with self._faults():
            found = self._database.execute("select 1 from seen where name = ?", (update,))
            return found.fetchone() is not None

    async def due(self, most: int, *, unpainted: bool = False, hold: float = 0.0) -> list[Due]:
        """The sessions to look after; those nobody looks after are erased when expired."""
        now = self._now()
        self._erase(_EXPIRED, now)
        with self._faults():
            rows = self._database.execute(
                _UNPAINTED if unpainted else _DUE, (now, most)
            ).fetchall()
        if hold:
            await self.hold([row[0] for row in rows], hold)
        return [
            Due(key, Stored(data, version, expires <= now), bool(painted))
            for key, data, version, expires, painted in rows
        ]

    async def hold(self, keys: Iterable[str], seconds: float) -> None:
        """Keep these from being looked after, as `SessionStore.hold` says."""
        until = self._now() + seconds
        with self._faults(), self._transaction():
            self._database.executemany(_HOLD, [(until, key) for key in keys])

    async def settle(self, painted: Iterable[Painted]) -> None:
        """Mark versions as painted, in one transaction."""
        now = self._now()
        rows = [(now, each.due_seconds, each.key, each.version) for each in painted]
        with self._faults(), self._transaction():
            self._database.executemany(_SETTLE, rows)

    def checkpoint(self, *, always: bool = False) -> None:
        """Erase what expired, and empty the journal if anything was erased. Call it every second.

        What cannot be done now is done the next time; nothing is raised.
        """
        with contextlib.suppress(StoreUnavailable):
            self._erase(_EXPIRED, self._now())
        if self._erased or always:
            self._empty_journal()
        self._put_ballast()

    def _empty_journal(self) -> None:
        with contextlib.suppress(StoreUnavailable), self._faults():
            # Somebody else may be reading. Every talk would wait here for the reader to end.
            self._database.execute("pragma busy_timeout = 0")
            try:
                done = self._database.execute("pragma wal_checkpoint(truncate)").fetchone()
                self._erased = done[0] != 0
            finally:
                self._database.execute(f"pragma busy_timeout = {BUSY_SECONDS * 1000:.0f}")

    # ---- ballast

    @property
    def _ballast(self) -> Path:
        return self._path.with_name(f"{self._path.name}.ballast")

    def _put_ballast(self) -> None:
        try:
            if not self._ballast.exists() or self._ballast.stat().st_size < BALLAST_BYTES:
                self._ballast.write_bytes(bytes(BALLAST_BYTES))
        except OSError:  # no room now: what there is must stay free for erasing
            with contextlib.suppress(OSError):
                self._ballast.unlink(missing_ok=True)


def _check(database: sqlite3.Connection) -> None:
    """Raises DatabaseError unless rows and indexes agree and the tables are this version's."""
    for table, columns in _COLUMNS.items():
        found = database.execute(f"select * from {table} limit 0").description  # noqa: S608
        if tuple(each[0] for each in found) != columns:
            raise sqlite3.DatabaseError("another version's table")
    if database.execute("pragma integrity_check").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("malformed")


def _code(error: BaseException | None) -> int | None:
    """The primary result code of SQLite; None for what Python found wrong itself."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
