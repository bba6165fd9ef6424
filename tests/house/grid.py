"""Who may open what: a row for each rule and method, a column for each persona. ``test_doors.py`` walks it.

``o`` it opens (a page, a form's answer, a message), ``s`` they are asked to sign in, ``h`` they are asked which hat
they wear, ``-`` there is nothing at that address. The addresses are of Maya's class and of what Maya made: an entry
for her family and teachers, her mother's comment on it, her photo, the portfolio that she ordered; what waits for her
class's teacher; a concern, and a hold. The head covers for the lead, and so reads concerns. The teacher is not one whom
the head named to take portfolios home.
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
accounts.add_passkey POST     s - - o o o o - s o
accounts.ask_new_passkey POST s - - o o o o - s o
accounts.ask_passkey POST     s - - o o o o - s o
accounts.class_code GET       o o o o o o o o o o
accounts.class_code POST      o o o o o o o o o o
accounts.colleague GET        s - - - - o o - s h
accounts.colleague POST       s - - - - o o - s h
accounts.drop_key POST        s - - o o o o - s o
accounts.easier GET           o o o o o o o o o o
accounts.easier POST          o o o o o o o o o o
accounts.forgotten GET        o o o o o o o o o o
accounts.forgotten POST       o o o o o o o o o o
accounts.hats GET             s o o o o o o o s o
accounts.hats POST            s o o o o o o o s o
accounts.home GET             o o o o o o o o o h
accounts.invitation GET       o o o o o o o o o o
accounts.invitation POST      o o o o o o o o o o
accounts.language POST        o o o o o o o o o o
accounts.me GET               s o o o o o o o s h
accounts.new_codes POST       s - - o o o o - s o
accounts.new_colleague GET    s - - - - o o - s h
accounts.new_colleague POST   s - - - - o o - s h
accounts.new_password GET     s - o o o o o - s o
accounts.new_password POST    s - o o o o o - s o
accounts.pass_phrase GET      o o o o o o o o o o
accounts.pass_phrase POST     o o o o o o o o o o
accounts.pick_pupil GET       o o o o o o o o o o
accounts.reset GET            o o o o o o o o o o
accounts.reset POST           o o o o o o o o o o
accounts.second_code GET      s - - o o o o - s o
accounts.second_code POST     s - - o o o o - s o
accounts.second_passkey POST  s - - o o o o - s o
accounts.second_step GET      s - - o o o o - s o
accounts.second_step POST     s - - o o o o - s o
accounts.set_up GET           s - - o o o o - s o
accounts.set_up POST          s - - o o o o - s o
accounts.set_up_picture GET   s - - o o o o - s o
accounts.sign_in GET          o o o o o o o o o o
accounts.sign_in POST         o o o o o o o o o o
accounts.sign_out POST        s o o o o o o o s o
accounts.signed_in GET        s o o o o o o o s o
accounts.signed_in POST       s o o o o o o o s o
accounts.staff_list GET       s - - - - o o - s h
accounts.staff_list POST      s - - - - o o - s h
attachments.face GET          - o o o o o o - - -
attachments.photo GET         s o o o - - - - s h
attachments.tile GET          s o - - - - - - s h
attachments.upload POST       s o o o o o o o s h
breakglass.ask GET            s - - - o - - - s h
breakglass.ask POST           s - - - o - - - s h
breakglass.close POST         s - - - o - - - s h
breakglass.known_of GET       s - - - o o - - s h
breakglass.known_of POST      s - - - o - - - s h
breakglass.look GET           s - - - o - - - s h
breakglass.look_inside GET    s - - - o - - - s h
breakglass.media GET          s - - - o - - - s h
breakglass.opened GET         s - - - o o - - s h
breakglass.seen POST          s o - - - - - - s h
breakglass.why POST           s o - - - - - - s h
consent.download GET          s - - - - o o - s h
consent.mine GET              s o o - - - - o s h
consent.mine POST             s o o - - - - o s h
consent.paper GET             s - - - - o o - s h
consent.paper POST            s - - - - o o - s h
consent.table GET             s - - - - o o - s h
consent.table POST            s - - - - o o - s h
consent.who GET               s o - o - - - - s h
consent.who POST              s o - o - - - - s h
entries.add_photo POST        s o - - - - - - s h
entries.bring_back POST       s o - - - - - - s h
entries.delete POST           s o - - - - - - s h
entries.doors GET             s o - - - - - - s h
entries.doors POST            s o - - - - - - s h
entries.edit GET              s o - - - - - - s h
entries.edit POST             s o - - - - - - s h
entries.gone GET              s o - - - - - o s h
entries.look_as GET           s o - - - - - - s h
entries.make GET              s o - - - - - o s h
entries.make POST             s o - - - - - o s h
entries.my_space GET          s o - - - - - o s h
entries.note GET              s o - - - - - - s h
entries.note POST             s o - - - - - - s h
entries.photo_tile GET        s o - - - - - - s h
entries.save POST             s o - - - - - - s h
entries.show GET              s o o o - - - - s h
entries.take_back POST        s o - - - - - - s h
entries.throw_away POST       s o - - - - - - s h
entries.who GET               s o - - - - - - s h
entries.who POST              s o - - - - - - s h
entries.withdraw POST         s o - - - - - - s h
moderation.answer_read POST   s - - o - - - - s h
moderation.decide GET         s - - o o - - - s h
moderation.decide POST        s - - o o - - - s h
moderation.keys GET           s - - o o - - - s h
moderation.keys POST          s - - o o - - - s h
moderation.news GET           s - - o o - - - s h
moderation.put_away GET       s - - o - - - - s h
moderation.put_away POST      s - - o - - - - s h
moderation.take_back POST     s - - o o - - - s h
moderation.sentences GET      s - - o o - o - s h
moderation.sentences POST     s - - o o - o - s h
moderation.to_read GET        s - - o o - - - s h
moderation.together GET       s - - o o - - - s h
moderation.together POST      s - - o o - - - s h
moderation.school_days GET    s - - - o o o - s h
moderation.school_days POST   s - - - o o o - s h
moderation.who_reads GET      s - - - o - o - s h
moderation.who_reads POST     s - - - o - o - s h
pausing.off POST              s - - - o o - - s h
pausing.page GET              s - - - o o - - s h
pausing.page POST             s - - - o o - - s h
portfolio.anew POST           s o - - - - - - s h
portfolio.file GET            s o - - - - - - s h
portfolio.front GET           s o o - - o - o s h
portfolio.made GET            s o - - - - - - s h
portfolio.order GET           s o o - - o - - s h
portfolio.order POST          s o o - - o - - s h
portfolio.order_class GET     s - - - - o - - s h
portfolio.order_class POST    s - - - - o - - s h
portfolio.put POST            s o - - - - - - s h
portfolio.who_may GET         s - - - - o - - s h
portfolio.who_may POST        s - - - - o - - s h
record.check POST             s - - - o o - - s h
record.file POST              s - - - o o - - s h
record.front GET              s - - - o o - - s h
record.years POST             s - - - - o - - s h
safeguarding.aids GET         s - - - o o - - s h
safeguarding.aids POST        s - - - o o - - s h
safeguarding.concern GET      s - - - o o - - s h
safeguarding.concern POST     s - - - o o - - s h
safeguarding.concerns GET     s - - - o o - - s h
safeguarding.hold GET         s - - - o o - - s h
safeguarding.hold POST        s - - - o o - - s h
safeguarding.holds GET        s - - - o o - - s h
safeguarding.holds POST       s - - - o o - - s h
safeguarding.mine GET         s o o o o o o o s h
safeguarding.more GET         s - - - o o - - s h
safeguarding.paper GET        s - - - o o - - s h
safeguarding.picture GET      s - - - o o - - s h
safeguarding.save POST        s - - - o o - - s h
safeguarding.sent GET         o o o o o o o o o o
safeguarding.times GET        s - - - o o - - s h
safeguarding.times POST       s - - - o o - - s h
safeguarding.worried GET      o o o o o o o o o o
safeguarding.worried POST     o o o o o o o o o o
school.class_page GET         s o o o - - - - s h
school.classes GET            s o o o - - - o s h
school.family_home GET        s - o - - - - - s h
school.help_page GET          o o o o o o o o o o
school.keeping_safe GET       o o o o o o o o o o
school.people GET             s - - - - o o - s h
school.shared_with_me GET     s - - o - - - - s h
school.today GET              s - - o - - - - s h
search.results GET            s o o o o o o o s h
static GET                    o o o o o o o o o o
talk.bring_back POST          s - o - - - - - s h
talk.edit GET                 s - o - - - - - s h
talk.edit POST                s - o - - - - - s h
talk.hide POST                s o o - - - - - s h
talk.say GET                  s o o o - - - - s h
talk.say POST                 s o o o - - - - s h
talk.show GET                 s o o - - - - - s h
talk.show_again POST          s o o - - - - - s h
talk.take_back POST           s - o - - - - - s h
"""

ROWS = {" ".join(line.split()[:2]): line.split()[2:] for line in GRID.strip().splitlines()}
