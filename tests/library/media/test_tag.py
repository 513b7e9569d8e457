"""`{% picture %}` on a page."""

import re

import pytest
from django.template import Context, Template

from marelle.library.templatetags.media import shared_address

from .factories import PictureFactory, picture_of_children

pytestmark = pytest.mark.django_db


def shown(source, **context):
    return Template(source).render(Context(context))


def test_a_page_offers_each_screen_its_size_and_format():
    html = shown("{% picture one sizes='50vw' cut='card' %}", one=PictureFactory())
    assert re.findall(r'type="image/(\w+)"', html) == ["avif", "webp"]
    assert re.findall(r"carte-(\d+)\.jpg (\d+)w", html) == [("320", "320"), ("640", "640")]
    assert 'width="640" height="427"' in html
    assert 'sizes="50vw"' in html
    assert 'loading="lazy"' in html
    assert 'alt="Une marelle tracée à la craie dans une cour d’école"' in html
    assert "style=" not in html


def test_a_small_picture_is_never_blown_up():
    html = shown("{% picture one %}", one=PictureFactory.build(width=300, height=200))
    assert "entiere-320.jpg 320w" in html
    assert "640" not in html


def test_a_caption_credits_it_and_words_are_escaped():
    html = shown("{% picture one caption=True lazy=False %}", one=PictureFactory(credit="<b>Atelier</b>"))
    assert "&lt;b&gt;Atelier" in html
    assert 'fetchpriority="high"' in html


def test_where_the_text_beside_says_it_all_its_words_may_be_left_out():
    assert 'alt=""' in shown("{% picture one alt='' %}", one=PictureFactory())


def test_children_without_consent_leave_nothing_or_an_empty_place():
    picture = picture_of_children(agreed=0)
    assert shown("{% picture one %}", one=picture) == ""
    assert shown("{% picture one %}", one=None) == ""
    assert picture.public_id not in shown("{% picture one placeholder=True %}", one=picture)
    assert "no-picture" in shown("{% picture one placeholder=True %}", one=picture)


def test_twenty_pictures_cost_a_page_no_query(django_assert_num_queries):
    pictures = [*PictureFactory.create_batch(3), picture_of_children()]
    with django_assert_num_queries(0):
        html = shown("{% for one in all %}{% picture one cut='card' %}{% endfor %}", all=pictures)
    assert html.count("<picture>") == 4


def test_social_cards_forget_a_picture_whose_consent_is_gone():
    assert shared_address(PictureFactory()).endswith("/partage-1200.jpg")
    assert shared_address(picture_of_children(agreed=0)) == ""
    assert shared_address(None) == ""
