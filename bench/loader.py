"""Opens a page over several connections for some seconds, and says how often that went well.

``python -m bench.loader PORT PATH COOKIE CONNECTIONS SECONDS``; prints JSON, ends with 1 for an answer that is no page.
"""

import json
import sys
from http.client import HTTPConnection
from threading import Thread
from time import perf_counter, process_time


def main(port: int, path: str, cookie: str, connections: int, seconds: float) -> int:
    """Load, print what came, and return the exit code."""
    until = perf_counter() + seconds
    counts: list[int] = []
    wrong: list[int] = []

    def visit() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        count = 0
        while perf_counter() < until:
            connection.request("GET", path, headers={"Cookie": cookie, "Connection": "keep-alive"})
            answer = connection.getresponse()
            answer.read()
            count += 1
            if answer.status != 200:
                wrong.append(answer.status)
                break
        counts.append(count)

    began = perf_counter()
    threads = [Thread(target=visit) for _ in range(connections)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    took = perf_counter() - began
    print(json.dumps({"pages": sum(counts), "seconds": took, "cpu": process_time()}))
    if wrong or len(counts) < connections:
        print(f"answered {wrong}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5])))
