"""The numbers by which a message is judged, fitted on messages of writers whom the model did not know.

A share is a likelihood from 0 to 1 among several; a margin is the classifier's own verdict, above 0: yes; a likeness
goes from 0 to 1, where 1 is the same phrase.
"""

SHARPNESS = 5.0
"""Factor that turns scores into likelihoods."""
SHARPNESS_ELSEWHERE = 4.0
"""The same in another house than ours."""
KINSHIP_WEIGHT = 1.5
"""How much our own model counts in another house's scores."""
NEAR_BESIDE_JUDGE, NEAR_ALONE = 0.35, 0.12
"""Likeness to a phrase of another house from which on a message is its business: beside our judge, without it."""

# --- is it a report, and of what ---------------------------------------------------------------------
MIN_KNOWN_SHARE = 0.25
"""The share of a text's features that must be known for anything to be near."""
MIN_OURS = 0.48
"""Below this likelihood a message is none of the directorate's business."""
SUGGEST_MIN_SHARE = 0.6
"""From this likelihood on the best category is suggested; below it is asked."""
SUGGEST_MIN_OURS = 0.7
"""How likely a message must be our business for a category to be suggested."""
SUGGEST_MIN_MARGIN = -0.45
"""What the classifier must say of a category for it to be suggested, however far the others are."""
SUGGEST_MIN_WORDS = 2
"""Telling words without which a category is asked about ("mail", "sistem çalışmıyor") …"""
SAME_PHRASE = 0.9
"""… unless the text is, from this likeness on, a known phrase."""
MIN_CANDIDATES, MAX_CANDIDATES = 3, 5
"""How many categories are named: the least always, more of them while they are likely enough."""
CANDIDATE_MIN_SHARE = 0.02
"""The likelihood of a category that is named beyond the least number."""

# --- is it an answer, a greeting, thanks ---------------------------------------------------------------
INTENT_MIN_SHARE = 0.5
"""The share of an intent from which on a message is taken for it, among all labels."""
INTENT_MIN_SHARE_REFUSED = 0.33
"""The same of a message that is none of ours, among what is not ours."""
FAULT_MIN_OURS, FAULT_MIN_MARGIN = 0.85, -0.2
"""What the judge and the classifier must say of a fault told beside an answer ("hâlâ aynı, yazıcı basmıyor")."""

# --- is there a second problem in it -------------------------------------------------------------------
SECOND_MIN_SHARE = 0.9
SECOND_MIN_MARGIN = 0.0
"""How plainly a part must report a category for itself: of two messages put together 50 in 100 are then parted
rightly and 6 wrongly, of single ones 3 in 100 are taken for two (0.7 without a margin: 64, 13 and 11)."""
SECOND_MIN_WORDS = 3
"""Words of a part that may report something for itself."""
SECOND_MAX_CLAUSES = 8
"""Parts of a message that are looked at."""
