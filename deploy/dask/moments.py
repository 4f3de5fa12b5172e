#!/usr/bin/env python3
"""Moments of files by Dask: moments.py SCHEDULER N "data/*.parquet" all.moments [options of plumb moments].

Workers need the command plumb, the data and the folder of the parts under the same names. A worker that dies has its
parts made again by another.
"""
import os
import subprocess
import sys

from distributed import Client, as_completed


def make(plumb, data, part, output, options):
    """Writes the moments of one part; what is there already is not made again."""
    subprocess.run([plumb, "moments", data, "--part", part, "--resume", "-o", output, *options], check=True)
    return output


def main(scheduler, count, data, output, *options):
    plumb = os.environ.get("PLUMB", "plumb")
    parts = os.path.abspath(output + ".parts")
    os.makedirs(parts, exist_ok=True)
    with Client(scheduler) as client:
        made = [client.submit(make, plumb, data, f"{k}/{count}", f"{parts}/{k}.moments", options, retries=3, pure=False)
                for k in range(1, int(count) + 1)]
        for _ in as_completed(made, raise_errors=True):
            pass
        client.gather(made)
    subprocess.run([plumb, "merge", f"{parts}/*.moments", "-o", output], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
