"""A process that uses the embedded server, told by its standard input what to do; run as a script by the tests.

It answers in JSON, one line each: on entering with dsn and pid, to `ensure` with what `ensure_running` found, to
`leave` when it has left. As root it can become an ordinary user first, for which everything is imported beforehand:
that user may not be able to read the interpreter's folders.
"""

import argparse
import codecs
import json
import os
import sys
from pathlib import Path

from adapters.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresFailed


def say(**said: object) -> None:
    sys.stdout.write(f"{json.dumps(said)}\n")
    sys.stdout.flush()


def become(uid: int, gid: int) -> None:
    codecs.lookup("ascii")
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def use(server: EmbeddedPostgres) -> None:
    with server:
        say(dsn=server.dsn, pid=server.pid)
        for line in sys.stdin:
            if line.strip() == "leave":
                break
            say(died=server.ensure_running(), dsn=server.dsn, pid=server.pid)
    say(left=True)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("data_dir", type=Path)
    asked.add_argument("--state-dir", type=Path, required=True)
    asked.add_argument("--fast", action="store_true")
    asked.add_argument("--bin-dir", type=Path)
    asked.add_argument("--become", type=int, nargs=2)
    given = asked.parse_args()
    if given.become is not None:
        become(*given.become)
    try:
        chosen = {"bin_dir": given.bin_dir, "state_dir": given.state_dir, "fast_for_tests": given.fast}
        use(EmbeddedPostgres(given.data_dir, **chosen))
    except EmbeddedPostgresFailed as failed:
        say(failed=str(failed))


if __name__ == "__main__":
    main()
