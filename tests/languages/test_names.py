"""The names that a row of a list has in other languages: by any of them a reader finds it."""

from __future__ import annotations

from tests.support.shipped import SHIPPED


def test_a_row_of_a_list_knows_its_labels_in_all_languages_and_other_options_do_not():
    rows = {lang: content.question['province'].option for lang, content in SHIPPED.contents.items()}
    assert rows['en']['guangdong'].also[:1] == ('广东',)  # the English label has 廣東 in it
    assert {'Guangdong 廣東', '广东'} <= set(rows['zh-Hant']['guangdong'].also)
    assert all('Shenzhen 深圳' in option['guangdong'].also for option in rows.values())
    others = [option for content in SHIPPED.contents.values() for option in content.question['who'].options]
    assert not any(option.also for option in others)
