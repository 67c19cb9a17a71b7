"""Accepts batches of the statement's form."""
import heapq
import json
import sys

ACCEPT, REJECT = 42, 43


def check(condition, reason):
    if not condition:
        print(reason, file=sys.stderr)
        sys.exit(REJECT)


def whole(value, low, high):
    return type(value) is int and low <= value <= high


def check_job(job):
    check(type(job) is dict and len(job) == 2 and "ms" in job, "a job has ms and one thing more")
    check(whole(job["ms"], 1, 86_400_000), "ms is between 1 and a day")
    if "value" in job:
        check(whole(job["value"], -(2**31), 2**31 - 1), "value is an int")
    else:
        check(type(job.get("error")) is str and len(job["error"]) <= 100, "error is a short text")


def check_ends(jobs, limit):
    """No two jobs end at the same moment while the batch runs as it should."""
    running, now = [], 0
    for job in jobs:
        if len(running) == limit:
            now = heapq.heappop(running)
        end = now + job["ms"]
        check(end not in running, "two jobs end at the same moment")
        heapq.heappush(running, end)


def check_case(line):
    try:
        case = json.loads(line)
    except ValueError as error:
        check(False, f"not JSON: {error}")
    check(type(case) is list and len(case) == 2, "a case is [jobs, limit]")
    jobs, limit = case
    check(type(jobs) is list and len(jobs) <= 1000, "at most 1000 jobs")
    check(whole(limit, 1, 64), "limit is between 1 and 64")
    for job in jobs:
        check_job(job)
    check_ends(jobs, limit)


text = sys.stdin.read()
check(text.endswith("\n") and not text.startswith("\n") and "\n\n" not in text, "one case a line")
for one in text[:-1].split("\n"):
    check_case(one)
sys.exit(ACCEPT)
