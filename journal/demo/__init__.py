"""The demo school: one named cast for the demo, the tests and the screenshots.

Everything here is invented. No real person, address or number is in it: e-mail addresses end in
``example.org`` and telephone numbers come from the range that Ofcom keeps for drama (07700 900xxx).

What is where (plain data; no database code, no Flask, nothing heavy to import):

``journal.demo.shapes``     the frozen dataclasses, from School to Cast
``journal.demo.secrets``    pass phrases and passwords of the demo accounts, the same on every machine
``journal.demo.people``     schools, classes, pupils, grown-ups, family links
``journal.demo.entries_*``  what the pupils made, by class
``journal.demo.comments``   what people wrote back
``journal.demo.hostile``    entries and comments whose words try to break a page
``journal.demo.content``    ``cast()``; ``BASE``, the day that "days ago" counts from; ``art_path(name)``

``cast()`` returns a ``Cast`` of tuples: ``schools, groups, pupils, grownups, links, entries, comments``.
Everybody and everything has a short key (``"maya"``, ``"nadia"``, ``"snail-hotel"``), unique among its
kind; pupils and grown-ups share one set of keys, so that a key alone names an author.

Times are ``days_ago`` (whole days before the day the demo is made) with a clock time ``at``. A loader
turns them into instants; it may use ``BASE`` for fixed dates.
"""
