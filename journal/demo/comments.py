# ruff: noqa: E501 - what people wrote back, one paragraph a line
"""What people wrote back: threads of relatives, teachers, classmates and the child.

A thread lists what was said in the order in which it was said; `to` is the number of the line that is
answered, counted from 1, and 0 for a line that begins something.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from journal.demo.shapes import Comment, CommentFate, Photo

Reach = Literal["family", "everyone"]


@dataclass(frozen=True, slots=True)
class _Said:
    """One line of a thread: who, how many hours after the entry, to whom, what."""

    author: str
    hours: float
    reach: Reach
    words: str
    to: int = 0
    photo: Photo | None = None
    fate: CommentFate = "shown"
    then: str = ""


_THREADS: dict[str, tuple[_Said, ...]] = {
    "snail-hotel": (
        _Said(
            "joe",
            2.5,
            "family",
            "<p>Well, Maya, I have read your snail hotel out loud to the cat and it has made my whole day.</p><p>When I was nine I had a snail called Admiral. He lived in a tobacco tin with holes in the lid and he was the fastest thing in our street, if you had an hour.</p><p><strong>Tell me more about room number five.</strong> Who is in the mud?</p>",
        ),
        _Said(
            "maya",
            14.5,
            "family",
            "ADMIRAL!!! Room 5 is for snails who like mud. There is a baby in there. Can I call it Admiral 2?",
            1,
        ),
        _Said("joe", 15.2, "family", "<p>He would be honoured.</p>", 2),
        _Said(
            "adeyemi",
            14.9,
            "everyone",
            "<p><em>I wonder…</em> how you could find out if the same four guests come back each night? Bring your idea to science on Thursday if you would like to. The lettuces will thank you.</p>",
        ),
        _Said(
            "nani",
            13.0,
            "family",
            '<p>My mint has guests too!</p><p lang="ur" dir="rtl">میری پیاری مایا، شاباش! تم نے گھونگھوں کے لیے اتنا خوبصورت گھر بنایا۔ جب میں چھوٹی تھی تو ہمارے صحن میں بارش کے بعد بہت سارے گھونگھے آتے تھے۔ سب سے چھوٹے مہمان کا نام کیا ہے؟</p>',
            photo=Photo(
                "mint-pot.jpg",
                "My mint has guests too!",
                "A terracotta pot of mint with two snails climbing it",
            ),
        ),
        _Said(
            "maya",
            15.6,
            "everyone",
            "Mr Adeyemi I could put a dot of chalk on their shells. Not paint because it is bad for them.",
            4,
        ),
        _Said(
            "nadia",
            4.0,
            "family",
            "<p>I did not know that you went out with the torch! I love that you thought about what they need and not only about what you wanted to see. What was the hardest room to build? I think you should show me on Wednesday when it gets dark.</p>",
        ),
        _Said(
            "tom",
            4.6,
            "family",
            "<p>For the record, the builder's mate (me) was paid in biscuits. That leaf room took you an <em>hour</em> and you did not grumble once. What would you change in hotel number two?</p>",
        ),
    ),
    "parathas": (
        _Said(
            "nadia",
            3.0,
            "family",
            "<p>I could smell these from the stairs. Nani taught me at the same stove and my first one looked like a shoe, so a sock is very good going. What did you two talk about while the dough was resting?</p>",
        ),
        _Said("maya", 5.0, "family", "She told me about the train with the chickens", 1),
        _Said(
            "nani",
            7.5,
            "family",
            '<p lang="ur" dir="rtl">تمہارا پراٹھا بالکل گول تھا، نانی جھوٹ نہیں بولتی۔ اگلے اتوار کو ہم آلو والا پراٹھا بنائیں گے۔ تم آٹا گوندھو گی اور میں کہانی سناؤں گی۔ کون سی کہانی سننا چاہتی ہو؟</p>',
            2,
        ),
        _Said("maya", 24.0, "family", "the chickens again please نانی", 3),
        _Said("tom", 26.0, "family", "<p>Save me the sock.</p>"),
    ),
    "tomatoes": (
        _Said("priya", 20.0, "everyone", "we did this with mangoes and a bag of rice!! it works with rice too"),
        _Said(
            "oscar",
            21.0,
            "everyone",
            "can you eat the green ones? my gran makes them into jam and it is brown but nice",
        ),
        _Said("maya", 44.0, "everyone", "You can if you cook them. I will bring one for your gran", 2),
        _Said(
            "joe",
            5.0,
            "family",
            "<p>Fourteen! From a balcony! My best year on the allotment I had nine, and that was with a greenhouse and a lot of swearing (at slugs). I have a question for the scientist: does it have to be a banana, or would an apple do? And how will you know that it was the fruit, and not the drawer?</p>",
        ),
        _Said(
            "maya",
            28.0,
            "family",
            "I will put 3 in a drawer with NO banana. That is called a control Grandad",
            4,
        ),
        _Said(
            "l-chen",
            30.0,
            "everyone",
            "<p>As a vet I can confirm that hamsters also prefer the red ones. What happens to the banana in the drawer, does that change too?</p>",
        ),
    ),
    "oscar-snails": (
        _Said(
            "oscar",
            3.0,
            "everyone",
            "its true i did not know. my gran had one in a jar and it woke up and ate a stamp",
        ),
        _Said("maya", 4.5, "everyone", "A STAMP?? what country", 1),
        _Said("oscar", 5.0, "everyone", "Germany", 2),
        _Said(
            "doyle",
            22.0,
            "everyone",
            "<p>Three years without a school dinner! That reminds me of my tortoise, who slept in a box of straw every winter. How do you think a snail knows when it is time to wake up?</p>",
        ),
    ),
    "admiral-2": (
        _Said(
            "joe",
            1.0,
            "family",
            "<p>A promotion from mud to room seven in one week. He will be running the place by Christmas. Do you think that he chose it, or did he just stop there when he got tired? I have done that in hotels.</p>",
        ),
        _Said("maya", 1.8, "family", "he chose it. It has moss", 1),
    ),
    "two-homes": (
        _Said(
            "nadia",
            2.0,
            "family",
            "<p>Thank you for telling us this one. You are the same Maya with both of them, and both of us know it. Shall we think together about what would make Wednesdays easier? You say when.</p>",
        ),
        _Said(
            "tom",
            3.0,
            "family",
            "<p>I read this twice. Green or yellow, I like the person who is holding it. I am ready to listen whenever you want to talk about Wednesdays, or not to talk about them and just go and get chips.</p>",
        ),
        _Said("maya", 25.0, "family", "chips please. then talk a bit", 2),
    ),
    "all-of-us": (
        _Said(
            "nadia",
            1.0,
            "family",
            "<p>Sami, I can see every one of us. What is behind the red door? And who is standing next to you?</p>",
        ),
        _Said(
            "nani",
            2.0,
            "family",
            '<p lang="ur" dir="rtl">سامی جان، میرا دوپٹہ بالکل ٹھیک رنگ کا ہے! تم نے مجھے کتنا بڑا بنایا ہے۔ کیا میں تمہاری طرف دیکھ رہی ہوں؟</p>',
        ),
        _Said("sami", 3.0, "family", "behind the door is a dog", 1),
    ),
    "sami-bridge": (
        _Said(
            "joe",
            2.0,
            "family",
            "<p>A bridge of my own! Red cars only, quite right. I drove over a bridge like that once in a lorry and held my breath the whole way. What would you need to build so that the <strong>big</strong> car can cross?</p>",
        ),
        _Said("sami", 24.0, "family", "more stiks", 1),
        _Said("joe", 25.0, "family", "<p>The best engineers all say that.</p>", 2),
        _Said(
            "lowe",
            22.0,
            "everyone",
            "<p>Sami, I like how you tested it with two cars. Tell me more about where it bent.</p>",
        ),
    ),
    "sami-puddle": (
        _Said("claire", 4.0, "family", "<p>I remember those boots! They had frogs on. Do they still squeak?</p>"),
    ),
    "bramble-bread": (
        _Said("maya", 1.0, "everyone", "did bramble eat the flour or just wear it"),
        _Said("jun", 2.0, "everyone", "just wear it. He is still a bit white", 1),
        _Said(
            "adeyemi",
            15.0,
            "everyone",
            "<p>Listening to bread! I have baked for twenty years and nobody ever told me to knock. <em>I wonder</em> what the sound is before it is ready?</p>",
        ),
        _Said("jun", 18.0, "everyone", "its a thud like a bag. After its a tock like a box", 3),
        _Said(
            "h-noor",
            20.0,
            "everyone",
            "<p>We read this together with a slice of our own canjeero. Jun, please tell your grandfather that Aisha's ayeeyo listens to hers as well: it whispers when it is time to lift it. What else in your kitchen makes a sound when it is done?</p>",
        ),
        _Said(
            "yeye",
            3.0,
            "family",
            "<p>好孩子，你敲得很对。下个星期我们做馒头，面要醒多久，你来告诉我。</p><p>(Mum says to write: Ye-ye says next week <em>you</em> tell him how long the dough must sleep.)</p>",
        ),
        _Said(
            "l-chen",
            3.5,
            "family",
            "<p>There is flour in my car, my bag and my stethoscope. Worth it. What did Ye-ye tell you about the bakery?</p>",
        ),
    ),
    "bramble-lanterns": (
        _Said("priya", 2.0, "everyone", "we have lamps too at diwali!! can bramble come to ours"),
        _Said(
            "aisha",
            3.0,
            "everyone",
            "he wants to but he has to go home with Jun first. He says keep him a sweet",
            1,
        ),
        _Said("oscar", 17.0, "everyone", "what are the round sweets made of"),
        _Said(
            "doyle",
            18.0,
            "everyone",
            "<p>Aisha, the light on Bramble's face is beautiful. Tell me more about the lantern you made. Which bit did you do, and which bit was your ayeeyo's?</p>",
        ),
        _Said(
            "aisha",
            20.0,
            "everyone",
            "I did the blue one and she did all the string because my nots come undone",
            4,
        ),
        _Said(
            "kian",
            189.0,
            "everyone",
            "that is weird. why do they need so many lamps, do a normal thing",
            fate="waiting",
        ),
        _Said(
            "nadia",
            26.0,
            "everyone",
            "<p>Maya read this to us in three voices: Aisha, Ayeeyo and Bramble. Thank you for letting us come to the lanterns from our sofa. Does everyone in the family make one, or do you share?</p>",
        ),
        _Said(
            "ayeeyo",
            5.0,
            "family",
            "<p>Aabo macaan, waad ku mahadsan tahay. You carried the string for your grandmother and you did not complain about my songs. Next time I teach you the second part. Do you remember how it begins?</p>",
        ),
    ),
    "bramble-bus": (
        _Said("ruby", 2.0, "everyone", "I have been on the 14!! did you do upstairs"),
        _Said("rhys", 3.0, "everyone", "it has no upstairs. It has a back", 1),
        _Said(
            "nan-pugh",
            4.0,
            "family",
            "<p>He was no trouble at all, which is more than I can say for you with that bell. I am keeping his ticket in the button tin, so there is a story for it now. Who will tell it, you or me?</p>",
        ),
        _Said("rhys", 22.0, "family", "you start and i do the driver", 3),
    ),
    "bramble-beach": (
        _Said("leo", 3.0, "everyone", "how do you dry a bear"),
        _Said("freya", 4.0, "everyone", "on the radiator for two days. he smelled like soup", 1),
        _Said(
            "k-lund",
            5.0,
            "family",
            "<p>Min skat, you went in to your knees and you told nobody about that part! I was so proud that I forgot the towel. Morfar asks: what did it feel like one minute <em>after</em>?</p>",
        ),
    ),
    "bank-mud": (
        _Said(
            "e-marsh",
            4.0,
            "everyone",
            "<p>They were new on Monday. I have decided that I do not mind, because of the leaf. Where is the stream going to, did you find out?</p>",
        ),
        _Said(
            "s-aldous",
            15.0,
            "everyone",
            "<p>We are following you all from the allotment. It is raining here too, so you are not missing anything dry. Is anybody keeping a list of what has been found in boots?</p>",
        ),
        _Said("ellie", 40.0, "everyone", "one leaf, one stick, one maltesar", 2),
    ),
    "bank-lake": (
        _Said(
            "l-chen",
            2.0,
            "everyone",
            "<p>Tell me more about the heron! Did it move at all, or did it wait for you to go?</p>",
        ),
        _Said(
            "tom",
            2.5,
            "everyone",
            "<p>We read this at tea, twice. The second time we did Mr Adeyemi with a splash.</p>",
        ),
        _Said(
            "harjit",
            20.0,
            "everyone",
            "it was a BIG splash. he lost his hat and Mrs Doyle got it with a paddle",
            2,
        ),
        _Said(
            "sandhu",
            3.0,
            "family",
            "<p>Spaghetti arms, but dry! Baba ji wants to know who was in front and who was steering. He says that the one in front gets the credit and the one behind does the work.</p>",
        ),
        _Said(
            "baba",
            14.0,
            "family",
            '<p lang="pa">ਸ਼ਾਬਾਸ਼ ਪੁੱਤਰ! ਬਹੁਤ ਵਧੀਆ।</p><p>When you come home you will show me with two chairs and a broom.</p>',
        ),
        _Said(
            "adeyemi",
            22.0,
            "everyone",
            "<p>I would like it to be known that I was <em>testing the water</em>. What could the bridge be made of, that it shouts back so well?</p>",
        ),
    ),
    "bank-fire": (
        _Said(
            "s-aldous",
            12.0,
            "family",
            "<p>Noah, you wrote it better than any book: you look at it and you forget to be sad. I kept your porch light on all three nights, just so that you know. What did the burnt half taste like?</p>",
        ),
        _Said("noah", 20.0, "family", "like a bonfire biscuit. thank you for the light", 1),
        _Said("kofi", 15.0, "everyone", "the burnt half IS the best half"),
        _Said("noah", 16.0, "everyone", "i know thats why i said it", 3),
        _Said(
            "doyle",
            18.0,
            "everyone",
            "<p>You helped two other people to feel at home that evening, and I saw it. What helped you first?</p>",
        ),
    ),
    "cats-purr": (
        _Said("kofi", 3.0, "everyone", "does it work on people bones. i broke my arm once"),
        _Said("jun", 4.0, "everyone", "mum says nobody has checked properly", 1),
        _Said(
            "adeyemi",
            20.0,
            "everyone",
            "<p>“A motorbike in a blanket” is the sentence of the week. How could we find out if the purr is higher when she is happy?</p>",
        ),
        _Said(
            "l-chen",
            2.0,
            "family",
            "<p>The patient was paid in tuna. You asked better questions than my students did on Friday. What would you like to listen to next, the rabbit or the very cross hamster?</p>",
        ),
    ),
    "pierogi": (
        _Said(
            "p-kowal",
            2.0,
            "family",
            "<p>Synku, jestem z ciebie dumny. Your edges are better than mine: not one opened. My grandmother made them with a glass with a chip in it, so that every one had a little tail. What shall we put inside next time?</p>",
        ),
        _Said("tomasz", 20.0, "family", "chocolate", 1),
        _Said(
            "p-kowal",
            21.0,
            "family",
            "<p>Your great-grandmother is looking down and she is shaking her head, and she is also hungry.</p>",
            2,
        ),
        _Said("wikt", 5.0, "everyone", "Ugotowane!!! we shout WYPŁYNĘŁY"),
        _Said(
            "a-mazur",
            24.0,
            "everyone",
            "<p>Ninety! In our house we stop at sixty because of the arguing. Tomasz, do you like them boiled or fried on the next day? There is only one correct answer, and Hanna and Wiktoria do not agree on it.</p>",
        ),
        _Said("tomasz", 26.0, "everyone", "fried", 5),
    ),
    "goal-keeper": (
        _Said(
            "t-balogun",
            1.0,
            "family",
            "<p>I take no questions about the filming. My son, you came off that line like a lion. And when their striker fell, you were the one who pulled him up: <strong>that</strong> is the bit that I told your grandmother about. What did you say to him?</p>",
        ),
        _Said("femi", 5.0, "family", "i said good shot. it was", 1),
        _Said(
            "r-balogun",
            3.0,
            "family",
            "<p>Is the face all right?! I am so proud. Ring me from Dad's and tell me save number two, slowly.</p>",
        ),
        _Said("ruby", 4.0, "everyone", "my dad was there he said your face was man of the match"),
        _Said(
            "d-tennant",
            20.0,
            "everyone",
            "<p>We heard the cheer from the pool! What do you think about in the second before the ball comes?</p>",
        ),
    ),
    "haroon-signs": (
        _Said("ellie", 2.0, "everyone", "can you hear music in it too???"),
        _Said("haroon", 3.0, "everyone", "yes but then i can not hear you so only in boring bits", 1),
        _Said(
            "s-mirza",
            2.5,
            "family",
            '<p lang="ur" dir="rtl">میرا بہادر بیٹا! اب کوئی بہانہ نہیں چلے گا، امی کی آواز سیدھی کان میں آئے گی۔</p><p>But tell me truly: what did you hear today that you had never heard before?</p>',
        ),
        _Said("haroon", 20.0, "family", "the fridge", 3),
        _Said(
            "doyle",
            18.0,
            "everyone",
            "<p>Blue was a very good choice. Which places at school are hard to hear in? You could show me and we could write it on the plan together.</p>",
        ),
    ),
    "onam": (
        _Said(
            "k-menon",
            3.0,
            "family",
            "<p>Your ring of marigolds was so even that your great-aunt thought Achan had done it with a compass. He has asked me to say that he would have, but you did it by eye. What was the pattern in your head?</p>",
        ),
        _Said(
            "menon",
            4.0,
            "family",
            "<p>The middle was in the middle. I checked. Twice. What happens to the pattern if you use five rings and only four colours?</p>",
        ),
        _Said("priya", 22.0, "family", "then it never comes out even achan and you will not sleep", 2),
        _Said("aisha", 6.0, "everyone", "this is so pretty. what happens to it after"),
        _Said("priya", 23.0, "everyone", "the wind does it. you are not allowed to be sad", 4),
    ),
    "harjit-langar": (
        _Said("anwen", 3.0, "everyone", "200!!! did you get butter everywhere"),
        _Said("harjit", 4.0, "everyone", "only on me and on a uncle", 1),
        _Said(
            "baba",
            6.0,
            "family",
            "<p>You did not look up for one hour. A man next to me asked, whose boy is that? What is the hardest part of the job that nobody sees?</p>",
        ),
        _Said(
            "adeyemi",
            20.0,
            "everyone",
            "<p>“You cannot be hungry and listen at the same time.” I am going to write that on our wall, if Baba ji will let me. May I?</p>",
        ),
        _Said("harjit", 44.0, "everyone", "he says yes and he says come and eat", 4),
        _Said(
            "c-pugh",
            26.0,
            "everyone",
            "<p>We drive past on Sundays and always wondered what smells so good. Can anybody come?</p>",
        ),
    ),
    "wikt-polish": (
        _Said(
            "babcia",
            3.0,
            "family",
            '<p lang="pl">Wiktorio kochana, przeczytałam Twój list trzy razy i raz sąsiadce. Ja też tęsknię, ale kiedy piszesz, to jakbyś siedziała przy moim stole. Którą piosenkę śpiewałaś? I czy miałaś ciepłą czapkę?</p>',
        ),
        _Said("wikt", 20.0, "family", "Tę o wróbelku! Czapkę miałam Babciu 😀", 1),
        _Said(
            "babcia",
            22.0,
            "family",
            '<p lang="pl">O wróbelku! Śpiewałam ją Twojej mamie, kiedy była mniejsza niż Hania. Nauczę Cię drugiej zwrotki.</p>',
            2,
        ),
        _Said(
            "a-mazur",
            4.0,
            "family",
            "<p>Babcia zadzwoniła do mnie ze łzami w oczach. Dobrze, że piszesz. O czym napiszesz w następnym liście?</p>",
        ),
    ),
    "noah-garden": (
        _Said(
            "s-aldous",
            4.0,
            "family",
            "<p>It is yours for as long as you want it, and I wrote your name on the stick so that the whole allotment knows. Garlic needs nine months, so you will have to tell me in the summer what you want to cook with it. What shall we put next to it?</p>",
        ),
        _Said("noah", 20.0, "family", "something that is quick. Radish", 1),
        _Said(
            "adeyemi",
            18.0,
            "everyone",
            "<p>Planting in winter takes some trust, Noah. What will be the first thing that you look for?</p>",
        ),
        _Said("noah", 42.0, "everyone", "a green dot", 3),
    ),
    "imani-hair": (
        _Said(
            "d-clarke",
            3.0,
            "family",
            "<p>My tongue was <em>resting</em>. Four hours with you is my favourite part of the week. Which film was better company, and why did we both cry at the whale?</p>",
        ),
        _Said("imani", 20.0, "family", "you cried. I had hair in my eye", 1),
        _Said(
            "r-balogun",
            22.0,
            "everyone",
            "<p>Amara says to tell you: oil first, then part, and never trust a video that is under ten minutes. The parting looks so neat. Who taught your dad?</p>",
        ),
        _Said("sofia", 5.0, "everyone", "it looks amazing. my mãe can not even do a pony tail"),
    ),
    "sofia-cake": (
        _Said(
            "m-duarte",
            2.0,
            "family",
            "<p>Filha, you did the whole cake while I looked for the candles. It was not only a nice cake, it was a big thing to do for your sister. What will you do differently for seven?</p>",
        ),
        _Said("sofia", 20.0, "family", "a seven is easy its just a stick with a hat", 1),
        _Said("poppy", 3.0, "everyone", "was there a snail on purpose"),
    ),
    "rosa-six": (
        _Said(
            "lowe",
            16.0,
            "everyone",
            "<p>Happy birthday, Rosa! Tell me more about the very first thing you did when you woke up and were six.</p>",
        ),
        _Said(
            "m-duarte",
            2.0,
            "family",
            "<p>Parabéns, meu amor. It is a six <strong>and</strong> a snail. What can a six do that a five cannot?</p>",
        ),
        _Said("rosa", 20.0, "family", "zips", 2),
    ),
    "yusuf-quran": (
        _Said(
            "omar",
            2.0,
            "family",
            "<p>Maashaa Allah, my son. I rang everybody, and I would ring them again. You worked on the hard ones when nobody was watching, and I was watching. Which sura is your friend now?</p>",
        ),
        _Said("yusuf", 20.0, "family", "the elephant one because of the elephant", 1),
        _Said("haroon", 4.0, "everyone", "mashallah!!! i am on 22"),
        _Said(
            "adeyemi",
            18.0,
            "everyone",
            "<p>37! How do you practise? Is it by hearing, by seeing, or by walking up and down? I learn by walking up and down.</p>",
        ),
        _Said("yusuf", 22.0, "everyone", "walking yes and Hooyo in the kitchen says it back", 4),
    ),
    "poppy-den": (
        _Said("freya", 1.0, "everyone", "i want to be the tester next. I can bounce harder than Arlo"),
        _Said(
            "j-hale",
            3.0,
            "family",
            "<p>The dog would like it known that she is not a “no dog” dog. I saw you take it apart three times and not shout. Well, one time. What made you think of the Y?</p>",
        ),
        _Said("leo", 4.0, "everyone", "can it be rain proof"),
        _Said("poppy", 5.0, "everyone", "it needs more leafs. bring leafs", 3),
        _Said(
            "b-fenn",
            24.0,
            "everyone",
            "<p>We have a bag of leaves as big as Leo and nothing to do on Saturday. Where do we report?</p>",
        ),
    ),
    "leo-rain": (
        _Said(
            "n-fenn",
            2.0,
            "family",
            "<p>I had no idea that you liked those evenings as much as I do. The record stands at you eleven, me four, Dad nil. What is it about the rain?</p>",
        ),
        _Said(
            "b-fenn",
            3.0,
            "family",
            "<p>Nil is a lie, it was one. But yes: let us go back when it rains. What would you pack that we forgot?</p>",
        ),
        _Said("leo", 20.0, "family", "the good torch and nothing else", 2),
        _Said(
            "e-bevan",
            26.0,
            "everyone",
            "<p>Anwen says that the sound is called <em>dropian</em> in our house, which I think she made up. Does it sound the same on your roof at home?</p>",
        ),
    ),
    "anwen-eisteddfod": (
        _Said(
            "taid",
            3.0,
            "family",
            '<p lang="cy">Da iawn ti, cariad! Doeddwn i ddim yn crio. Roedd llwch yn fy llygad i.</p><p>It was dust, and it was only the one eye. Your great-grandmother won that same ribbon in 1931 with a song about a goat. Would you like to learn it?</p>',
        ),
        _Said("anwen", 20.0, "family", "A GOAT. yes please Taid", 1),
        _Said(
            "e-bevan",
            4.0,
            "family",
            "<p>It was both eyes. Rwy'n falch iawn ohonot ti. What did you do with your hands in the second verse? It looked as if you were holding the mouse.</p>",
        ),
        _Said(
            "rhys",
            5.0,
            "everyone",
            "da iawn!! my nan knows that song she says the mouse gets caught in verse four",
        ),
        _Said("anwen", 21.0, "everyone", "I did not do verse four because I like the mouse", 4),
    ),
    "anwen-sheep": (
        _Said(
            "taid",
            2.0,
            "family",
            "<p>The three clever ones have been clever since March. Count their ears next time and halve it.</p>",
        ),
        _Said(
            "l-chen",
            20.0,
            "everyone",
            "<p>I count sheep for a living some weeks, Anwen, and I also get a different number. How does your taid know which of you is right?</p>",
        ),
        _Said("anwen", 24.0, "everyone", "He says the sheep know", 2),
    ),
    "kian-stars": (
        _Said(
            "m-farrokh",
            2.0,
            "family",
            "<p>عزیزم، هفت اورنگ را خودت پیدا کردی.</p><p>I only held the torch. When I was small, my father showed me from the roof, and the roof was still warm from the day. What would <em>you</em> draw with those seven?</p>",
        ),
        _Said("kian", 20.0, "family", "a dog with a very straight tail", 1),
        _Said("freya", 4.0, "everyone", "in danish it is karlsvognen, a cart!!"),
        _Said(
            "adeyemi",
            18.0,
            "everyone",
            "<p>A throne, a plough, a cart, a dog. Shall we ask the whole class what it is called at home, and draw them all on the hall window?</p>",
        ),
        _Said("kian", 21.0, "everyone", "YES. I can do the dots", 4),
        _Said("harjit", 6.0, "everyone", "can I come and look. i have never seen a planet", fate="taken_back"),
    ),
    "leo-guitar": (
        _Said(
            "n-fenn",
            2.0,
            "family",
            "<p>The lines go away and then they come back as something better. I played those same three for a whole summer and my sister moved into the shed. What do you hear in your head when you play them slowly?</p>",
        ),
        _Said("leo", 20.0, "family", "the caravan", 1),
        _Said("kofi", 4.0, "everyone", "lets do it with the drum. doom tak tak doom tak"),
        _Said("leo", 5.0, "everyone", "after school thursday?", 3, fate="waiting"),
    ),
    "kofi-drum": (
        _Said(
            "a-asante",
            3.0,
            "family",
            "<p>Seven o'clock is seven o'clock. But I was dancing in the kitchen at five to. Auntie says that the drum remembers every hand. Whose hands do you think were on it before yours?</p>",
        ),
        _Said("kofi", 20.0, "family", "grandpas and before that a tree", 1),
    ),
    "dilan-ney": (
        _Said(
            "z-demir",
            3.0,
            "family",
            "<p>Canım, your dede told me that it took him forty days to get one note, and he did not get it wrong, he got it <em>early</em>. What does it feel like in your lips just before the sound comes?</p>",
        ),
        _Said("dilan", 20.0, "family", "like when you are nearly going to whistle", 1),
        _Said(
            "tomasz",
            5.0,
            "everyone",
            "can it do happy birthday",
            fate="edited",
            then="can it do happy birthday or only old songs",
        ),
    ),
    "ruby-float": (
        _Said(
            "d-tennant",
            2.0,
            "family",
            "<p>Nine seconds! I will take this to my grave. You are a patient teacher. How did you know that he was ready to let go?</p>",
        ),
        _Said(
            "d-tennant",
            3.0,
            "family",
            "<p>I am told by a voice from the stairs that it was <em>ten</em>. Who was counting?</p>",
        ),
        _Said(
            "g-tennant",
            20.0,
            "family",
            "<p>My two. Will you teach your old dad next? I am a sinker too. What do I do with my legs?</p>",
        ),
        _Said("ruby", 22.0, "family", "pancake Dad. think pancake", 3),
    ),
    "dadi-week": (
        _Said(
            "n-patel",
            3.0,
            "family",
            "<p>I laughed until the tea went cold. You noticed so much that I walked past all week. I knew about the seven of hearts: she did it to me on my wedding day. What do you think she noticed about <em>you</em>?</p>",
        ),
        _Said("dev", 20.0, "family", "that I run with things", 1),
        _Said(
            "iqbal",
            16.0,
            "everyone",
            "<p>Dev, “that is how you know it is a house” made me stop and look at my own drawer. You let small things say big things. If there were a Monday after the last line, what would happen in it?</p>",
        ),
        _Said("dev", 40.0, "everyone", "She rings to ask about the pan", 3),
        _Said("bilal", 5.0, "everyone", "my dada cheats at carrom. it must be allowed when you are old"),
        _Said("dev", 21.0, "everyone", "its like a bus pass", 5),
    ),
    "haniya-debate": (
        _Said(
            "s-mirza",
            3.0,
            "family",
            "<p>Beta, I did not know that you count that as mine. I will sit down for other things too, you only have to ask. What is your argument for the other side? You always have one.</p>",
        ),
        _Said(
            "grant",
            15.0,
            "everyone",
            "<p>You won the room by surprising yourself. Your third reason is the strongest, and you put it last, so people carried it home. How would you answer somebody who has nobody to sit next to them?</p>",
        ),
        _Said("haniya", 20.0, "everyone", "Homework club, and biscuits. That is my fourth reason", 2),
        _Said("bilal", 4.0, "everyone", "your brother told me he does not copy he looks near it"),
    ),
    "amara-hair": (
        _Said(
            "r-balogun",
            3.0,
            "family",
            "<p>Our Sundays! I keep the radio plays for us and nobody else. You said this clearly and kindly, and you said it twice where it needed twice. Who do you most want to read it?</p>",
        ),
        _Said("martha", 5.0, "everyone", "I think I asked one of these once. Sorry. I wont"),
        _Said("amara", 20.0, "everyone", "you did number 3 and you asked nicely. its ok", 2),
        _Said(
            "grant",
            16.0,
            "everyone",
            "<p>Thank you for teaching us, Amara. What <em>is</em> a good thing to say?</p>",
        ),
        _Said("amara", 21.0, "everyone", "“nice hair”", 4),
    ),
    "luca-gnocchi": (
        _Said(
            "p-romano",
            2.0,
            "family",
            "<p>Non una parola, I said! And here are a hundred. Nonna would tell you that soup is gnocchi that got lost. Shall we try with the right potatoes, and you read me the rules?</p>",
        ),
        _Said("luca", 20.0, "family", "rule one go to the shop", 1),
        _Said(
            "n-patel",
            24.0,
            "everyone",
            "<p>The same happened to us with dhokla and the wrong flour. We ate it with spoons. Luca, how do you know by looking that a potato is old enough?</p>",
        ),
    ),
    "niamh-book": (
        _Said("isla", 3.0, "everyone", "which one did you not like. I want to not like it too"),
        _Said(
            "niamh",
            4.0,
            "everyone",
            "the one with the horse who is a detective. It was obviously the donkey",
            1,
        ),
        _Said(
            "iqbal",
            18.0,
            "everyone",
            "<p>A reader who can say why is worth ten who like everything. What would the donkey say in its own book?</p>",
        ),
    ),
    "idris-fell": (
        _Said(
            "g-hughes",
            3.0,
            "family",
            "<p>I said nothing because you were saying it all with your face. I carried you up there in a rucksack when you were two; that morning I could hardly keep up. Where shall we be silent next?</p>",
        ),
        _Said("idris", 20.0, "family", "the sea. At night", 1),
        _Said(
            "grant",
            16.0,
            "everyone",
            "<p>A cloud under you! How would you explain to a Wren why the cloud was down there and the sun up here?</p>",
        ),
        _Said("idris", 23.0, "everyone", "Cold air is heavy so it sits in the valley like a cat", 3),
        _Said(
            "p-romano",
            26.0,
            "everyone",
            "<p>Luca wants to go up a mountain now. He wants to know if there is a train. What did you eat up there?</p>",
        ),
    ),
    "tahmina-bangla": (
        _Said(
            "f-akter",
            3.0,
            "family",
            '<p lang="bn">মা, তোমার দাদু লেখাটা পড়ে খুব হেসেছেন। উনি বলেছেন লাউটা এখন উত্তর দিয়েছে, কাল ছবি পাঠাবেন। তুমি লাউকে কী বলেছিলে?</p>',
        ),
        _Said("tahmina", 20.0, "family", "বলেছি তাড়াতাড়ি বড় হও, আমি আসছি", 1),
        _Said(
            "iqbal",
            16.0,
            "everyone",
            "<p>I cannot read Bengali, so Tahmina read this aloud to me, and now I would like a garden that is spoken to. Would you teach the Herons one word from it each day this week?</p>",
        ),
        _Said("tahmina", 22.0, "everyone", "Yes. Monday is lau, it is a long green pumpkin", 3),
    ),
    "bilal-urdu": (
        _Said(
            "t-hussain",
            3.0,
            "family",
            '<p lang="ur" dir="rtl">بیٹا، تم نے وہ بات دیکھ لی جو بڑے بھی نہیں دیکھتے۔ وہ صاحب روز آتے ہیں۔ اگلے ہفتے تم ان سے پوچھنا کہ وہ بچپن میں کیا کھیلتے تھے۔</p>',
        ),
        _Said("bilal", 20.0, "family", "جی ابو۔ اور میں چائے بناؤں گا", 1),
        _Said(
            "iqbal",
            16.0,
            "everyone",
            '<p lang="ur" dir="rtl">بہت خوب، بلال! آخری جملہ پڑھ کر میں دیر تک سوچتی رہی۔</p><p>The last line is the whole story. Did you know that when you began to write, or did it come?</p>',
        ),
        _Said("bilal", 24.0, "everyone", "it came when I wrote battery the second time", 3),
    ),
    "martha-brother": (
        _Said(
            "r-webb",
            2.0,
            "family",
            "<p>Sunday, seven o'clock, kettle on, laptop shut. You do realise that it is the best call of my week as well? So: I am waiting. What happened with the crossing?</p>",
        ),
        _Said("martha", 3.0, "family", "They WROTE BACK. Ring me", 1),
    ),
    "martha-letter": (
        _Said(
            "s-webb",
            4.0,
            "family",
            "<p>You timed it four times. Four! I am so proud of how you put it: more patient. Who else could sign it?</p>",
        ),
        _Said("haniya", 5.0, "everyone", "I will sign it and I can make a graph"),
        _Said(
            "grant",
            16.0,
            "everyone",
            "<p>Evidence, politeness and a number. I would say yes if I were the council. What will you do if they say no?</p>",
        ),
        _Said("martha", 22.0, "everyone", "write to the man above them", 3),
    ),
    "dev-diwali": (
        _Said(
            "n-patel",
            2.0,
            "family",
            "<p>Thirteen steps, one match, much wind. I have the best two seconds on my phone and in my head. Shall we ask Dadi how they did it before there were lighters?</p>",
        ),
        _Said("jaspreet", 4.0, "everyone", "ours blew out too!! happy bandi chhor divas"),
    ),
    "isla-loch": (
        _Said(
            "grant",
            3.0,
            "family",
            "<p>(Mum here, not Ms Grant.) Your gran still talks about the noise that you made. I have gone in by accident for forty years. What did you say to yourself before you went right under?</p>",
        ),
        _Said("isla", 20.0, "family", "i said sorry to my feet", 1),
    ),
    "adaeze-hair": (
        _Said(
            "c-obi",
            2.0,
            "family",
            "<p>Click, click, click at bedtime! Daddy heard twenty-two clicks. What colour shall we choose next?</p>",
        ),
        _Said("adaeze", 20.0, "family", "all the colors", 1),
    ),
    "tobi-drum": (
        _Said(
            "adeyemi",
            3.0,
            "family",
            "<p>(Daddy, not Mr Adeyemi.) Grandpa's drum also says “come and eat”. You have never once been late for that one. What would you like it to say next?</p>",
        ),
        _Said("tobi", 20.0, "family", "it should say no bed", 1),
        _Said(
            "y-adeyemi",
            4.0,
            "family",
            "<p>It should not. But teach me the two beats of your name. High then low, or low then high?</p>",
        ),
        _Said(
            "lowe",
            16.0,
            "everyone",
            "<p>We all want to know what our names sound like, Tobi. Could you try Sami's?</p>",
        ),
    ),
    "nia-buwch": (
        _Said(
            "taid",
            2.0,
            "family",
            "<p>Your sister taught you that word, and I taught her, and my mam taught me under the same hedge. Who will you teach it to?</p>",
        ),
        _Said(
            "e-bevan",
            3.0,
            "family",
            "<p>Buwch goch gota, you said it all the way home. How many spots does your little red cow have?</p>",
        ),
        _Said("nia", 20.0, "family", "5 and a haf", 2),
        _Said(
            "a-malik",
            24.0,
            "everyone",
            "<p>Zain says that in Urdu it is <em>beer bahuti</em>. We went out to look for one and found a snail. Where do they hide when it rains, Nia?</p>",
        ),
    ),
    "bertie-moon": (
        _Said(
            "o-cole",
            2.0,
            "family",
            "<p>It follows my car because my car has you in it. Shall we drive the other way on Sunday and see if it turns round?</p>",
        ),
        _Said("bertie", 20.0, "family", "yes trick it", 1),
    ),
    # --- Saltmarsh
    "ailsa-ferry": (
        _Said(
            "i-munro",
            5.0,
            "family",
            "<p>Four seconds on the horn and you wrote it up better than the harbour office. The gulls have complained. What do you see from the bridge that you cannot see from the deck?</p>",
        ),
        _Said("ailsa", 20.0, "family", "the curve", 1),
        _Said("connor", 6.0, "everyone", "i heard it at my house!!!"),
        _Said(
            "menon",
            18.0,
            "everyone",
            "<p>“They fly off, but it looks like falling.” What a careful eye. How far away do you think that the sound can be heard? How might the Terns measure it?</p>",
        ),
    ),
    "connor-mum": (
        _Said(
            "menon",
            15.0,
            "everyone",
            "<p>Thank you for telling me, Connor. Being good at waiting is a real skill. Would you like to keep a page here for the things that you want to tell her when she is home?</p>",
        ),
        _Said("connor", 20.0, "everyone", "yes. can it have a lock", 1),
    ),
    "yara-arabic": (
        _Said(
            "jiddo",
            3.0,
            "family",
            '<p lang="ar" dir="rtl">حبيبتي يارا، قرأت رسالتك بصوت عالٍ لجدتك وبكينا من الفرح. خطك أجمل من خط أبيك حين كان في عمرك. احفظي لي قطعة، وأخبريني: من علّمك أن تكتبي كلمة الزعتر؟</p>',
        ),
        _Said("yara", 20.0, "family", "ماما علمتني. سأخبئ لك قطعة كبيرة", 1),
        _Said(
            "r-haddad",
            4.0,
            "family",
            "<p>There is za'atar in the piano. I do not ask how. What shall we bake for the day that Jiddo comes?</p>",
        ),
        _Said(
            "menon",
            18.0,
            "everyone",
            "<p>Yara read this to me at break, and I followed the letters from right to left with my finger. Which letter do you like to write most?</p>",
        ),
    ),
    "shanice-choir": (
        _Said(
            "k-brown",
            3.0,
            "family",
            "<p>I watched your knees and I listened to your voice, and I know which one won. Auntie Pearl has played it to her whole bus. What did you think about in the long breath before line three?</p>",
        ),
        _Said("shanice", 20.0, "family", "I thought do not look at Auntie Pearl", 1),
        _Said("gwen", 5.0, "everyone", "you are so brave i can only sing on the step"),
    ),
    "amina-garden": (
        _Said(
            "n-siddiqui",
            3.0,
            "family",
            "<p>Three lives, that is the rule of the house. Your dada's umbrella is on its fourth. What do you think that the teapot wants to be?</p>",
        ),
        _Said("amina", 20.0, "family", "a house for a mouse with a spout for a chimny", 1),
        _Said("rafi", 5.0, "everyone", "a hat for a snowman"),
    ),
    "theo-pasty": (
        _Said(
            "j-pellow",
            2.0,
            "family",
            "<p>A plus! I ought to have known. Next week you do the letters and I shall eat whatever I am given. How do you write an ampersand in pastry?</p>",
        ),
        _Said("gwen", 4.0, "everyone", "at ours granfer gets two corners"),
    ),
    "maya-t-shell": (
        _Said(
            "v-thorne",
            3.0,
            "family",
            "<p>You spotted it when four grown-ups had walked past. Where do you think it was when it was alive?</p>",
        ),
        _Said("maya-t", 20.0, "family", "in a sea that is now a car park", 1),
        _Said(
            "menon",
            16.0,
            "everyone",
            "<p>Older than the dinosaurs, and it lives in a glove. Would it like to visit the Terns on Friday? It may bring the glove.</p>",
        ),
    ),
}

COMMENTS = tuple(
    Comment(
        f"{entry}.{number}",
        entry,
        said.author,
        said.words,
        said.hours,
        said.reach,
        f"{entry}.{said.to}" if said.to else "",
        said.photo,
        said.fate,
        said.then,
    )
    for entry, thread in _THREADS.items()
    for number, said in enumerate(thread, 1)
)
