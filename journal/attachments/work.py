"""Work of this room."""


def make_sizes(session, house, about):
    raise NotImplementedError


def remove_photo(session, house, about):
    raise NotImplementedError
