"""Work of this room."""


def send_reset_letter(session, house, about):
    raise NotImplementedError
