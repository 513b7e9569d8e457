"""What every page of the site shows around its content: the navigation of the person's roles."""


def navigation(request):
    return {"navigation": []}
