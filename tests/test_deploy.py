"""Deployment files: every line that hardens something stands, and nothing gives a place away."""

import configparser
import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from bot.serving.server import PATIENCE
from bot.settings import NAMES, read_settings

DEPLOY = Path(__file__).parents[1] / "docs/deploy"
FILES = sorted(DEPLOY.iterdir())
USUAL = {"bin", "dev", "etc", "opt", "proc", "run", "usr", "var"}
UNITS = ("linnet.service", "linnet@.service")


def read(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def lines(name):
    """The lines without comments and blanks."""
    stripped = [line.strip() for line in read(name).splitlines()]
    return [line for line in stripped if line and not line.startswith("#")]


# ---- all of them


def test_the_readme_names_every_file_and_no_other():
    named = set(re.findall(r"^\| (.+?) \|", read("README.md"), re.M)) - {"file", "---"}
    found = {name for cell in named for name in re.findall(r"`([^`]+)`", cell)}
    assert found == {file.name for file in FILES} - {"README.md"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_file_names_a_registry_or_a_secret(file):
    text = file.read_text(encoding="utf-8")
    for word in (r"docker\.io", r"quay\.io", r"ghcr\.io", r"gcr\.io", r"pypi", r"registry",
                 r"index-url", r"[0-9]{6,}:[A-Za-z0-9_-]{20,}"):  # fmt: skip
        assert not re.search(word, text), (file.name, word)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_path_is_one_that_each_machine_has_or_the_readme_makes(file):
    """No folder of a person, nor of the machine where somebody wrote the file."""
    found = re.findall(r"(?<![\w./:}])/([a-z]+)/", file.read_text(encoding="utf-8"))
    assert set(found) <= USUAL, file.name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_setting_that_is_named_is_one(file):
    named = set(re.findall(r"\bLINNET_([A-Z_]+)\b", file.read_text(encoding="utf-8")))
    assert named - {*NAMES, "NAME"} == set()


# ---- systemd


def unit(name):
    """The values of each option, in order; an option may stand more than once."""
    found = defaultdict(list)
    for line in lines(name):
        option, equals, value = line.partition("=")
        if equals:
            found[option].append(value)
    return found


HARDENED = {
    "DynamicUser": "yes", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "",
    "AmbientCapabilities": "", "ProtectSystem": "strict", "ProtectHome": "yes",
    "PrivateTmp": "yes", "PrivateDevices": "yes", "PrivateUsers": "yes", "PrivateIPC": "yes",
    "PrivateMounts": "yes", "ProtectProc": "invisible", "ProcSubset": "pid",
    "ProtectClock": "yes", "ProtectControlGroups": "yes", "ProtectHostname": "yes",
    "ProtectKernelLogs": "yes", "ProtectKernelModules": "yes", "ProtectKernelTunables": "yes",
    "KeyringMode": "private", "RemoveIPC": "yes", "NoExecPaths": "/",
    "ExecPaths": "/opt/linnet /usr -/lib -/lib64", "MemoryDenyWriteExecute": "yes",
    "LockPersonality": "yes", "RestrictNamespaces": "yes", "RestrictRealtime": "yes",
    "RestrictSUIDSGID": "yes", "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "SystemCallArchitectures": "native", "SystemCallErrorNumber": "EPERM",
    "IPAddressDeny": "any", "IPAddressAllow": "localhost", "SocketBindDeny": "any",
    "LimitCORE": "0", "MemorySwapMax": "0", "MemoryMax": "1G", "TasksMax": "64",
    "LimitNOFILE": "8192", "UMask": "0077", "RuntimeDirectoryMode": "0700",
    "RuntimeDirectoryPreserve": "restart", "Restart": "always", "RestartPreventExitStatus": "2",
    "StandardOutput": "null", "StandardError": "journal", "LogNamespace": "linnet",
    "Type": "exec",
}  # fmt: skip


@pytest.mark.parametrize("name", UNITS)
@pytest.mark.parametrize("option", HARDENED)
def test_threat_16_a_unit_keeps_the_program_in_its_place(name, option):
    assert unit(name)[option] == [HARDENED[option]]


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_allows_the_calls_of_a_service_and_of_those_none_with_rights(name):
    assert unit(name)["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]


@pytest.mark.parametrize("name", UNITS)
def test_secrets_are_handed_over_as_files_and_never_as_variables(name):
    found = unit(name)
    handed = {value.partition(":")[0] for value in found["LoadCredential"]}
    files = {value.partition("=") for value in found["Environment"] if "_FILE=" in value}
    assert {path for _, _, path in files} == {f"%d/{each}" for each in handed}
    assert not re.search(r"LINNET_(TELEGRAM_TOKEN|WEBHOOK_SECRET)=", read(name))


@pytest.mark.parametrize(
    ("name", "port"), [("linnet.service", "8000"), ("linnet@.service", "8001")]
)
def test_the_settings_of_a_unit_are_taken_and_its_ports_may_be_bound(name, port, tmp_path):
    found, given = unit(name), {}
    for value in found["Environment"]:
        setting, _, told = value.partition("=")
        given[setting] = told.replace("%i", port).replace("%d", str(tmp_path))
    if "LINNET_TELEGRAM_MODE" in given:
        given["LINNET_WEBHOOK_URL"] = "https://notes.example/" + "a" * 22
    (tmp_path / "telegram-token").write_text("7:" + "a" * 30)
    (tmp_path / "webhook-secret").write_text("b" * 64)
    settings = read_settings(given)
    ranges = [re.findall("[0-9]+", value) for value in found["SocketBindAllow"]]
    for wanted in (settings.port, settings.metrics_port):
        assert any(int(ends[0]) <= wanted <= int(ends[-1]) for ends in ranges)
    assert str(settings.port) == port
    assert settings.telegram_token


def test_the_workers_differ_from_the_one_process_only_in_what_they_share():
    one, many = (unit(name) for name in UNITS)
    differ = {option for option in {*one, *many} if one[option] != many[option]}
    assert differ == {
        "After", "Environment", "LoadCredential", "RuntimeDirectory", "SocketBindAllow"
    }  # fmt: skip


def test_the_log_is_in_memory_and_kept_for_seven_days():
    journal = configparser.ConfigParser()
    journal.optionxform = str
    journal.read_string(read("journald@linnet.conf"))
    kept = dict(journal["Journal"])
    assert (kept.pop("Storage"), kept.pop("MaxRetentionSec")) == ("volatile", "7day")
    assert kept.pop("RuntimeMaxUse") == "16M"
    assert set(kept.values()) == {"no"}


# ---- the store


def test_the_store_writes_no_disk_and_says_nothing():
    wanted = {
        'save ""', "appendonly no", "maxmemory-policy noeviction", 'logfile ""',
        "slowlog-log-slower-than -1", "latency-monitor-threshold 0", "crash-log-enabled no",
        "crash-memcheck-enabled no", "bind 127.0.0.1 -::1", "protected-mode yes",
    }  # fmt: skip
    assert wanted <= set(lines("valkey.conf"))
    assert [line for line in lines("valkey.conf") if line.startswith(("save", "append"))] == [
        'save ""', "appendonly no"
    ]  # fmt: skip


# ---- the proxy


SITE = lines("nginx.conf")


@pytest.mark.parametrize(
    "line",
    [
        "access_log off;", "error_log /dev/null crit;", "server_tokens off;",
        "limit_req_zone $net zone=nets:4m rate=20r/s;", "limit_req_status 429;",
        "ssl_protocols TLSv1.2 TLSv1.3;", "ssl_session_tickets off;", "ssl_session_cache off;",
        "client_max_body_size 64k;", "client_body_buffer_size 64k;",
        "proxy_max_temp_file_size 0;", "proxy_cache off;", "proxy_set_header Host $host;",
        'proxy_set_header X-Forwarded-For "";', 'proxy_set_header X-Real-IP "";',
        'proxy_set_header User-Agent "";', 'proxy_set_header Accept-Language "";',
        'proxy_set_header Referer "";', 'proxy_set_header Cookie "";',
        'proxy_set_header Forwarded "";',
    ],
)  # fmt: skip
def test_the_proxy_keeps_nothing_and_passes_on_nothing_of_who_asks(line):
    assert SITE.count(line) == 1


def test_the_proxy_logs_nowhere_else_and_adds_no_header_to_an_answer_of_the_program():
    assert [line for line in SITE if "_log " in line] == [
        "access_log off;", "error_log /dev/null crit;"
    ]  # fmt: skip
    assert [line for line in SITE if line.startswith("add_header")] == [
        "add_header Cache-Control no-store always;"  # where no program answers
    ]
    assert not [line for line in SITE if "$remote_addr" in line or "$proxy_add" in line]


@pytest.mark.parametrize(
    ("address", "net"),
    [(b"\xcb\x00\x71\x0a", b"\xcb\x00\x71"), (b"\n\n\n\n", b"\n\n\n"),
     (bytes(range(16)), bytes(range(7))), (b"\n" * 16, b"\n" * 7)],
)  # fmt: skip
def test_addresses_are_counted_by_their_net(address, net):
    patterns = [re.match(r'"~(.*)" \$(\w+);', line) for line in SITE]
    found = [
        told[named[2]]
        for named in patterns
        if named and (told := re.match(_python(named[1]), address))
    ]
    assert found == [net]


def _python(pattern):
    return re.sub(r"\(\?<(\w+)>", r"(?P<\1>", pattern).encode()


def locations():
    """The lines of each place of the proxy."""
    found, inside = {}, None
    for line in SITE:
        if line.startswith("location "):
            inside = found.setdefault(line.removeprefix("location ").removesuffix(" {"), [])
        elif line == "}":
            inside = None
        elif inside is not None:
            inside.append(line)
    return found


def test_leaving_and_updates_are_never_held_back_and_all_else_is_limited():
    limited = {where for where, inside in locations().items() if "limit_req" in " ".join(inside)}
    assert set(locations()) - limited == {"= /exit", '~ "^/[A-Za-z0-9_-]{22,}$"', "@away"}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/entry", "/entry.css"])
def test_what_is_for_the_operator_is_not_there_for_others(path):
    where = "~ ^/(healthz|readyz|metrics|entry)"
    assert re.match(where.removeprefix("~ "), path)
    assert "rewrite ^ /none break;" in locations()[where]


def test_the_proxy_waits_no_longer_than_the_program_and_says_what_always_holds():
    assert f"client_header_timeout {PATIENCE:.0f}s;" in SITE
    assert f"client_body_timeout {PATIENCE:.0f}s;" in SITE
    assert "999" in " ".join(locations()["@away"])


@pytest.mark.parametrize("name", ["upstream.conf", "upstream.compose.conf"])
def test_both_upstreams_are_the_one_that_the_proxy_asks(name):
    assert lines(name)[0] == "upstream linnet {"
    assert {line for line in SITE if "proxy_pass" in line} == {"proxy_pass http://linnet;"}


# ---- containers


CONTAINER = read("Containerfile").replace("\\\n", " ")


@pytest.mark.parametrize(
    "line",
    [
        r"^USER 10001:10001$", r"^STOPSIGNAL SIGTERM$", r"^HEALTHCHECK .*/readyz",
        r"pip download --require-hashes --only-binary :all: .*-r requirements\.lock$",
        r"^ENV PIP_NO_INDEX=1 PIP_FIND_LINKS=/wheels$", r"^ENTRYPOINT \[\"linnet\"\]$",
        r"pip uninstall --yes pip",
    ],
)  # fmt: skip
def test_the_image_is_of_locked_files_and_runs_as_nobody(line):
    assert len(re.findall(line, CONTAINER, re.M)) == 1


def test_the_base_is_named_by_version_and_no_step_adds_from_elsewhere():
    bases = re.findall(r"^FROM (\S+)", CONTAINER, re.M)
    assert set(bases) == {"python:3.11-slim-bookworm"}
    assert not re.search(r"^ADD |https?://(?!127\.0\.0\.1:8000/)|curl|wget|apt", CONTAINER, re.M)
    # What is copied is named one by one: no `.git`, no secret that lies about.
    assert not re.search(r"^COPY \.? ", CONTAINER, re.M)


COMPOSE = yaml.safe_load(read("compose.yaml"))
SERVICES = COMPOSE["services"]


@pytest.mark.parametrize("name", SERVICES)
def test_threat_16_every_container_can_do_as_little_as_possible(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch("[1-9][0-9]*:[1-9][0-9]*", service["user"])
    assert service["ulimits"]["core"] == 0
    assert service["mem_limit"] == service["memswap_limit"]
    assert service["pids_limit"] <= 64
    assert service["restart"] == "always"
    assert all("noexec,nosuid,nodev,size=" in each for each in service["tmpfs"])
    assert all(volume.endswith(":ro") for volume in service.get("volumes", []))
    assert ":" in service["image"] or "build" in service


def test_only_the_proxy_can_be_reached_and_the_store_reaches_nobody():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert SERVICES["store"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_store_and_proxy_keep_no_log():
    drivers = {name: service["logging"]["driver"] for name, service in SERVICES.items()}
    assert drivers == {"worker": "journald", "store": "none", "proxy": "none"}


def test_the_workers_settings_are_taken_and_their_secrets_are_files(tmp_path):
    worker = SERVICES["worker"]
    given = dict(worker["environment"])
    assert given["LINNET_WEBHOOK_URL"] == "${LINNET_WEBHOOK_URL:?}"
    given["LINNET_WEBHOOK_URL"] = "https://notes.example/" + "a" * 22
    for name, text in (("token", "7:" + "a" * 30), ("webhook-secret", "b" * 64), ("secret", "c")):
        (tmp_path / name).write_text(text)
    files = {value for setting, value in given.items() if setting.endswith("_FILE")}
    assert files == {f"/run/secrets/{name}" for name in worker["secrets"]}
    assert set(worker["secrets"]) == set(COMPOSE["secrets"])
    moved = {name: value.replace("/run/secrets", str(tmp_path)) for name, value in given.items()}
    settings = read_settings(moved)
    assert (settings.telegram_mode, settings.store) == ("webhook", "redis://store:6379")


@pytest.mark.parametrize("name", ["worker", "store"])
def test_who_answers_no_more_is_noticed(name):
    assert SERVICES[name]["healthcheck"]["retries"] == 3
