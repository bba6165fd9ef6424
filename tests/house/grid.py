"""Who may open what: a row for each rule and method, a column for each persona. ``test_doors.py`` walks it.

``o`` it opens (a page, a form's answer, a message), ``s`` they are asked to sign in, ``h`` they are asked which hat
they wear, ``-`` there is nothing at that address. The addresses are of Maya's class and of what Maya made: an entry
for her family and teachers, her mother's comment on it, her photo; what waits for her class's teacher; a concern.
"""

PERSONAS = (
    "out",  # signed out
    "pupil",  # Maya, whose entry it is
    "relative",  # her mother
    "teacher",  # the teacher of her class
    "lead",
    "head",
    "office",
    "other",  # a pupil of the other school
    "ended",  # somebody whose memberships have all ended
    "hatless",  # signed in, and still choosing a hat
)

GRID = """
"""

ROWS = {line.rsplit(maxsplit=len(PERSONAS))[0]: line.split()[2:] for line in GRID.strip().splitlines()}
