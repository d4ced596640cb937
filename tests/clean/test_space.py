"""Line breaks that cut sentences, and texts that were split into tokens."""

from __future__ import annotations

from pipeline.base import MappedText
from pipeline.clean.draft import Draft, Step
from pipeline.clean.space import tokenised, wrapped_lines


def _text(step: Step, text: str) -> str:
    draft = Draft(MappedText.identity(text), ())
    return draft.after(step.__name__, step(draft)).text


def test_lines_of_a_narrow_column_are_joined_and_cut_words_made_whole() -> None:
    text = (
        "Delegates from South\nAfrica and Kenya met in Nai-\nrobi for the 3rd African River\n"
        "Forum, which ended on 3\nJune 1998. The meeting was\nheld at the Lake Hotel."
    )
    assert _text(wrapped_lines, text) == (
        "Delegates from South Africa and Kenya met in Nairobi for the 3rd African River "
        "Forum, which ended on 3 June 1998. The meeting was held at the Lake Hotel."
    )


def test_lines_of_a_list_stay_apart() -> None:
    text = "Kenya\nUganda\nThe United Republic of Tanzania\nRwanda"
    assert _text(wrapped_lines, text) == text


def test_text_split_into_tokens_is_put_together() -> None:
    text = "Kenya 's envoy left , he said . `` We are glad . '' A team ( of 3 ) stayed , too ."
    assert _text(tokenised, text) == "Kenya's envoy left, he said. “We are glad.” A team (of 3) stayed, too."


def test_ordinary_text_is_not_taken_for_tokens() -> None:
    text = "It rose by 3.5 , then fell. Nothing else, he said, was new."
    assert _text(tokenised, text) == text


def test_a_sentence_cut_by_a_blank_line_is_one() -> None:
    text = (
        "The ministers met in Accra to discuss the rivers and the\n\nlakes they share. They left on Friday."
    )
    assert _text(wrapped_lines, text) == text.replace("\n\n", " ")


def test_a_heading_stays_apart_from_its_paragraph() -> None:
    text = "What the ministers said\n\nThe rivers are shared by all."
    assert _text(wrapped_lines, text) == text


_WRAPPED = """\
The harbour of Port Louis was dredged twice in the nineteen
sixties, and each time the silt came back within a
year. The engineers then gave up and moved the quay.

Nothing was left when the second Congress on Island
Harbours met there.

It was not the sea that had done the damage but the
rivers, whose banks had lost their trees to sugar and
whose mud nobody had thought of."""


def test_a_text_wrapped_throughout_is_joined_where_a_paragraph_alone_tells_nothing() -> None:
    assert "second Congress on Island Harbours met there." in _text(wrapped_lines, _WRAPPED)


def test_short_lines_of_a_wrapped_text_stay_apart() -> None:
    text = f"Quays\nand Rivers\n\n{_WRAPPED}\n\nPhotos\nJean Ramgoolam"
    joined = _text(wrapped_lines, text)
    assert "Photos\nJean Ramgoolam" in joined
