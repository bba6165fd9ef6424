"""The bench: how fast the house is, measured in one run, each row beside its limit.

``python -m bench`` (``make bench``) measures every subject, prints the table, and writes ``bench/results.json`` and
``bench/results.md``. A row never fails the run: it says whether its limit holds.

``BENCH_ONLY``   subjects to measure, by name with commas between: feed,pages,served,photos,search,export
``BENCH_DIR``    where databases are kept from run to run (default ``bench/.data``; may be deleted at any time)
``BENCH_FULL``   1 for schools of 1,000,000 entries as well (SQLite: about 15 GB)
``BENCH_SIZES``  other sizes of schools, with commas between: 1000,10000

What is where: ``rows`` a row and the tables made of rows; ``machine`` what runs the bench and how steady it is;
``schools`` the databases; ``timing`` the time that is spent in a database; ``visits`` one request in process;
``served`` requests over loopback; then a module for each subject.
"""
