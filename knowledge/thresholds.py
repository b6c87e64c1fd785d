"""The numbers by which a message is judged, chosen on messages of writers whom the model did not know.

A share is a likelihood from 0 to 1 among several; a margin is the classifier's own verdict, above 0: yes; outside is
how much more than the best of our categories something else is; a likeness goes from 0 to 1: the same phrase.
"""

SHARPNESS = 5.0
"""Factor that turns scores into likelihoods."""
SHARPNESS_ELSEWHERE = 4.0
"""The same in another house than ours."""
NEARNESS = 1.5
"""How much the nearest phrases of a label count beside the classifier's margin in its score."""
IDENTICAL, SAID_SO = 0.98, 0.1
"""From this likeness on a text is a known phrase, whose label then leads by so much."""
KINSHIP_WEIGHT = 1.5
"""How much our own model counts in another house's scores."""
NEAR_BESIDE_JUDGE, NEAR_ALONE = 0.35, 0.12
"""Likeness to a phrase of another house from which on a message is its business: beside our judge, without it."""

# --- is it a report, and of what ---------------------------------------------------------------------
MIN_KNOWN_SHARE = 0.25
"""The share of a text's features that must be known for anything to be near."""
MAX_OUTSIDE = -0.3
"""From here on something else outweighs the best category: a message is none of the directorate's business …"""
PLAIN_SCORE = 0.1
"""… unless a category has so high a score of its own: then it is asked about …"""
SURELY_OUTSIDE = 0.3
"""… or something else outweighs even that."""
SUGGEST_MIN_SHARE = 0.75
"""From this likelihood on the best category is suggested; below it is asked."""
SUGGEST_MAX_OUTSIDE = -0.4
"""How far everything else must be behind for a category to be suggested."""
SUGGEST_MIN_SCORE = -0.1
"""The score that a category must have to be suggested, however far the others are."""
SUGGEST_MIN_WORDS = 2
"""Telling words without which a category is asked about ("mail", "sistem çalışmıyor") …"""
SAME_PHRASE = 0.9
"""… unless the text is, from this likeness on, a known phrase."""
BEYOND_MIN_WORDS = 4
"""Words, beside what is told to be fine, that can say what a message is about …"""
BEYOND_MIN_SHARE, BEYOND_MIN_SCORE = 0.8, 0.0
"""… and how plainly they must name a category of ours; …"""
BEYOND_MIN_OUTSIDE = 0.0
"""… or something else, from here on."""
MIN_CANDIDATES, MAX_CANDIDATES = 3, 5
"""How many categories are named: the least always, more of them while they are likely enough."""
CANDIDATE_MIN_SHARE = 0.02
"""The likelihood of a category that is named beyond the least number."""

# --- is it an answer, a greeting, thanks ---------------------------------------------------------------
INTENT_MIN_SHARE = 0.5
"""The share of an intent from which on a message is taken for it, among all labels."""
INTENT_MIN_SHARE_REFUSED = 0.33
"""The same of a message that is none of ours, among what is not ours."""
FAULT_MAX_OUTSIDE, FAULT_MIN_SCORE = -0.3, 0.3
"""How a fault told beside an answer must stand out ("hâlâ aynı, yazıcı basmıyor")."""
