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
``journal.demo.large``      a school with as many entries as one likes, poured in bulk; ``large_*`` are its parts

``cast()`` returns a ``Cast`` of tuples: ``schools, groups, pupils, grownups, links, entries, comments``.
Everybody and everything has a short key (``"maya"``, ``"nadia"``, ``"snail-hotel"``), unique among its
kind; pupils and grown-ups share one set of keys, so that a key alone names an author.

Times are ``days_ago`` (whole days before ``BASE``) with a clock time ``at``. ``made_at(entry)`` and
``said_at(comment, entry)`` say them as instants, none after ``LATEST``; a loader adds one shift to all of them,
so that ``LATEST`` has passed.

A person with two hats in one school (a teacher who is a parent) writes to their own child as a relative and to
everybody else as a teacher. A decision is made by a teacher of the pupil's class who is not their relative.

Every picture was drawn in code for this project; there is no outside picture. ``sunflower.jpg`` alone lies on its
side and carries a place, a camera and a comment (``tools/demo_gps_photo.py``), so that their removal can be seen.
"""
