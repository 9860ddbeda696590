"""Names for people, places and schools, put together so as to be nobody's and nowhere's."""

from __future__ import annotations

from typing import Final

AUTHORITY_CODE: Final = "999"
AUTHORITY: Final = "Marlshire (made-up)"
BEYOND_CODE: Final = "998"
BEYOND: Final = "Beyond Marlshire (made-up)"


def _list(text: str, separator: str | None = None) -> list[str]:
    return text.split(separator)


BOYS: Final = _list(
    "Adam Aidan Albie Alfie Amir Arlo Arthur Ben Caleb Callum Charlie Cormac Daniel David Dylan Eddie Elias Ellis Ethan "
    "Ezra Felix Finn Frankie Freddie Gabriel George Hamza Harris Harry Hassan Hugo Ibrahim Idris Isaac Jack Jacob Jamal "
    "James Jay Joel Joseph Josh Jude Kai Kieran Leo Levi Liam Logan Louis Lucas Luke Malik Mason Matteo Max Mohammed "
    "Nathan Noah Oliver Omar Oscar Otis Owen Ravi Reuben Riley Robin Rohan Ronnie Rory Ryan Samuel Sebastian Stanley "
    "Tariq Theo Thomas Toby Tommy Victor Vikram William Yusuf Zachary"
)
GIRLS: Final = _list(
    "Abigail Ada Aisha Alice Amelia Amira Ana Anika Annie Ava Beatrice Bella Bethany Carys Charlotte Chloe Clara Daisy "
    "Delilah Edith Eliza Ella Elsie Emily Emma Erin Esme Eva Evie Farah Fatima Florence Freya Georgia Grace Hana Hannah "
    "Harriet Imani Imogen Iris Isla Ivy Jasmine Jess Juniper Kiran Lara Layla Leah Lily Lola Lucy Luna Maisie Maria "
    "Martha Matilda Maya Mia Millie Molly Nadia Naomi Nia Niamh Nina Olive Olivia Orla Penelope Phoebe Poppy Priya Rosa "
    "Rose Ruby Sadia Safiya Sara Sienna Sofia Sophie Summer Thea Willow Yasmin Zara Zoe"
)
SURNAME_STARTS: Final = _list(
    "Amber Apple Arrow Ash Barley Bell Birch Bracken Bram Brindle Brook Bur Cinder Clover Cobble Copper Crane Cress "
    "Dapple Dove Drift Dun Elder Ember Fairn Fallow Farthing Fen Fern Finch Flax Fox Frost Garn Glen Gold Gorse Grain "
    "Gull Hawk Hazel Heron Holly Hop Ivy Jasper Juniper Kestrel Kettle Lark Laurel Linden Loam Lock Maple Marl Meadow "
    "Merle Mill Moss Nettle Oak Oat Orchard Otter Pebble Pepper Pine Plum Quill Quince Rill Robin Rowan Rush Saffron "
    "Sedge Shell Silver Skylark Sloe Sorrel Spindle Starling Stone Swift Tansy Tarn Teal Teasel Thatch Thistle Thorn "
    "Thrush Tidal Vale Velvet Vetch Wain Wick Willow Wind Wood Wren Yarrow"
)
SURNAME_ENDS: Final = _list(
    "acre bank beck bourne brook by combe croft dale den fell field ford gate grove ham haven hill holt hurst ley mere "
    "more ridge royd shaw stead ton wade ward well wick worth yard"
)
TOWN_STARTS: Final = _list(
    "Marl Quill Thistle Ember Larks Pebble Bramble Wrens Teasel Fennel Copper Juniper Saffron Puddle Nettle Sorrel Tansy "
    "Brindle Cobble Dapple Kettle Spindle Vetch Yarrow"
)
TOWN_ENDS: Final = _list("haven combe mere minster stoke gate holt den port bridge")
STREETS: Final = _list(
    "Alder Lane,Barn Hill,Beacon Road,Bridge Street,Canal Side,Cherry Tree,Church Meadow,Crossways,Dove House,Elm Bank,"
    "Fairfield,Fern Hollow,Garden Fields,Green Lane,Hawthorn,Heron Way,High Trees,Holly Walk,King's Acre,Larkrise,"
    "Linden Road,Long Meadow,Maple Grove,Market Hill,Mill Pond,Moorside,Nightingale,Northfield,Oakwood,Old Station,"
    "Orchard Way,Park View,Pear Tree,Quarry Bank,Riverside,Rowan Tree,Sandpiper,Southlands,Spring Fields,St Brannock's,"
    "St Wilda's,Stone Cross,Swan Lane,The Limes,Three Ways,Underhill,Valley Road,Water Lane,Well House,Westbrook,"
    "Whitebeam,Willow Bank,Windmill,Woodside,Yew Tree",
    ",",
)
TRUSTS: Final = _list(
    "Kindling Learning Trust,Compass Schools Trust,Longshore Academies,Harvest Education Trust,Lantern Trust,"
    "Tideway Schools,Greenwood Path Trust,Confluence Trust",
    ",",
)
PROVIDERS: Final = ("Stepwise Training", "Next Port Skills", "Open Door Training", "Bright Trades", "Springboard Works")
OTHER_SETTINGS: Final = (
    "Tuition centre, awaiting registration",
    "Hospital school",
    "School in Wales",
    "Online school",
    "Project placement, part of the week",
)
NOT_PLACED: Final = (
    "Moved into the area, awaiting placement",
    "Awaiting a place at the setting named",
    "Medical needs, provision being arranged",
)
TYPE_ONLY: Final = "Type of setting only: college of further education"
