"""Every door of allauth that is open, one by one, under French paths and allauth's own names (no namespace).

Written out instead of `include("allauth.urls")`: what is not here does not exist. There is no password in Marelle,
so no password page; third-party accounts are ProConnect's alone.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from marelle.accounts import providers
from marelle.accounts.views import sessions, signing_in
from marelle.accounts.views.proof import sensitive, sensitive_when_signed_in
from marelle.core.middleware import may_write_on_get

urlpatterns = [
    path("connexion/", signing_in.sign_in, name="account_login"),
    path("connexion/code/", signing_in.sign_in, name="account_request_login_code"),
    path("connexion/code/verifier/", account.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/cle/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("connexion/second-facteur/", mfa.authenticate, name="mfa_authenticate"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inscription/", account.signup, name="account_signup"),
    path("compte-clos/", account.account_inactive, name="account_inactive"),
    # allauth writes down the address of an account made without its help, when the page is first read.
    path("adresse/", may_write_on_get(sensitive(account.email)), name="account_email"),
    path("adresse/verifier/", account.email_verification_sent, name="account_email_verification_sent"),
    path("sessions/", sessions.index, name="usersessions_list"),
    # allauth knows a session by its serial number; we look only among the person's own.
    path("sessions/<int:pk>/fermer/", sessions.end, name="session_end"),
    path("second-facteur/", mfa.index, name="mfa_index"),
    path("second-facteur/confirmer/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-facteur/application/", sensitive(totp.activate_totp), name="mfa_activate_totp"),
    path("second-facteur/application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    # allauth notes that the codes were shown.
    path("second-facteur/codes/", may_write_on_get(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("second-facteur/codes/nouveaux/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "second-facteur/codes/telecharger/",
        may_write_on_get(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("second-facteur/cles/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("second-facteur/cles/ajouter/", sensitive(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("second-facteur/cles/confirmer/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    # allauth knows a key by its serial number; it looks only among the person's own.
    path("second-facteur/cles/<int:pk>/retirer/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("second-facteur/cles/<int:pk>/nom/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    # ProConnect: answers 404 until it is configured.
    path("proconnect/", sensitive_when_signed_in(providers.login), name="proconnect_login"),
    path("proconnect/retour/", providers.callback, name="proconnect_callback"),
    path("proconnect/annule/", signing_in.cancelled, name="socialaccount_login_cancelled"),
]
