"""Arguments and result of the stream-management clients."""

import json
import os

from shared import arguments


def parser(description):
    result = arguments(description.splitlines()[0], ["send", "receive"])
    result.add_argument("--out", required=True, help="file for the result")
    result.add_argument("--count", type=int, default=1000, help="messages")
    result.add_argument("--rate", type=float, default=100, help="messages a second, at random intervals")
    result.add_argument("--window", type=int, default=100, help="at most that many unacknowledged")
    result.add_argument("--ask-every", type=int, default=5, help="messages between requests for an acknowledgement")
    result.add_argument("--cut-every", type=float, default=0, help="cut the own connection after that many seconds on average")
    result.add_argument("--linger", type=float, default=2, help="seconds to wait for surplus messages at the end")
    result.add_argument("--deadline", type=float, default=300, help="seconds for all of it")
    return result


def write_result(path, **values):
    with open(path + ".new", "w") as file:
        json.dump(values, file)
    os.replace(path + ".new", path)
    summary = {key: len(value) if isinstance(value, list) else value for key, value in values.items()}
    print("result:", json.dumps(summary), flush=True)
