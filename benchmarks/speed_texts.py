"""Invented news articles of any length, the same at every run.

An article of given length is made of paragraphs with names, numbers, quotations and positions at about
the density of tests/articles; names are drawn anew for each paragraph, so that a long one is no short one
repeated.
"""

from __future__ import annotations

import random

# fmt: off
FIRST = [
    "Ana", "Bram", "Clara", "Dario", "Elin", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Keiko", "Lars",
    "Mira", "Nils", "Olga", "Pablo", "Rosa", "Samir",
]
LAST = [
    "Abell", "Brandvik", "Castellan", "Dorrego", "Eklund", "Fontaine", "Garrick", "Hollis", "Ibsen", "Jarvis",
    "Kestner", "Lindqvist", "Morrow", "Norgate", "Okafor", "Pereira", "Quist", "Ravn", "Solberg", "Tamm",
    "Urquiza", "Vesely", "Whitlock", "Yilmaz", "Zander",
]
TOWNS = [
    "Aldermouth", "Brickwell", "Castrella", "Dunmarsh", "Eastvale", "Fernholm", "Gullhavn", "Harrowby",
    "Isenfeld", "Jarnby", "Kalvik", "Lowmere", "Marisol", "Norddal", "Ostrava", "Port Quill", "Redmoor",
    "Silverton", "Tarnow",
]
BODIES = [
    "Harbour Board", "Northern Rail", "Teachers' Union", "Ministry of Health", "Copper Works", "City Council",
    "Water Authority", "Farmers' League", "National Bank", "Coast Guard", "Supreme Court", "Film Institute",
]
MATTERS = [
    "the new timetable", "a tax on parking", "the closure of the clinic", "longer shifts",
    "the sale of the old docks", "a ban on night flights", "the bridge toll", "free school meals",
]
# fmt: on

PARAGRAPHS = (
    "{body} of {town} said on {day} that it would cut {n} jobs by {year}, after losses of ${k} million. "
    '"We have looked at every other way," said {name}, who leads it. "There is none."',
    "About {n} people marched through {town} on {day} against {matter}. {name}, a nurse, carried a sign that "
    "she had painted in {m} minutes. Police counted {k} officers on duty and no arrests.",
    "{name}, the mayor of {town}, welcomed {matter} and promised {k} million euros for it. {other}, who "
    'leads the opposition, called it "a gift to those who need none".',
    "In {town}, {k} per cent of {n} households were without power for {m} hours. {body} blamed a storm that "
    "had brought winds of {j} km/h. {name} thanked the crews.",
    "{body} rejected {matter} by {m} votes to {k}. {name} of {town} had argued that it would cost more than "
    '{j} jobs. "Nobody asked the people who would pay," {other} told reporters.',
    "Scientists in {town} have counted {n} seabirds, twice as many as in {year}. {name}, who led the work, "
    "said that {m} of {k} colonies had grown. {body} paid for the survey.",
    "{name} and {other} were both born in {town}, {m} years apart. They met when {body} invited them to "
    'speak about {matter}. "I was against it," {name} said, "and I still am."',
    "The trial of {m} managers of {body} began in {town} on {day}. They are said to have hidden ${k} "
    "million. {name}, their lawyer, denied it. A ruling is not expected before {year}.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def make_text(characters: int, seed: int = 1) -> str:
    """An article of at most `characters` characters, and less than one paragraph shorter."""
    chance = random.Random(seed)
    text = f"News from {chance.choice(TOWNS)}: what the week brought"
    while True:
        longer = f"{text}\n\n{make_paragraph(chance)}"
        if len(longer) > characters:
            break
        text = longer
    for sentence in longer[len(text) :].split(". ")[:-1]:  # then sentence by sentence
        joint = "" if sentence.startswith("\n") else " "
        if len(text) + len(joint + sentence) + 1 > characters:
            break
        text += f"{joint}{sentence}."
    return text


def make_paragraph(chance: random.Random) -> str:
    """Two to four sentences with new names."""
    people = [f"{chance.choice(FIRST)} {last}" for last in chance.sample(LAST, 2)]
    return chance.choice(PARAGRAPHS).format(
        body=f"The {chance.choice(BODIES)}",
        town=chance.choice(TOWNS),
        name=people[0],
        other=people[1],
        matter=chance.choice(MATTERS),
        day=chance.choice(DAYS),
        year=chance.randint(1995, 2031),
        n=f"{chance.randint(110, 9900):,}",
        m=chance.randint(2, 40),
        k=chance.randint(41, 99),
        j=chance.randint(100, 190),
    )
