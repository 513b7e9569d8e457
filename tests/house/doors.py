"""Every door of the site, and who gets an answer behind it. `test_doors.py` holds the site to this table.

A new URL is added here the day it is born. Demonstration doors (`/demonstration/`, `/courriels/`, `/ui/`) do not exist
on a real installation; their own tests say so.
"""

PUBLIC = "anyone"
GATE = "anyone, on the way in or out"
SIGNED_IN = "anyone signed in, about themselves"
ORGANISATION = "people of the organisation, and those who set it"
CHECKERS = "the person who asks, and those who check"
NATIONAL = "the national team"
TEAM = "the national team and delegations, about what they follow"
CANDIDACY = "whoever may see the candidacy"
CARRIERS = "those who carry what children propose, and those who answer"
MEMBERSHIP = "the collectivité and the national team"
GROUP = "the adults of the group's organisation, and who opened the session"
TENDERS = "those who prepare consultations in its organisation, and its authors"
CONSULTED = "anyone signed in who may see the consultation"
COUNCIL = "the lead, the elected member and the contributors of the council's collectivité"
ELECTION = "those of the council; once it is open, schools and leisure centres of the territory"
MODERATORS = "those named to moderate a consultation"
PROTECTORS = "safeguarding officers, and those named to protect a consultation's children: nobody else"
WRITERS = "the people of collectivités, about their own practices; the editorial team"
REVIEWERS = "the editorial team"
LIBRARIANS = "those who write the pages of the site"
CONSULTATION = "the people of a consultation"
EDITORS = "the editorial team, about pictures and films"

BY_WHO: dict[str, str] = {
    PUBLIC: """
        portal:home portal:programme portal:network portal:resources portal:help portal:legal portal:accessibility
        portal:news portal:agenda portal:questions portal:news_feed portal:agenda_calendar portal:event_calendar
        portal:site_plan portal:sitemap portal:robots portal:home_card portal:social_card wagtail_serve
        portal:privacy portal:territories portal:territory portal:territory_by_code programme:asked programme:title
        programme:network_join api:live api:ready api:openapi-json api:territories api:territory api:api-root
        participation:consultations participation:consultation participation:recording
        api:territory_proposals participation:proposals participation:proposals_csv participation:proposal participation:proposal_for_children
        participation:child_door participation:child_worker participation:child_help participation:child_session
        participation:child_ticket participation:child_thanks participation:child_sound
        participation:councils participation:council participation:election
        participation:results participation:results_words participation:results_children participation:results_poster
        participation:results_csv participation:results_zip
        library:convention library:article
        library:file library:version library:page_picture
        library:kit library:kit_zip library:kit_prepare library:watch_stop
        library:search library:search_suggestions library:search_keep library:search_confirm library:search_stop
        library:catalogue library:catalogue_csv library:resource
        library:practices library:practices_csv library:practice library:practice_contact
        library:picture library:consent_family
        library:reading_lists library:keep_resource library:reading_list library:reading_list_code
        library:reading_list_change library:reading_list_arrange library:reading_list_copy library:reading_list_drop
        library:reading_list_key library:resource_used
        library:guides library:guide library:guide_chapter library:guide_edition library:guide_edition_pdf
        library:picture library:consent_family library:video_film library:video_captions library:video_transcript
        library:credits
    """,
    GATE: """
        account_login account_request_login_code account_confirm_login_code account_logout account_signup
        account_inactive account_email_verification_sent mfa_login_webauthn mfa_authenticate proconnect_login
        proconnect_callback socialaccount_login_cancelled accounts:invitation
    """,
    SIGNED_IN: """
        portal:dashboard portal:my_file accounts:me accounts:details accounts:pace accounts:data accounts:export
        accounts:close accounts:confirm accounts:claim_start accounts:invitation_accept account_email usersessions_list session_end
        mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes mfa_download_recovery_codes mfa_list_webauthn mfa_add_webauthn
        mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn jobs:list jobs:detail jobs:result jobs:retry
        library:search_saved library:watch library:reading_lists_adopt programme:intention programme:opinions participation:pictograms participation:sessions participation:sessions_csv
        participation:verbatims
    """,
    ORGANISATION: """
        portal:collectivite accounts:organisation accounts:invite accounts:cover accounts:uncover
        accounts:membership_end accounts:invitation_revoke accounts:invitation_resend programme:network_join_for
    """,
    CHECKERS: """
        accounts:claim accounts:claim_document accounts:claim_accept accounts:claim_refuse accounts:claim_withdraw
        accounts:claims
    """,
    NATIONAL: """
        accounts:organisations accounts:delegation_create accounts:structure_create accounts:coverage
        accounts:follow
        portal:funnel portal:funnel_export programme:waiting programme:confirm_many programme:assignments
        programme:takeover programme:take_back programme:versions programme:version programme:version_difference
        programme:network_requests programme:title_withdraw
    """,
    TEAM: "portal:portfolio portal:portfolio_csv",
    CANDIDACY: """
        programme:candidacy programme:confirm programme:abandon programme:extend programme:commission
        programme:send_back programme:decision programme:decide programme:judged programme:judged_document
        programme:task_done programme:task_confirm programme:task_reopen programme:file programme:file_section
        programme:file_answer programme:file_versions programme:file_documents programme:attachment_add
        programme:attachment programme:attachment_replace programme:attachment_remove programme:attachment_put_back
        programme:file_check programme:file_submit programme:submission programme:receipt programme:file_print
        programme:file_pdf programme:review programme:review_print programme:review_document programme:open_review
        programme:add_note programme:ask_correction programme:cancel_correction programme:declare_conflict programme:lift_conflict
        programme:messages programme:settle_message programme:message_document programme:ask_opinion
        programme:opinion programme:remind_opinion programme:revoke_opinion programme:assign programme:papers
        programme:deliberation programme:deliberation_document programme:agreement_make programme:agreement
        programme:agreement_sign programme:agreement_signed programme:title_grant
    """,
    COUNCIL: """
        participation:council_create participation:council_change participation:council_end participation:council_revive
        participation:council_term_start participation:council_list participation:council_consent_paper
        participation:term participation:member_add participation:member participation:member_leave
        participation:member_come_back participation:member_erase participation:consent_give
        participation:consent_document participation:consent_withdraw participation:consent_put_back
        participation:consent_drop participation:election_create participation:election_change
        participation:election_drop participation:election_open participation:election_close
        participation:election_counts participation:election_lots participation:election_announce
        participation:election_install participation:election_minutes participation:candidate_add
        participation:candidate participation:candidate_remove participation:candidate_withdraw
    """,
    ELECTION: "participation:election_class participation:election_cards participation:election_ballot",
    MEMBERSHIP: """
        programme:network_membership programme:network_confirm programme:network_refuse programme:network_leave
        programme:network_attestation
    """,
    GROUP: """
        participation:session participation:session_progress participation:session_project
        participation:session_tickets participation:session_close participation:session_reopen
        participation:session_roll participation:session_redo_tickets participation:session_unlock
        participation:session_results participation:session_results_pdf
        participation:paper_enter participation:paper_bundle participation:paper_correct participation:paper_drop
    """,
    TENDERS: """
        participation:consultation_new participation:consultation_edit participation:consultation_duplicate
        participation:consultation_open participation:consultation_adjust participation:consultation_close
        participation:consultation_answer participation:consultation_cancel participation:consultation_stewards
        participation:consultation_thank participation:questionnaire participation:questionnaire_act
        participation:question_add participation:question_bank participation:question participation:question_sound
        participation:questionnaire_preview participation:questionnaire_phone
        participation:results_prepare participation:results_drop participation:results_publish
    """,
    CONSULTED: "participation:session_new participation:paper_questionnaire participation:paper_tally",
    CARRIERS: """
        participation:proposals_desk participation:proposal_sheet participation:proposal_work
        participation:proposal_word participation:proposal_publish participation:proposal_answer
        participation:proposal_finish participation:proposal_withdraw participation:proposal_join
        participation:proposal_separate participation:proposal_support participation:proposal_support_group
        participation:proposal_support_close participation:proposal_from_session participation:proposal_from_council
        participation:proposal_from_verbatims
    """,
    MODERATORS: """
        participation:verbatim_queue participation:verbatims_together participation:verbatims_undo
        participation:verbatims_alike participation:verbatim participation:verbatim_refuse
        participation:verbatim_put_back participation:verbatim_report
    """,
    CONSULTATION: "participation:verbatims_csv",
    WRITERS: """
        library:practice_new library:practices_ours library:practice_work library:practice_part
        library:practice_contact_edit library:practice_contact_withdraw library:practice_preview
        library:practice_submit library:practice_take_back library:practice_change library:practice_give_up
        library:practice_reopen library:practice_archive library:practice_confirm library:practice_answer
        library:practice_take_up library:practice_let_go
    """,
    LIBRARIANS: "library:files library:version_add library:file_describe library:file_act"
    " library:imports"
    " library:import_template library:import library:import_report library:import_run library:import_drop",
    REVIEWERS: """
        library:resource_uses library:resource_uses_csv
        library:practice_queue library:practice_review library:practice_hold library:practice_release
        library:practice_comment library:practice_return library:practice_publish
        library:guide_publish_edition
    """,
    EDITORS: """
        library:consents library:picture_consents library:video_consents library:consent_withdraw library:consent_proof
        library:videos library:video_add library:video_edit library:video_remove
    """,
    PROTECTORS: """
        participation:alerts participation:alert participation:alert_read participation:alert_take
        participation:alert_note participation:alert_close participation:alert_reopen participation:alert_give_back
    """,
}
DOORS: dict[str, str] = {name: who for who, names in BY_WHO.items() for name in names.split()}
OPEN = {PUBLIC, GATE}
