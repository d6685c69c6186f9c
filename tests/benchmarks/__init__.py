"""Kwerenda beside other search engines: the same requests on the same generated passages.

    pip install -e '.[bench]'
    python -m tests.benchmarks.peers --passages 100000 --json figures.json
    python -m tests.benchmarks.growth --passages 20000 100000 1000000

The first run derives a vocabulary, which takes a few minutes, and keeps it in the folder for
temporary files. A corpus of a million passages and its indexes take some 10 GB there.
"""
