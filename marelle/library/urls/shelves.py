"""Favourites and lists, and « used it? »."""

from django.urls import path

from marelle.library.views import shelves, uses

urlpatterns: list = [
    path("listes/", shelves.mine, name="reading_lists"),
    path("listes/rattacher/", shelves.adopt, name="reading_lists_adopt"),
    path("listes/garder/<slug:public_id>/", shelves.keep, name="keep_resource"),
    path("listes/<slug:public_id>/", shelves.show, name="reading_list"),
    path("listes/<slug:public_id>/code.png", shelves.qr, name="reading_list_code"),
    path("listes/<slug:public_id>/modifier/", shelves.change, name="reading_list_change"),
    path("listes/<slug:public_id>/ranger/", shelves.arrange, name="reading_list_arrange"),
    path("listes/<slug:public_id>/copier/", shelves.copy, name="reading_list_copy"),
    path("listes/<slug:public_id>/supprimer/", shelves.drop, name="reading_list_drop"),
    path("listes/<slug:public_id>/cle/<slug:key>/", shelves.take_key, name="reading_list_key"),
    path("ressources/<slug:public_id>/utilisee/", uses.used, name="resource_used"),
    path("bibliotheque/ressources/<slug:public_id>/retours/", uses.uses, name="resource_uses"),
    path("bibliotheque/ressources/<slug:public_id>/retours.csv", uses.uses_csv, name="resource_uses_csv"),
]
