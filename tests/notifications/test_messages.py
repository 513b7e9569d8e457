from marelle.notifications.emails import digest
from marelle.notifications.messages import Email


def test_text_keeps_its_apostrophes_and_html_is_escaped():
    hostile = Email("L'Haÿ & <b>", "L'Haÿ & <b>\n", "<!--content--><p>ici</p><!--/content-->")
    both = digest([hostile, hostile])
    assert "L'Haÿ & <b>" in both.text
    assert both.content.count("<p>ici</p>") == 2


def test_an_email_without_envelope_has_no_content_to_set_beside_others():
    assert Email("a", "b", "<p>c</p>").content == ""
