"""The scripts of the shared store: every change is one of them, so that two workers never both win.

A session is one string: 29 bytes of numbers, then what is sealed. It goes by itself when its time
is over, also where no worker runs any more. What somebody must look after stands in one list, by
when. Each script is given `WAITING` and its names, then the arguments that `_READ` reads, then its
own from the fifth on.
"""

import hashlib

WIPED_AFTER = 900.0  # seconds past its longest life that a card may still be cleaned up after

# One tag, so that in a cluster all of it stands together: a script may touch one place only. What
# a whole country needs fits on one server, see
# docs/decisions/0022-one-place-in-a-cluster.md.
_PLACE = "{linnet}"
SESSION, SEEN_UPDATE, WAITING = f"{_PLACE}t:", f"{_PLACE}u:", f"{_PLACE}due"
CLAIM_ON = f"{_PLACE}p:"  # who paints a talk just now

# Version, began, expires, due (below 0: nobody looks), painted: 29 bytes before what is sealed.
_READ = """
local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = time[1] + time[2] / 1000000
end
local idle, most, wiped = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local waiting = KEYS[1]

local function forget(name)
    redis.call('DEL', name)
    redis.call('ZREM', waiting, name)
end

local function found(name)
    local text = redis.pcall('GET', name)
    if not text then return nil end
    -- What no worker wrote, also of another kind than a string, counts as none.
    if type(text) ~= 'string' or #text < 29 then return forget(name) end
    local row = {data = string.sub(text, 30)}
    row.version, row.began, row.expires, row.due, row.painted = struct.unpack('>I4dddB', text)
    -- Over, or from before the server's clock was put back: nothing lives longer than a talk may.
    if (row.due < 0 and row.expires <= now) or row.began > now + 1 then
        return forget(name)
    end
    return row
end

local function put(name, row)
    local head = struct.pack('>I4dddB', row.version, row.began, row.expires, row.due, row.painted)
    local left = row.expires - now
    if row.due >= 0 then left = most + wiped end
    redis.call('SET', name, head .. row.data, 'PX', math.max(1, math.ceil(left * 1000)))
    if row.due >= 0 then
        redis.call('ZADD', waiting, row.due, name)
        -- The list goes with the last of the rows that stand in it.
        redis.call('PEXPIRE', waiting, math.ceil(left * 1000))
    else
        redis.call('ZREM', waiting, name)
    end
end
"""
_LOAD = """
local row = found(KEYS[2])
if not row then return nil end
return {row.data, row.version, row.expires <= now and 1 or 0}
"""
_SAVE = """
local row = found(KEYS[2])
if (row and row.version or 0) ~= tonumber(ARGV[6]) then return 0 end
if KEYS[3] and redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
local began = now
if row and ARGV[8] == '' then began = row.began end
local due = -1
if ARGV[7] ~= '' then due = now + tonumber(ARGV[7]) end
put(KEYS[2], {
    data = ARGV[5], version = (row and row.version or 0) + 1, began = began,
    expires = math.min(now + idle, began + most), due = due, painted = 0,
})
if KEYS[3] then redis.call('SET', KEYS[3], '', 'PX', math.ceil(most * 1000)) end
return 1
"""
_DELETE = """
local row = found(KEYS[2])
if row and (ARGV[5] == '' or row.version == tonumber(ARGV[5])) then forget(KEYS[2]) end
"""
# Cards that were held are held by this script itself, so that no two workers look after one.
_DUE = """
local most_rows, held, every = tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7] ~= ''
local names
if every then
    names = redis.call('ZRANGE', waiting, 0, -1)
else
    names = redis.call('ZRANGEBYSCORE', waiting, '-inf', now, 'LIMIT', 0, most_rows)
end
local answer = {}
for _, name in ipairs(names) do
    local row = found(name)
    if not row then
        redis.call('ZREM', waiting, name)
    elseif #answer < most_rows and (row.due <= now or row.painted == 0) then
        table.insert(answer, {
            name, row.data, row.version, row.expires <= now and 1 or 0, row.painted,
        })
        if held > 0 then
            row.due = now + held
            put(name, row)
        end
    end
end
return answer
"""
_SEEN_BEFORE = "return redis.call('EXISTS', KEYS[2])"
_CLAIM = """
local holder = redis.call('GET', KEYS[3])
if holder and holder ~= ARGV[5] then return nil end
redis.call('SET', KEYS[3], ARGV[5], 'PX', math.ceil(tonumber(ARGV[6]) * 1000))
local row = found(KEYS[2])
return row and row.version or 0
"""
# Answers which of the names it was, from 0.
_PROLONG = """
local kept = {}
for place = 2, #KEYS do
    if redis.call('GET', KEYS[place]) == ARGV[5] then
        redis.call('PEXPIRE', KEYS[place], math.ceil(tonumber(ARGV[6]) * 1000))
        table.insert(kept, place - 2)
    end
end
return kept
"""
_RELEASE = """
if redis.call('GET', KEYS[2]) == ARGV[5] then redis.call('DEL', KEYS[2]) end
"""
_HOLD = """
for place = 2, #KEYS do
    local row = found(KEYS[place])
    if row and row.due >= 0 then
        row.due = math.max(row.due, now + tonumber(ARGV[5]))
        put(KEYS[place], row)
    end
end
"""
# For each name its version, and its seconds until it is due.
_SETTLE = """
for place = 2, #KEYS do
    local row, version = found(KEYS[place]), tonumber(ARGV[1 + 2 * place])
    if row and row.due >= 0 and row.version == version then
        row.painted, row.due = 1, math.min(now + tonumber(ARGV[2 + 2 * place]), row.expires)
        put(KEYS[place], row)
    end
end
"""


class Script:
    """The text of a script, and the name by which a server knows one it has seen before."""

    def __init__(self, text: str) -> None:
        self.text = _READ + text
        self.name = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


LOAD, SAVE, DELETE = Script(_LOAD), Script(_SAVE), Script(_DELETE)
DUE, HOLD, SETTLE, SEEN = Script(_DUE), Script(_HOLD), Script(_SETTLE), Script(_SEEN_BEFORE)
CLAIM, PROLONG, RELEASE = Script(_CLAIM), Script(_PROLONG), Script(_RELEASE)
