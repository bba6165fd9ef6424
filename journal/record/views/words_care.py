"""The acts of safeguarding leads in plain words."""

from journal.saying import gettext as _

CARE = {
    "open_unshared": lambda: _("Opened what was not shared with them"),
    "look_unshared": lambda: _("Looked at something that was not shared with them"),
    "list_unshared": lambda: _("Looked through what is opened"),
    "close_unshared": lambda: _("Closed what was opened"),
    "tell_unshared": lambda: _("Told the child that it was opened"),
    "leave_untold": lambda: _("Decided not to tell the child yet"),
    "read_told": lambda: _("Read that it was opened"),
    "ask_why": lambda: _("Asked why it was opened"),
    "tell_worry": lambda: _("Told of a worry"),
    "read_worry": lambda: _("Read a concern"),
    "answer_worry": lambda: _("Answered a concern"),
    "note_worry": lambda: _("Wrote a note about a concern"),
    "move_worry": lambda: _("Changed where a concern stands"),
    "pass_worry_on": lambda: _("Passed a concern to somebody outside"),
    "take_worry": lambda: _("Said who takes care of a concern"),
    "add_step": lambda: _("Wrote down what is to be done about a concern"),
    "finish_step": lambda: _("Did what was to be done about a concern"),
    "join_worries": lambda: _("Joined two concerns"),
    "name_in_worry": lambda: _("Named whom a concern is about"),
    "print_worry": lambda: _("Printed a concern"),
    "export_worry": lambda: _("Saved a concern as a file"),
    "set_worry_times": lambda: _("Changed when concerns are read"),
    "name_second_lead": lambda: _("Named the second who reads concerns"),
    "put_hold": lambda: _("Put a hold on"),
    "review_hold": lambda: _("Looked at a hold again"),
    "take_hold_off": lambda: _("Took a hold off"),
}
