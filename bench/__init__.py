"""What is measured, beside what it is measured against, in the same run on the same machine.

`make bench` runs everything on SQLite and on PostgreSQL and writes `bench/results/latest.json`;
`make bench ONLY=home` runs one. Traffic stays on 127.0.0.1, bounded in clients and time.
To add a measure, add a `Page` to `pages.py`. No test asserts a time.
"""
