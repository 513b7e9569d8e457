"""What Wagtail's own tables hold about those who write the site: declared here, since they cannot say it themselves. They
end with the account like the rest (`accounts.actions.people.close`)."""

from django.utils.translation import gettext_lazy as _

from marelle.core.privacy import declare, delete, keep

ANONYMOUS = _("la clôture du compte (puis anonyme)")
CLOSED = _("la clôture du compte")
ONE_HOUR = _("une heure sans rien toucher, ou la clôture du compte")
SENT = _("la fin de l’envoi, ou la clôture du compte")
ONE_DAY = _("un jour, ou la clôture du compte")


def declare_wagtail() -> None:
    from wagtail import models as core
    from wagtail.admin.models import EditingSession, FormState
    from wagtail.users.models import UserProfile

    wrote, decided = _("Savoir qui a écrit"), _("Savoir qui a relu et publié")
    warns = _("Prévenir qui ouvrirait le même texte en même temps")
    for model, fields, name in (
        (UserProfile, {"user": delete(_("Retenir vos réglages dans l’espace de rédaction"), until=CLOSED)}, _("réglages de l’espace de rédaction")),
        (EditingSession, {"user": delete(warns, until=ONE_HOUR)}, _("texte ouvert")),
        (FormState, {"user": delete(_("Ne rien perdre de ce que vous tapez"), until=ONE_DAY),
                     "data": delete(_("Ne rien perdre de ce que vous tapez"), until=ONE_DAY)}, _("saisie en cours")),
        (core.UploadedFile, {"uploaded_by_user": delete(_("Finir un envoi commencé"), until=SENT)}, _("envoi commencé")),
        (core.PageSubscription, {"user": delete(_("Vous prévenir des remarques sur une page"), until=CLOSED)}, _("abonnement à une page")),
        (core.Revision, {"user": keep(wrote, until=ANONYMOUS)}, _("version d’un texte du site")),
        (core.PageLogEntry, {"user": keep(decided, until=ANONYMOUS)}, _("geste sur une page du site")),
        (core.ModelLogEntry, {"user": keep(decided, until=ANONYMOUS)}, _("geste sur une fiche")),
        (core.WorkflowState, {"requested_by": keep(decided, until=ANONYMOUS)}, _("relecture demandée")),
        (core.TaskState, {"finished_by": keep(decided, until=ANONYMOUS),
                          "comment": keep(_("Dire ce qu’il reste à faire"), until=ANONYMOUS)}, _("relecture faite")),
        (core.Comment, {"user": keep(wrote, until=ANONYMOUS), "text": keep(_("Améliorer la page"), until=ANONYMOUS),
                        "resolved_by": keep(decided, until=ANONYMOUS)}, _("remarque sur une page")),
        (core.CommentReply, {"user": keep(wrote, until=ANONYMOUS), "text": keep(_("Améliorer la page"), until=ANONYMOUS)}, _("réponse à une remarque")),
        (core.Page, {"owner": keep(wrote, until=ANONYMOUS), "locked_by": keep(_("Savoir qui retouche la page"), until=ANONYMOUS)}, _("page du site")),
    ):  # fmt: skip
        declare(model, fields, name=name)
